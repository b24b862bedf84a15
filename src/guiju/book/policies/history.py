"""When a policy was issued and is in force, what it stands on, what stands on it, what it repeals, and how its values
changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiju.book.page import Link, linked, said, table
from guiju.book.policies.reference import Reference
from guiju.cli.voice import Voice
from guiju.evaluate.readings import spell
from guiju.language.policy import Policy
from guiju.source.diagnostics import Text

_REPEALS = "废止"
_KINDS = ("note", "interpretation")  # of duties in which a closing clause repeals older rules


@dataclass(frozen=True, slots=True)
class Related:
    """Other policies of the library, by id and title: those that amend this one, nearest first."""

    layers: Sequence[tuple[str, Text]] = ()


def history_part(reference: Reference, related: Related, link: Link, say: Voice) -> str:
    """The table of days, and the relations."""
    policy = reference.policy
    rows = [[f'<span class="day">{day}</span>', words, say.clauses(clauses)]
            for day, words, clauses in _days(policy, say)]
    if policy.end is None:
        rows.append(["—", say("没有载明失效日", "no last day is stated"), ""])
    header = [say("日期", "day"), say("事项", "what"), say("依据", "clause")]
    return table(header, rows, say("日期", "days")) + "".join(_relations(policy, related, link, say))


def _days(policy: Policy, say: Voice) -> Iterator[tuple[dt.date, str, tuple[str, ...]]]:
    """Every day that the data has, the earliest first."""
    found: list[tuple[dt.date, str, tuple[str, ...]]] = [
        (policy.published, say("发布", "issued"), ()),
        (policy.start, say("起施行", "in force from this day"), policy.force_clauses)]
    if policy.end is not None:
        found.append((policy.end, say("届满（当日仍有效）", "last day in force"), policy.force_clauses))
    for p in policy.parameters.values():
        for value in p.dated:
            words = Text(f"{p.name}改为 {spell(p, value.value)}（{value.published} 公布）", "")
            found.append((value.start, said(words, say), p.clauses))
    yield from sorted(found, key=lambda f: f[0])


def _relations(policy: Policy, related: Related, link: Link, say: Voice) -> Iterator[str]:
    both = "、" if say.language == "zh" else ", "
    if policy.bases:
        named = both.join(linked(link, f"policies/{base.id}", say.text(base.title)) for base in policy.bases)
        yield "<p>" + say(f"在此之上：{named}；未改的规则照用，案例在那里",
                          f"Amends {named}; rules that it leaves alone hold, and their cases stand there") + "</p>"
        count = len(policy.inherited)
        yield "<p>" + say(f"承用 {count} 条规则", f"{count} rules are taken over") + "</p>"
    if related.layers:
        named = both.join(linked(link, f"policies/{id_}", say.text(title)) for id_, title in related.layers)
        yield "<p>" + say(f"在它之上的有：{named}", f"Amended by {named}") + "</p>"
    for duty in policy.duties:
        if duty.kind in _KINDS and _REPEALS in duty.text.zh:
            yield f"<p>{said(duty.text, say)} <span class=\"soft\">{say.clauses(duty.clauses)}</span></p>"
