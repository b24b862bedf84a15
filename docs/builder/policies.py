"""A policy's page: each clause beside the rules that cite it, beside the cases that prove them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from builder.library import Passage, Reference, Rule
from builder.markdown import anchor
from builder.page import page
from guiju.evaluate.trial import Verdict
from guiju.source.diagnostics import Text
from guiju.source.document import Mapping, Scalar

NOTE = Text("条款只作我们自己的短述，原文以发布机关为准。规则由政策文件生成，案例已逐个运行。",
            "Clauses are our own short paraphrase. Rules come from the policy's files; every case has run.")


Links = Sequence[tuple[str, str]]


def markdown_of(reference: Reference, charts: Links = ()) -> str:
    """The page as Markdown. `charts`: the titles and addresses, without their ends, of the charts that cite it."""
    policy = reference.policy
    parts = [f"# {policy.title.zh}", policy.title.en, _identity(reference), f"{NOTE.zh}\n\n{NOTE.en}"]
    if charts:
        parts.append("流程图：" + "、".join(f"[{title}]({address}.md)" for title, address in charts))
    for passage in reference.passages:
        parts.append(f"## {passage.key} {passage.text.zh}".replace("##  ", "## "))
        parts += [passage.text.en] if passage.text.en else []
        parts += [_plain_rule(rule) for rule in passage.rules] or ["（没有规则引用）"]
        if passage.cases:
            parts.append("案例：\n\n" + "\n".join(f"- {_mark(v)} {v.case.name} {_expected(v)}".rstrip()
                                              for v in passage.cases))
    return "\n\n".join(parts) + "\n"


def _identity(reference: Reference) -> str:
    policy, trial = reference.policy, reference.trial
    term = f"{policy.start} 起施行" + (f"，至 {policy.end}" if policy.end else "")
    ran = f"{len(trial.verdicts)} 个案例，{len(trial.failed)} 个不符" if trial else ""
    return "；".join(filter(None, [policy.id, "、".join(policy.issuer), policy.number, term, ran]))


def _plain_rule(rule: Rule) -> str:
    head = f"**{rule.id}** {rule.name.zh} *{'，'.join([rule.kind, *rule.tags])}*"
    lines = [head, *(f"{line.zh}" + (f" ({line.en})" if line.en and line.en != line.zh else "")
                     for line in rule.lines)]
    text = "  \n".join(lines)
    if rule.table:
        rows = ["| " + " | ".join(row) + " |" for row in rule.table]
        text += "\n\n" + "\n".join([rows[0], "|" + "---|" * len(rule.table[0]), *rows[1:]])
    return text


def _mark(verdict: Verdict) -> str:
    return "✗" if verdict.mismatches else "✓"


def _expected(verdict: Verdict) -> str:
    words = []
    for key, node in verdict.case.expect:
        if key in ("outcome", "amount") and isinstance(node, Scalar):
            words.append(node.text)
        elif key == "amount" and isinstance(node, Mapping):
            words.append(" 至 ".join(v.text for _, v in node.entries if isinstance(v, Scalar)))
    return f"→ {'，'.join(words)}" if words else ""


def page_of(reference: Reference, charts: Links = ()) -> str:
    """The page as HTML. `charts` as for `markdown_of`."""
    policy = reference.policy
    body = [f"<h1>{escape(policy.title.zh)}</h1>", f'<p class="en">{escape(policy.title.en)}</p>',
            f"<p>{escape(_identity(reference))}</p>", f"<p>{NOTE.zh}</p>", f'<p class="en">{NOTE.en}</p>']
    if charts:
        links = "、".join(f'<a href="{escape(address)}.html">{escape(title)}</a>' for title, address in charts)
        body.append(f"<p>流程图：{links}</p>")
    body += [f'<p class="bad">待核：{escape(text)}</p>' for text in policy.unverified]
    body += [_passage(p) for p in reference.passages]
    contents = "".join(f'<li><a href="#{_place(p)}"><b>{escape(p.key)}</b> {escape(p.text.zh)}</a></li>'
                       for p in reference.passages)
    return page(policy.title.zh, "\n".join(body), f"<ul>{contents}</ul>")


def _place(passage: Passage) -> str:
    return f"c-{anchor(passage.key)}"


def _passage(passage: Passage) -> str:
    source = f'<p class="soft">原文第 {escape(passage.source)} 行</p>' if passage.source else ""
    clause = (f'<div><div class="clause-key">{escape(passage.key)}</div><p>{escape(passage.text.zh)}</p>'
              f'<p class="en">{escape(passage.text.en)}</p>{source}</div>')
    rules = "".join(map(_rule, passage.rules)) or '<p class="soft">没有规则引用</p>'
    cases = "".join(map(_case, passage.cases))
    return (f'<section class="clause" id="{_place(passage)}">{clause}<div>{rules}</div>'
            f'<div class="cases">{cases}</div></section>')


def _rule(rule: Rule) -> str:
    tags = f'<span class="tag">{escape(rule.kind)}</span>' + "".join(f'<span class="tag strong">{escape(t)}</span>'
                                                                     for t in rule.tags)
    lines = "".join(f"<p>{escape(line.zh)}</p>" + (f'<p class="en">{escape(line.en)}</p>'
                                                   if line.en and line.en != line.zh else "") for line in rule.lines)
    table = ""
    if rule.table:
        head, *rows = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rule.table]
        table = (f'<div class="wide"><table><thead><tr>{head.replace("td>", "th>")}</tr></thead><tbody>'
                 + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table></div>")
    english = f'<p class="en">{escape(rule.name.en)}</p>' if rule.name.en and rule.name.en != rule.name.zh else ""
    return (f'<div class="rule"><h4><code>{escape(rule.id)}</code> {escape(rule.name.zh)}</h4>{english}<p>{tags}</p>'
            f"{lines}{table}</div>")


def _case(verdict: Verdict) -> str:
    kind = "bad" if verdict.mismatches else "good"
    place = f"{verdict.case.span.file.rsplit('/', 1)[-1]}:{verdict.case.span.line}"
    return (f'<p><span class="{kind}">{_mark(verdict)}</span> {escape(verdict.case.name)} '
            f'<span class="soft">{escape(_expected(verdict))} {escape(place)}</span></p>')
