"""All that the policies pay, side by side: one table a kind of thing, one column a policy."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.book.listing import Entry
from guiju.book.markdown import anchor
from guiju.book.overview import term_of
from guiju.book.page import CHINESE, Link, Page, contents_of, heading, linked, said, table, titled
from guiju.book.prices import CrossTable, Price, cross_tables
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text

TITLE = Text("各地资助对照", "What policies pay, side by side")
NOTE = Text("金额取自各政策的价目表，条件、限额和例外见各政策页；“至多”是上限，不是承诺。",
            "Amounts are those of the price tables; conditions, limits and exceptions are on each policy's page. "
            "“up to” is a ceiling, not a grant.")


def comparison_of(entries: Sequence[Entry], prices: Sequence[Price], link: Link, say: Voice = CHINESE) -> Page:
    """The page that compares all policies that pay."""
    found = list(cross_tables(prices))
    body = [titled(TITLE, say), f"<p>{say.text(NOTE)}</p>"]
    for cross in found:
        body += [heading(anchor(cross.of.zh), cross.of, say), _cross(cross, entries, link, say)]
    return Page("compare", TITLE, "\n".join(body), contents_of((anchor(c.of.zh), said(c.of, say)) for c in found))


def _cross(cross: CrossTable, entries: Sequence[Entry], link: Link, say: Voice) -> str:
    shown = [e for e in entries if any(e.id in row for row in cross.rows.values())]
    head = "".join(f'<th scope="col">{linked(link, f"policies/{e.id}", say.text(e.region))}'
                   f'<div class="soft">{term_of(e, say)}</div></th>' for e in shown)
    rows = [[said(cross.names[value], say), *(_cell(row.get(e.id, []), cross.column, link, say) for e in shown)]
            for value, row in cross.rows.items()]
    made = table([say(cross.column or cross.of.zh, "by")], rows, say.text(cross.of))
    return made.replace("</th></tr></thead>", f"</th>{head}</tr></thead>", 1)


def _cell(prices: Sequence[Price], column: str, link: Link, say: Voice) -> str:
    lines = dict.fromkeys(f'{said(p.text(column), say)} <a class="id" href="{link(f"policies/{p.policy}#r-{p.id}")}">'
                          f"{p.id}</a>" for p in prices)
    return "".join(f"<div>{line}</div>" for line in lines) or '<span class="soft">—</span>'
