"""A chart's page: its drawing, every stage with its moves, what runs in time, both readings of every ambiguity, the
clause index with the rules that cite it, and the worked timelines as walked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from guiju.book.charts.lines import address, place
from guiju.book.charts.reference import Passage, Reference, Rule
from guiju.book.charts.tables import Row, Section, sections
from guiju.book.markdown import inline
from guiju.book.page import Link, Page, linked, titled
from guiju.lifecycle.timeline import Step, Timeline
from guiju.source.diagnostics import Diagnostic, Text

NOTE = Text("条款只作我们自己的短述，原文以发布机关为准。图和表由流程图文件生成。",
            "Clauses are our own short paraphrase. Drawing and tables come from the chart's files.")


def identity(reference: Reference) -> str:
    view, walks = reference.view, reference.walks
    ran = "" if reference.wrong is None else f"，{sum(map(bool, reference.wrong.values()))} 个不符"
    return "；".join([view.id, f"版本 {view.revision}", f"{len(view.stages)} 个环节，{len(view.moves)} 个步骤",
                     f"{len(walks)} 个走法案例{ran}"])


def _links(reference: Reference, link: Link) -> Iterator[str]:
    """Where else to look."""
    found = [("政策", [(f"policies/{p.id}", p.title.zh) for p in reference.chart.policies.values()])]
    for what, ids in (("变体自", [reference.amends] if reference.amends else []), ("变体", reference.variants),
                      ("所用小图", sorted({p.chart.id for p in reference.view.procedures})),
                      ("用它的图", reference.users), ("遵守禁限", reference.view.respects)):
        found.append((what, [(f"charts/{id_}", id_) for id_ in ids]))
    for what, named in found:
        if named:
            yield f"{what}：" + "、".join(linked(link, address_, words) for address_, words in named)


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


def page_of(reference: Reference, link: Link) -> Page:
    """The page of a chart, with the drawing in it."""
    view = reference.view
    found = list(sections(view))
    body = [titled(view.title), f"<p>{escape(identity(reference))}</p>",
            f"<p>{'<br>'.join(_links(reference, link))}</p>", f"<p>{NOTE.zh}</p>",
            f'<p class="en" lang="en">{NOTE.en}</p>',
            *(f'<p class="bad">待核：{escape(text)}</p>' for text in view.unverified), _heading(Text("图", "Drawing")),
            f'<div class="drawing" tabindex="0" role="region" aria-label="图">{_embedded(reference.drawing)}</div>']
    for section in found:
        body += [_heading(section.title), _html_table(section)]
    body += [_heading(Text("条款", "Clauses")), *map(_passage, reference.passages()),
             _heading(Text("走法案例", "Worked timelines")), *(_walk(w, reference) for w in reference.walks)]
    titles = ["图", *(s.title.zh for s in found), "条款", "走法案例"]
    contents = "".join(f'<li><a href="#{escape(t)}">{escape(t)}</a></li>' for t in titles)
    return Page(f"charts/{view.id}", view.title, "\n".join(body), f"<ul>{contents}</ul>")


def _heading(title: Text) -> str:
    return f'<h2 id="{escape(title.zh)}">{escape(title.zh)} <small>{escape(title.en)}</small></h2>'


def _embedded(drawing: str) -> str:
    """An SVG document as an element of a page."""
    return drawing[drawing.index("<svg"):]


def _html_table(section: Section) -> str:
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in section.header)
    return (f'<div class="across" tabindex="0" role="region" aria-label="{escape(section.title.zh)}">'
            f"<table><thead><tr>{head}</tr></thead>\n<tbody>"
            + "\n".join(map(_html_row, section.rows)) + "</tbody></table></div>")


def _html_row(row: Row) -> str:
    where = f' id="{escape(place(row.id))}"' if row.id else ""
    if len(row.cells) == 1:
        return f'<tr{where} class="band"><td colspan="9">{_html_cell(row.cells[0])}</td></tr>'
    return f"<tr{where}>" + "".join(f"<td>{_html_cell(cell)}</td>" for cell in row.cells) + "</tr>"


def _html_cell(cell: Iterable[Text]) -> str:
    return "".join(f"<div>{inline(t.zh)}"
                   + (f' <span class="aside">{escape(t.en)}</span>' if t.en and t.en != t.zh else "") + "</div>"
                   for t in cell)


def _passage(passage: Passage) -> str:
    clause = passage.clause
    source = f'<p class="soft">原文第 {escape(clause.lines)} 行</p>' if clause.lines else ""
    rules = "".join(map(_rule, passage.rules)) or '<p class="soft">整个程序的依据</p>'
    walks = "".join(f"<p>{escape(name)}</p>" for name in passage.walks)
    told = (f'<h3 class="clause-key">{escape(clause.key)}</h3><p>{escape(clause.text.zh)}</p>'
            f'<p class="en">{escape(clause.text.en)}</p>{source}')
    return (f'<section class="clause" id="{escape(place(clause.key))}"><div>{told}</div><div>{rules}</div>'
            f'<div class="cases">{walks}</div></section>')


def _rule(rule: Rule) -> str:
    said = f" {escape(rule.said.zh)}" if rule.said.zh else ""
    return (f'<div class="rule"><p><span class="tag">{escape(rule.kind)}</span> <a href="{escape(address(rule.id))}">'
            f'<code>{escape(rule.id)}</code></a> {escape(rule.label.zh)} <span class="soft">{said}</span></p></div>')


def _walk(walk: Timeline, reference: Reference) -> str:
    wrong: tuple[Diagnostic, ...] = ()
    mark = "·"
    if reference.wrong is not None:
        wrong = reference.wrong.get(walk.name, ())
        mark = '<span class="bad">✗</span>' if wrong else '<span class="good">✓</span>'
    rows = "".join(f"<tr><td>{day}</td><td>{inline(done)}</td><td>{inline(result)}</td></tr>"
                   for day, done, result in steps(walk, reference))
    faults = "".join(f'<p class="bad">{escape(d.message.zh)}</p>' for d in wrong)
    return (f"<h3>{mark} {escape(walk.name)} <small>{escape(_settings(walk))}</small></h3>{faults}"
            f'<div class="across" tabindex="0" role="region" aria-label="{escape(walk.name)}"><table><thead><tr>'
            '<th scope="col">日期</th><th scope="col">步骤</th><th scope="col">结果</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div>")
