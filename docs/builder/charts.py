"""A chart's page: its drawing, every stage with its moves, what runs in time, both readings of every ambiguity, the
clause index with the rules that cite it, and the worked timelines as walked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from builder.chartlibrary import Passage, Reference, Rule
from builder.chartlines import address, place
from builder.charttables import Cell, Row, Section, sections
from builder.markdown import inline
from builder.page import page
from guiju.lifecycle.timeline import Step, Timeline
from guiju.source.diagnostics import Text

NOTE = Text("条款只作我们自己的短述，原文以发布机关为准。图和表由流程图文件生成，案例已逐个走过。",
            "Clauses are our own short paraphrase. Drawing and tables come from the chart's files; every timeline was "
            "walked.")
def identity(reference: Reference) -> str:
    view, walks = reference.view, reference.walks
    failed = sum(bool(found) for found in reference.wrong.values())
    return "；".join([view.id, f"版本 {view.revision}", f"{len(view.stages)} 个环节，{len(view.moves)} 个步骤",
                     f"{len(walks)} 个走法案例，{failed} 个不符"])


def _links(reference: Reference, end: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Where else to look: (what, [(name, address)])."""
    up = "../" * (reference.view.id.count("/") + 1)
    policies = reference.chart.policies.values()
    yield "政策", [(p.title.zh, f"{up}policies/{p.id}{end}") for p in policies]
    for what, ids in (("变体自", [reference.amends] if reference.amends else []), ("变体", reference.variants),
                      ("所用小图", sorted({p.chart.id for p in reference.view.procedures})),
                      ("用它的图", reference.users), ("遵守禁限", reference.view.respects)):
        yield what, [(id_, f"{up}charts/{id_}{end}") for id_ in ids]
    yield "全部", [("流程图", f"{up}charts/index{end}")]


def _settings(walk: Timeline) -> str:
    parts = [f"批次 {walk.round}"] if walk.round else []
    parts += [f"接“{walk.continues}”"] if walk.continues else []
    return "；".join([*parts, *(f"{k} = {v}" for k, v in walk.settings.items())])


def steps(walk: Timeline, reference: Reference) -> Iterator[tuple[str, str, str]]:
    """Day, what is done, what must come of it."""
    for step in walk.steps:
        yield step.on.isoformat(), _done(step, reference), "；".join(_expected(step.expect)) or "办成"


def _done(step: Step, reference: Reference) -> str:
    if not step.do:
        return "看"
    thread, _, word = step.do.rpartition(":")
    procedure = reference.chart.procedures.get(thread.partition("#")[0])
    moves = procedure.chart.moves if procedure is not None else reference.chart.moves
    label = moves[word].label.zh if word in moves else ""
    given = "；".join(f"{k} = {v if isinstance(v, str) else '…'}" for k, v in step.give.items())
    more = [given, *(f"缺“{paper}”" for paper in step.without), *(f"理由（{k}）：{v}" for k, v in step.decide.items())]
    told = "；".join(x for x in more if x)
    return f"`{step.do}` {label}" + (f"（{told}）" if told else "")


def _expected(expect: Any) -> Iterator[str]:
    for key, value in expect.items():
        if key == "refused" and isinstance(value, str):
            yield f"拒绝 `{value}`"
        elif isinstance(value, dict):
            yield "，".join(f"{_WORDS.get(key, key)} {k} {v}" for k, v in value.items())
        else:
            words = [value] if isinstance(value, str) else value
            yield f"{_WORDS.get(key, key)} {'、'.join(words)}"


_WORDS = {"stage": "到", "because": "因", "due": "末日", "marks": "登记逾期", "bans": "禁限至", "allowed": "可办",
          "not_allowed": "不可办", "refused": "不可办"}


def markdown_of(reference: Reference, drawing: str) -> str:
    """The page as Markdown. `drawing`: the address of the drawing."""
    view = reference.view
    links = [f"{what}：" + "、".join(f"[{n}]({a})" for n, a in found) for what, found in _links(reference, ".md")
             if found]
    parts = [f"# {view.title.zh}", view.title.en, identity(reference), "  \n".join(links), f"{NOTE.zh}\n\n{NOTE.en}",
             *(f"待核：{text}" for text in view.unverified), f"![{view.title.zh}]({drawing})"]
    for section in sections(view):
        rows = [[_plain(cell) for cell in row.cells] + [""] * (len(section.header) - len(row.cells))
                for row in section.rows]
        parts += [f"## {section.title.zh} · {section.title.en}", _pipes(section.header, rows)]
    parts += ["## 条款 · Clauses", _pipes(("条款", "短述", "规则", "案例"), [
        [p.clause.key, p.clause.text.zh, "、".join(r.id for r in p.rules), "；".join(p.walks)]
        for p in reference.passages()])]
    parts.append("## 走法案例 · Worked timelines")
    for walk in reference.walks:
        mark = "✗" if reference.wrong.get(walk.name) else "✓"
        parts += [f"### {mark} {walk.name}", _settings(walk), _pipes(("日期", "步骤", "结果"), [
            list(step) for step in steps(walk, reference)])]
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain(cell: Cell) -> str:
    return "<br>".join(t.zh + (f" ({t.en})" if t.en and t.en != t.zh else "") for t in cell)


def _pipes(header: Sequence[str], rows: list[list[str]]) -> str:
    lines = [list(header), ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in line) + " |" for line in lines)


