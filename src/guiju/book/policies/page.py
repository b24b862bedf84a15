"""A policy's page: each clause beside the rules that cite it, beside the cases that prove them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from guiju.book.markdown import anchor
from guiju.book.page import Link, Page, linked, table, titled
from guiju.book.policies.reference import Passage, Reference, Rule
from guiju.cli.voice import OUTCOMES, STATUSES
from guiju.evaluate.cases import Case
from guiju.source.diagnostics import Text
from guiju.source.document import Mapping, Scalar

NOTE = Text("条款只作我们自己的短述，原文以发布机关为准。规则由政策文件生成。",
            "Clauses are our own short paraphrase. Rules come from the policy's files.")
_RESULTS = {**STATUSES, **OUTCOMES}


def page_of(reference: Reference, link: Link, charts: Sequence[tuple[str, Text]] = ()) -> Page:
    """The page of a policy. `charts`: id and title of the charts that apply it."""
    policy = reference.policy
    body = [titled(policy.title), f"<p>{escape(_identity(reference))}</p>", f"<p>{NOTE.zh}</p>",
            f'<p class="en" lang="en">{NOTE.en}</p>']
    if charts:
        named = "、".join(linked(link, f"charts/{id_}", title.zh) for id_, title in charts)
        body.append(f"<p>流程图：{named}</p>")
    if policy.bases:
        named = "、".join(linked(link, f"policies/{base.id}", base.title.zh) for base in policy.bases)
        body.append(f"<p>在此之上：{named}；未改的规则照用，案例在那里</p>")
    body += [f'<p class="bad">待核：{escape(text)}</p>' for text in policy.unverified]
    body += [_passage(p, reference) for p in reference.passages]
    contents = "".join(f'<li><a href="#{_place(p)}"><b>{escape(p.key)}</b> {escape(p.text.zh)}</a></li>'
                       for p in reference.passages)
    return Page(f"policies/{policy.id}", policy.title, "\n".join(body), f"<ul>{contents}</ul>")


def _identity(reference: Reference) -> str:
    policy, failed = reference.policy, reference.failed
    term = f"{policy.start} 起施行" + (f"，至 {policy.end}" if policy.end else "")
    ran = f"{len(reference.cases)} 个案例" + ("" if failed is None else f"，{len(failed)} 个不符")
    number = "" if policy.number == "未载" else policy.number
    return "；".join(filter(None, ["、".join(policy.issuer), number, term, ran, policy.id]))


def _place(passage: Passage) -> str:
    return f"c-{anchor(passage.key)}"


def _passage(passage: Passage, reference: Reference) -> str:
    source = f'<p class="soft">原文第 {escape(passage.source)} 行</p>' if passage.source else ""
    english = f'<p class="en" lang="en">{escape(passage.text.en)}</p>' if passage.text.en else ""
    clause = (f'<div><h2 class="clause-key">{escape(passage.key) or "未引条款"}</h2><p>{escape(passage.text.zh)}</p>'
              f"{english}{source}</div>")
    rules = "".join(map(_rule, passage.rules)) or '<p class="soft">没有规则引用</p>'
    cases = "".join(_case(case, reference.failed) for case in passage.cases)
    return (f'<section class="clause" id="{_place(passage)}">{clause}<div>{rules}</div>'
            f'<div class="cases">{cases}</div></section>')


def _rule(rule: Rule) -> str:
    tags = f'<span class="tag">{escape(rule.kind)}</span>' + "".join(f'<span class="tag strong">{escape(t)}</span>'
                                                                     for t in rule.tags)
    lines = "".join(f"<p>{escape(line.zh)}</p>" + _english(line) for line in rule.lines)
    prices = ""
    if rule.table:
        head, *rows = ([escape(cell) for cell in row] for row in rule.table)
        prices = table(list(rule.table[0]), rows, f"{rule.name.zh} {rule.id}") if head else ""
    return (f'<div class="rule"><h3><code>{escape(rule.id)}</code> {escape(rule.name.zh)}</h3>{_english(rule.name)}'
            f"<p>{tags}</p>{lines}{prices}</div>")


def _english(text: Text) -> str:
    return f'<p class="en" lang="en">{escape(text.en)}</p>' if text.en and text.en != text.zh else ""


def _case(case: Case, failed: frozenset[str] | None) -> str:
    place = f"{case.span.file.rsplit('/', 1)[-1]}:{case.span.line}"
    mark = "·"
    if failed is not None:
        mark = '<span class="bad">✗</span>' if case.name in failed else '<span class="good">✓</span>'
    said = f'{escape(_named(case))} <span class="soft">{escape(_expected(case))}</span>'
    return f'<p title="{escape(place)}">{mark} {said}</p>'


def _named(case: Case) -> str:
    """The case's name; one that a table made ends in its results, which are told anyway."""
    words = case.name.split(" ")
    while len(words) > 1 and words[-1] in _RESULTS:
        words.pop()
    return " ".join(words)


def _expected(case: Case) -> str:
    words = []
    for key, node in case.expect:
        if key in ("outcome", "amount") and isinstance(node, Scalar):
            words.append(_RESULTS[node.text].zh if node.text in _RESULTS else node.text)
        elif key == "amount" and isinstance(node, Mapping):
            words.append(" 至 ".join(v.text for _, v in node.entries if isinstance(v, Scalar)))
    return f"→ {'，'.join(words)}" if words else ""
