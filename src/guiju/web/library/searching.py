"""Search on the site: the words, the engine and the index of `guiju search`. The index is made in the background."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from guiju.book.markdown import anchor
from guiju.book.policies.passages import rule_place
from guiju.cli.documents.found import Found, Wanted, find
from guiju.cli.voice import Voice
from guiju.documents.store import default_store
from guiju.language.library import POLICIES
from guiju.registers.library import REGISTERS
from guiju.search.context import Context
from guiju.search.entries import KINDS, OF_REGISTERS, OF_TEXTS, RULE, WORKS
from guiju.search.index import open_index
from guiju.search.ranking import Hit
from guiju.search.regions import Places
from guiju.search.sources import Sources
from guiju.search.words import Cutter, Dictionary
from guiju.source.diagnostics import GuijuError, Text, visible
from guiju.web.kit.text import current
from guiju.web.library.pages import link

LENGTHS = (20, 50, 100, 200)  # how many hits may be listed
NOT_MADE = "E887"
_NO_TEXTS = Text("站点没有导入法规文字，只检索了规则和台账。",
                 "No legal texts have been imported here: rules and registers alone were searched.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page shows it. `where` is empty where it has no page."""

    kind: Text
    title: str
    ref: str
    where: str
    facts: str
    context: SafeString


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows. `refused` where nothing was searched; `waiting`: because the index is not made yet."""

    hits: tuple[Shown, ...] = ()
    whole: int = 0
    words: tuple[str, ...] = ()
    sizes: tuple[int, int, int] = (0, 0, 0)
    notices: tuple[Text, ...] = ()
    refused: Text | None = None
    waiting: bool = False


def answer_of(asked: Mapping[str, str]) -> Answer:
    """The answer to a query string: `q`, `kind`, `region`, `year`, `on`, `n`."""
    kind, length = asked.get("kind", ""), asked.get("n", "")
    kinds = (kind,) if kind in {**KINDS, **RULE} else ()
    limit = int(length) if length in map(str, LENGTHS) else LENGTHS[0]
    try:
        found = find(Wanted(asked.get("q", ""), kinds, asked.get("region", ""), asked.get("year", ""),
                            asked.get("on", ""), limit), standing=True)
    except GuijuError as error:
        first = error.diagnostics[0]
        return Answer(refused=first.message, waiting=first.code == NOT_MADE)
    return _shown(found)


def _shown(found: Found) -> Answer:
    notices = found.notices if found.with_texts else [*found.notices, _NO_TEXTS]
    return Answer(tuple(_hit(h, found.regions) for h in found.hits), found.whole,
                  tuple(w.text for w in found.query.words), found.sizes, tuple(notices))


def make_index() -> int:
    """Bring the index up to date; how many entries it has."""
    with open_index(Sources(default_store(), POLICIES, REGISTERS)) as index:
        return index.sizes()[2]


def warm() -> None:
    """The first words that are cut load the dictionary."""
    Cutter(Dictionary(())).of_query("标准化资助")


def _hit(hit: Hit, regions: Places) -> Shown:
    say = Voice(current())
    ref = say.clause(hit.ref) if hit.kind in ("summary", "clause") else hit.ref
    return Shown(KINDS[hit.kind], visible(hit.title), "" if hit.kind in WORKS else visible(ref), _where(hit),
                 " · ".join(_facts(hit, regions, say)), _marked(hit.context))


def _where(hit: Hit) -> str:
    """The page of its policy or register, at its own place there if it has one."""
    if hit.kind in OF_REGISTERS or (hit.kind == "summary" and not hit.policy):
        place = {"register": "", "summary": f"#c-{hit.ref}"}.get(hit.kind, f"#{hit.ref}")
        return link(f"registers/{hit.key}{place}")
    if not hit.policy:
        return ""
    place = {"policy": "", "summary": f"c-{anchor(hit.ref)}"}.get(hit.kind, rule_place(hit.ref))
    return link(f"policies/{hit.policy}" + (f"#{place}" if place and hit.kind not in OF_TEXTS else ""))


def _facts(hit: Hit, regions: Places, say: Voice) -> Iterator[str]:
    """Region, force and place."""
    if hit.region:
        yield say(regions.name(hit.region), "national" if hit.region == "0" else regions.name(hit.region))
    if hit.start:
        words = say("起施行", "in force from") if hit.since == "effective" else say("发布", "published")
        until = say(f"，至 {hit.end}", f" until {hit.end}") if hit.end else ""
        yield say(f"{hit.start} {words}", f"{words} {hit.start}") + until
    if hit.place:
        yield say(f"原文 {hit.place}", f"text {hit.place}")


def _marked(context: Context) -> SafeString:
    parts, last = [], 0
    for first, end in context.ranges:
        parts += [escape(visible(context.text[last:first])), f"<mark>{escape(visible(context.text[first:end]))}</mark>"]
        last = end
    words = "".join([*parts, escape(visible(context.text[last:]))])
    return mark_safe(("…" if context.before else "") + words + ("…" if context.after else ""))  # nosec  # escaped above