def page_of(reference: Reference, drawing: str) -> str:
    """The page as HTML, with the drawing in it. `drawing`: where the drawing is alone."""
    view = reference.view
    found = list(sections(view))
    links = [f"{what}：" + "、".join(f'<a href="{escape(a)}">{escape(n)}</a>' for n, a in named)
             for what, named in _links(reference, ".html") if named]
    body = [f"<h1>{escape(view.title.zh)}</h1>", f'<p class="en">{escape(view.title.en)}</p>',
            f"<p>{escape(identity(reference))}</p>", f"<p>{'<br>'.join(links)}</p>", f"<p>{NOTE.zh}</p>",
            f'<p class="en">{NOTE.en}</p>',
            *(f'<p class="bad">待核：{escape(text)}</p>' for text in view.unverified),
            _heading(Text("图", "Drawing")), f'<p><a href="{escape(drawing)}">单独打开，可以打印</a></p>',
            f'<div class="drawing">{_embedded(reference.drawing)}</div>']
    for section in found:
        body += [_heading(section.title), _html_table(section)]
    body += [_heading(Text("条款", "Clauses")), *map(_passage, reference.passages()),
             _heading(Text("走法案例", "Worked timelines")), *(_walk(w, reference) for w in reference.walks)]
    titles = [Text("图", ""), *(s.title for s in found), Text("条款", ""), Text("走法案例", "")]
    contents = "".join(f'<li><a href="#{escape(t.zh)}">{escape(t.zh)}</a></li>' for t in titles)
    return page(view.title.zh, "\n".join(body), f"<ul>{contents}</ul>")


def _heading(title: Text) -> str:
    return f'<h2 id="{escape(title.zh)}">{escape(title.zh)} <small>{escape(title.en)}</small></h2>'


def _embedded(drawing: str) -> str:
    """An SVG document as an element of a page."""
    return drawing[drawing.index("<svg"):]


def _html_table(section: Section) -> str:
    head = "".join(f"<th>{escape(word)}</th>" for word in section.header)
    return (f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n<tbody>'
            + "\n".join(map(_html_row, section.rows)) + "</tbody></table></div>")


def _html_row(row: Row) -> str:
    where = f' id="{escape(place(row.id))}"' if row.id else ""
    if len(row.cells) == 1:
        return f'<tr{where} class="band"><td colspan="9">{_html_cell(row.cells[0])}</td></tr>'
    return f"<tr{where}>" + "".join(f"<td>{_html_cell(cell)}</td>" for cell in row.cells) + "</tr>"


def _html_cell(cell: Iterable[Text]) -> str:
    return "".join(f"<div>{inline(t.zh)}"
                   + (f' <span class="note">{escape(t.en)}</span>' if t.en and t.en != t.zh else "") + "</div>"
                   for t in cell)


def _passage(passage: Passage) -> str:
    clause = passage.clause
    source = f'<p class="soft">原文第 {escape(clause.lines)} 行</p>' if clause.lines else ""
    rules = "".join(map(_rule, passage.rules)) or '<p class="soft">整个程序的依据</p>'
    walks = "".join(f"<p>{escape(name)}</p>" for name in passage.walks)
    told = (f'<div class="clause-key">{escape(clause.key)}</div><p>{escape(clause.text.zh)}</p>'
            f'<p class="en">{escape(clause.text.en)}</p>{source}')
    return (f'<section class="clause" id="{escape(place(clause.key))}"><div>{told}</div><div>{rules}</div>'
            f'<div class="cases">{walks}</div></section>')


def _rule(rule: Rule) -> str:
    said = f" {escape(rule.said.zh)}" if rule.said.zh else ""
    return (f'<div class="rule"><p><span class="tag">{escape(rule.kind)}</span> <a href="{escape(address(rule.id))}">'
            f'<code>{escape(rule.id)}</code></a> {escape(rule.label.zh)} <span class="soft">{said}</span></p></div>')


def _walk(walk: Timeline, reference: Reference) -> str:
    wrong = reference.wrong.get(walk.name, ())
    mark = '<span class="bad">✗</span>' if wrong else '<span class="good">✓</span>'
    rows = "".join(f"<tr><td>{day}</td><td>{inline(done)}</td><td>{inline(result)}</td></tr>"
                   for day, done, result in steps(walk, reference))
    faults = "".join(f'<p class="bad">{escape(d.message.zh)}</p>' for d in wrong)
    return (f"<h3>{mark} {escape(walk.name)} <small>{escape(_settings(walk))}</small></h3>{faults}"
            f'<div class="wide"><table><thead><tr><th>日期</th><th>步骤</th><th>结果</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div>")


def index_of(references: Sequence[Reference], end: str) -> str:
    """The list of all charts by region, as Markdown; `end` is that of the pages."""
    parts = ["# 流程图 · Charts", f"[政策](../policies/index{end}) · [怎样写](../charts-tutorial{end}) · "
             f"[参考](../charts{end})"]
    for region in dict.fromkeys(r.view.id.split("/")[0] for r in references):
        parts.append(f"## {region}")
        parts.append("\n".join(
            f"- [{r.view.title.zh}]({r.view.id}{end}) `{r.view.id}`"
            + "".join(f" · [{p.title.zh}](../policies/{p.id}{end})" for p in r.chart.policies.values())
            for r in references if r.view.id.split("/")[0] == region))
    return "\n\n".join(parts) + "\n"
