"""A policy's page: what it is, its history, what is in doubt, how the text is covered, each clause with its rules and
their cases, and the procedures that apply it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from guiju.book.audiences import audiences_said
from guiju.book.page import CHINESE, Link, Page, chinese, contents_of, heading, ident, linked, said, titled
from guiju.book.policies.covered import Covered, covered_part
from guiju.book.policies.doubts import doubts_part
from guiju.book.policies.history import Related, history_part
from guiju.book.policies.passages import passages, place_of
from guiju.book.policies.reference import Reference
from guiju.book.regions import region_of
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text

NOTE = Text("条款只作我们自己的短述，原文以发布机关为准。规则由政策文件生成。",
            "Clauses are our own short paraphrase; the issuer's text decides. Rules come from the policy's files.")


@dataclass(frozen=True, slots=True)
class Procedure:
    """A chart that applies the policy, drawn."""

    id: str
    title: Text
    drawing: str


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a policy: its relations, the procedures that apply it, how its text is covered."""

    related: Related = field(default_factory=Related)
    procedures: Sequence[Procedure] = ()
    covered: Covered = field(default_factory=Covered)


def page_of(reference: Reference, link: Link, around: Around, say: Voice = CHINESE) -> Page:
    """The page of a policy."""
    policy = reference.policy
    parts = [
        ("history", Text("沿革", "History"), history_part(reference, around.related, link, say)),
        ("doubts", Text("疑点与读法", "Doubts and readings"), doubts_part(policy, say)),
        ("coverage", Text("原文覆盖", "Coverage of the text"), covered_part(around.covered, say)),
        ("clauses", Text("条款、规则与案例", "Clauses, rules and cases"),
         f'<p class="soft">{say.text(NOTE)}</p>' + passages(reference, say)),
        ("procedures", Text("流程图", "Procedures"), "".join(_procedures(around.procedures, link, say)))]
    shown = [(place, title, body) for place, title, body in parts if body]
    body = [titled(policy.title, say), _identity(reference, say),
            *(heading(place, title, say) + made for place, title, made in shown)]
    contents = contents_of((place, said(title, say)) for place, title, _ in shown) + contents_of(
        (place_of(p), f"<b>{escape(say.clause(p.key))}</b> {said(p.text, say)}") for p in reference.passages)
    return Page(f"policies/{policy.id}", policy.title, "\n".join(body), contents)


def _identity(reference: Reference, say: Voice) -> str:
    """Who issued it, for whom, and how many cases try it."""
    policy, failed = reference.policy, reference.failed
    ran = say(f"{len(reference.cases)} 个", f"{len(reference.cases)}")
    if failed is not None:
        ran += say(f"，{len(failed)} 个不符", f", {len(failed)} of them fail")
    rows = [(Text("机关", "issued by"), chinese("、".join(policy.issuer), say)),
            (Text("文号", "number"), chinese("" if policy.number == "未载" else policy.number, say)),
            (Text("地区", "region"), said(region_of(policy), say)),
            (Text("对象", "addressed to"), audiences_said(policy.audience, say)),
            (Text("案例", "worked cases"), ran), (Text("编号", "id"), ident(policy.id))]
    return '<dl class="identity">' + "".join(f"<div><dt>{say.text(label)}</dt><dd>{words}</dd></div>"
                                             for label, words in rows if words) + "</dl>"


def _procedures(procedures: Sequence[Procedure], link: Link, say: Voice) -> Iterator[str]:
    for made in procedures:
        title = say.text(made.title)
        yield (f"<h3>{linked(link, f'charts/{made.id}', title)}</h3>"
               f'<div class="drawing" tabindex="0" role="region" aria-label="{escape(title)}">{made.drawing}</div>')
