"""A chart's page: its drawing, every stage with its moves, what runs in time, both readings of every ambiguity, the
clause index with the rules that cite it, and the worked timelines as walked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from guiju.book.charts.lines import address, place
from guiju.book.charts.reference import Passage, Reference, Rule
from guiju.book.charts.tables import Row, Section, sections
from guiju.book.charts.walks import walks_of
from guiju.book.markdown import inline
from guiju.book.page import CHINESE, Link, Page, chinese, contents_of, heading, ident, linked, said, titled
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text

NOTE = Text("条款只作我们自己的短述，原文以发布机关为准。图和表由流程图文件生成。",
            "Clauses are our own short paraphrase. Drawing and tables come from the chart's files.")

NO_TITLES: Mapping[str, Text] = {}
_DRAWING, _CLAUSES = Text("图", "Drawing"), Text("条款", "Clauses")
_TIMELINES = Text("走法案例", "Worked timelines")


def identity(reference: Reference, say: Voice = CHINESE) -> str:
    """How big the chart is, and how its worked timelines came out."""
    view, walks = reference.view, reference.walks
    failed = 0 if reference.wrong is None else sum(map(bool, reference.wrong.values()))
    ran = "" if reference.wrong is None else say(f"，{failed} 个不符", f", {failed} of them go another way")
    return say(f"{len(view.stages)} 个环节，{len(view.moves)} 个步骤，"
               f"{len(walks)} 个走法案例{ran}；版本 {view.revision}",
               f"{len(view.stages)} stages, {len(view.moves)} moves, {len(walks)} worked timelines{ran}; "
               f"revision {view.revision}")


def _links(reference: Reference, titles: Mapping[str, Text], link: Link, say: Voice) -> Iterator[str]:
    """Where else to look. `titles`: of the other charts."""
    policies = [(f"policies/{p.id}", p.title) for p in reference.chart.policies.values()]
    found = [(say("政策", "policy"), policies)]
    for what, ids in ((say("变体自", "variant of"), [reference.amends] if reference.amends else []),
                      (say("变体", "variants"), reference.variants),
                      (say("所用小图", "sub-charts"), sorted({p.chart.id for p in reference.view.procedures})),
                      (say("用它的图", "used by"), reference.users),
                      (say("遵守禁限", "respects the bans of"), reference.view.respects)):
        found.append((what, [(f"charts/{id_}", titles.get(id_, Text(id_, id_))) for id_ in ids]))
    for what, named in found:
        if named:
            links = say("、", ", ").join(linked(link, address_, say.text(title)) for address_, title in named)
            yield f"{what}{say('：', ': ')}{links}"


def page_of(reference: Reference, link: Link, say: Voice = CHINESE, titles: Mapping[str, Text] = NO_TITLES) -> Page:
    """The page of a chart, with the drawing in it. `titles`: of the other charts of the library."""
    view = reference.view
    found = list(sections(view))
    parts = [(_DRAWING, f'<div class="drawing" tabindex="0" role="region" aria-label="{escape(say.text(_DRAWING))}">'
                        f"{reference.drawing}</div>"),
             *((section.title, _html_table(section, say)) for section in found),
             (_CLAUSES, "".join(_passage(p, say) for p in reference.passages())),
             (_TIMELINES, "".join(walks_of(reference, say)))]
    body = [titled(view.title, say), f"<p>{escape(identity(reference, say))} {ident(view.id)}</p>",
            f"<p>{'<br>'.join(_links(reference, titles, link, say))}</p>", f"<p class=\"soft\">{say.text(NOTE)}</p>",
            *(f'<p class="bad">{say("待核：", "to be verified: ")}{chinese(text, say)}</p>'
              for text in view.unverified),
            *(heading(title.zh, title, say) + made for title, made in parts)]
    contents = contents_of((title.zh, said(title, say)) for title, _ in parts)
    return Page(f"charts/{view.id}", view.title, "\n".join(body), contents)


def _html_table(section: Section, say: Voice) -> str:
    head = "".join(f'<th scope="col">{said(word, say)}</th>' for word in section.header)
    return (f'<div class="across" tabindex="0" role="region" aria-label="{escape(say.text(section.title))}">'
            f"<table><thead><tr>{head}</tr></thead>\n<tbody>"
            + "\n".join(_html_row(row, say) for row in section.rows) + "</tbody></table></div>")


def _html_row(row: Row, say: Voice) -> str:
    where = f' id="{escape(place(row.id))}"' if row.id else ""
    if len(row.cells) == 1:
        return f'<tr{where} class="band"><td colspan="9">{_html_cell(row.cells[0], say)}</td></tr>'
    return f"<tr{where}>" + "".join(f"<td>{_html_cell(cell, say)}</td>" for cell in row.cells) + "</tr>"


def _html_cell(cell: Iterable[Text], say: Voice) -> str:
    return "".join(f"<div>{_inline(t, say)}</div>" for t in cell)


def _inline(text: Text, say: Voice) -> str:
    words = inline(say.text(text))
    return f'<span lang="zh-Hans">{words}</span>' if say.language == "en" and not text.en else words


def _passage(passage: Passage, say: Voice) -> str:
    clause = passage.clause
    lines = say(f"原文第 {clause.lines} 行", f"lines {clause.lines}")
    source = f'<p class="soft">{escape(lines)}</p>' if clause.lines else ""
    whole = say("整个程序的依据", "the whole procedure stands on it")
    rules = "".join(_rule(rule, say) for rule in passage.rules) or f'<p class="soft">{whole}</p>'
    walks = "".join(f"<p>{chinese(name, say)}</p>" for name in passage.walks)
    told = (f'<h3 class="clause-key">{escape(say.clause(clause.key))}</h3><p>{said(clause.text, say)}</p>{source}')
    return (f'<section class="clause" id="{escape(place(clause.key))}"><div>{told}</div><div>{rules}</div>'
            f'<div class="cases">{walks}</div></section>')


def _rule(rule: Rule, say: Voice) -> str:
    words = f' <span class="soft">{said(rule.said, say)}</span>' if rule.said.zh else ""
    return (f'<div class="rule"><p><span class="tag">{said(rule.kind, say)}</span> '
            f'<a href="{escape(address(rule.id))}">{said(rule.label, say)}</a> {ident(rule.id)}{words}</p></div>')
