"""The first page: all policies, or those that a reader chose, and the procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from guiju.book.audiences import audiences_said
from guiju.book.listing import ChartEntry, Chosen, Entry, Facet, Listing, facets_of
from guiju.book.page import CHINESE, Link, Page, contents_of, heading, ident, linked, said, titled
from guiju.book.registers.overview import TITLE as REGISTERS
from guiju.book.registers.targets import TITLE as TARGETS
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text

TITLE = Text("政策库", "The policy library")
COMPARE = Text("各地资助对照", "What policies pay, side by side")
WORDS = Text("词汇", "The dictionary")
_HEADER = (Text("政策", "policy"), Text("地区", "region"), Text("有效期", "in force"), Text("对象", "addressed to"),
           Text("资助事项", "pays for"), Text("规则", "rules"))


def overview_of(listing: Listing, link: Link, say: Voice = CHINESE, with_registers: bool = False) -> Page:
    """The first page of the book."""
    also = (("registers", REGISTERS), ("targets", TARGETS)) if with_registers else ()
    body = [titled(TITLE, say), "<p>" + "　".join(linked(link, address, say.text(words)) for address, words in (
        ("compare", COMPARE), ("dictionary", WORDS), *also)) + "</p>",
        _facets(facets_of(listing.entries), link, say),
        heading("policies", Text("政策", "Policies"), say), policies_of(listing.entries, link, say),
        heading("charts", Text("流程图", "Procedures"), say), _charts(listing, link, say)]
    contents = contents_of((place, say(zh, en)) for place, zh, en in (
        ("policies", "政策", "Policies"), ("charts", "流程图", "Procedures")))
    return Page("index", TITLE, "\n".join(body), contents)


def part_of(listing: Listing, chosen: Chosen, address: str, link: Link, say: Voice = CHINESE) -> Page:
    """The policies of one value of one facet. Raises KeyError where there are none."""
    found = [e for e in listing.entries if chosen.fits(e)]
    _, facet, value = address.split("/", 2)
    named = [(f.name, name) for f in facets_of(listing.entries) if f.id == facet
             for v, name, _ in f.values if v == value]
    if not found or not named:
        raise KeyError(address)
    name, word = named[0]
    title = Text(f"政策库：{name.zh}　{word.zh}", f"Policies: {name.en} {word.en or word.zh}")
    return Page(address, title, titled(title, say) + policies_of(found, link, say))


def policies_of(entries: Iterable[Entry], link: Link, say: Voice = CHINESE) -> str:
    """Policies as a table, the country's first; on a narrow page as a list."""
    shown = sorted(entries, key=lambda e: (e.province[0], e.region.zh, e.start, e.id))
    head = "".join(f'<th scope="col">{say.text(word)}</th>' for word in _HEADER)
    rows = "\n".join(_row(entry, link, say) for entry in shown)
    return (f'<p class="soft">{say(f"{len(shown)} 项", f"{len(shown)} policies")}</p>'
            f'<table class="stack policies"><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>')


def _row(e: Entry, link: Link, say: Voice) -> str:
    cells = (said(e.region, say), term_of(e, say), audiences_said(e.audience, say),
             say("、", ", ").join(said(name, say) for _, name in e.pays) or "—", str(e.rules))
    made = "".join(f'<td data-label="{escape(say.text(label))}">{cell}</td>'
                   for label, cell in zip(_HEADER[1:], cells, strict=True))
    title = linked(link, f"policies/{e.id}", say.text(e.title))
    return f'<tr><th scope="row">{title} {ident(e.id)}</th>{made}</tr>'


def term_of(e: Entry, say: Voice) -> str:
    """From when to when a policy is in force."""
    start = f'<span class="day">{e.start}</span>'
    if e.end is None:
        return say(f"{start} 起", f"from {start}")
    end = f'<span class="day">{e.end}</span>'
    return say(f"{start} 起<br>至 {end}", f"from {start}<br>to {end}")


def _facets(facets: Sequence[Facet], link: Link, say: Voice) -> str:
    words = say("按地区、资助事项、对象、有效年份挑选", "Choose by region, what is paid for, audience, year")
    return f'<details class="choose"><summary>{words}</summary><dl class="facets">' + "".join(
        f"<dt>{say.text(f.name)}</dt><dd><ul>"
        + "".join(f"<li>{linked(link, f'list/{f.id}/{value}', say.text(name))} <small>{n}</small></li>"
                  for value, name, n in f.values if n) + "</ul></dd>" for f in facets) + "</dl></details>"


def _charts(listing: Listing, link: Link, say: Voice) -> str:
    titles = {e.id: e.title for e in listing.entries}
    return '<ul class="charts">' + "".join(_chart(c, titles, link, say) for c in listing.charts) + "</ul>"


def _chart(c: ChartEntry, titles: dict[str, Text], link: Link, say: Voice) -> str:
    return (f"<li>{linked(link, f'charts/{c.id}', say.text(c.title))} {ident(c.id)}"
            + "".join(_applied(id_, titles[id_], link, say) for id_ in c.policies) + "</li>")


def _applied(id_: str, title: Text, link: Link, say: Voice) -> str:
    return f'<span class="aside">{say("依 ", "under ")}{linked(link, f"policies/{id_}", say.text(title))}</span>'
