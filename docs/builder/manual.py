"""The language manual: every chapter with the computed results filled in, as Markdown and as a page."""

from __future__ import annotations

from html import escape

from builder.examples import ARROW, Result, examples_of
from builder.spec import Block, Chapter, Code, Prose, Section, Table
from guiju.book.frame import page
from guiju.book.markdown import anchor, code, inline, paragraph, table

TITLE = "规矩语言手册 · The Guiju language"
_OPENING = ("这本手册由例子构成，每个例子都在构建时运行过：表中带 → 的结果是算出来的，不是写上去的。",
            "This manual is made of examples, and each ran when it was built: results under → are computed.")
_KINDS = {"pass": "pass", "eligible": "pass", "通过": "pass", "fail": "fail", "ineligible": "fail", "review": "wait",
          "unknown": "wait", "not_computable": "open", "not_applicable": "none", "无": "none"}
Results = dict[int, dict[tuple[int, int], Result]]


def run(chapters: list[Chapter]) -> tuple[Results, list[str]]:
    """The results of every table (by the id of its object), and `file:line` of each that differs."""
    results: Results = {}
    differences: list[str] = []
    for example in examples_of(chapters):
        results[id(example.table)] = computed = example.run()
        differences += example.differences(computed)
    return results, differences


def markdown_of(chapters: list[Chapter], results: Results) -> str:
    """The manual as one Markdown file."""
    parts = [f"# {TITLE}", *_OPENING]
    for chapter in chapters:
        parts.append(f"## {chapter.title} · {chapter.english}")
        parts += [_plain(block, results) for block in chapter.blocks]
        for section in chapter.sections:
            parts.append(f"### {section.title} · {section.english}")
            parts += [_plain(block, results) for block in section.blocks]
    return "\n\n".join([*parts, "## 索引 · Index", _plain_index(chapters)]) + "\n"


def _plain(block: Block, results: Results) -> str:
    if isinstance(block, Prose):
        return block.text
    if isinstance(block, Code):
        return f"```{'yaml' if block.language.startswith(('yaml', 'base', 'cases', 'facts')) else block.language}\n" \
               f"{block.text}\n```"
    computed = results.get(id(block), {})
    lines = [_pipe(block.header), _pipe(["---"] * len(block.header))]
    for row in block.rows:
        lines.append(_pipe([_shown(computed[row.line, i]) if (row.line, i) in computed else cell
                            for i, cell in enumerate(row.cells)]))
    return "\n".join(lines)


def _pipe(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _shown(result: Result) -> str:
    mark = "" if result.agrees else f"✗ （写的是 {result.stated}）"
    return f"{result.computed}{mark}" + (f"：{result.note}" if result.note else "")


def _plain_index(chapters: list[Chapter]) -> str:
    return "\n".join(f"- `{id_}` {s.title}" for id_, s in _index(chapters))


def _index(chapters: list[Chapter]) -> list[tuple[str, Section]]:
    found = {id_: s for chapter in reversed(chapters) for s in reversed(chapter.sections) for id_ in s.ids}
    return sorted(found.items(), key=lambda pair: pair[0])


def page_of(chapters: list[Chapter], results: Results) -> str:
    """The manual as one page."""
    parts = [f"<h1>{TITLE}</h1>", *map(paragraph, _OPENING)]
    for chapter in chapters:
        parts.append(_heading(2, chapter.title, chapter.english))
        parts += [_block(block, results) for block in chapter.blocks]
        for section in chapter.sections:
            parts.append(_heading(3, section.title, section.english, f"{chapter.file[:2]}-{section.title}"))
            parts += [_block(block, results) for block in section.blocks]
    parts.append(_heading(2, "索引", "Index"))
    places = {id(s): f"{c.file[:2]}-{s.title}" for c in chapters for s in c.sections}
    rows = [[f"<code>{escape(id_)}</code>", f'<a href="#{anchor(places[id(s)])}">{s.title}</a>']
            for id_, s in _index(chapters)]
    parts.append(table(["写法", "章节"], rows))
    return page(TITLE, "\n".join(parts), _contents(chapters))


def _heading(level: int, title: str, english: str, place: str = "") -> str:
    return f'<h{level} id="{anchor(place or title)}">{inline(title)} <small>{inline(english)}</small></h{level}>'


def _contents(chapters: list[Chapter]) -> str:
    parts = []
    for c in chapters:
        inner = "".join(f'<li><a href="#{anchor(c.file[:2] + "-" + s.title)}">{s.title}</a></li>' for s in c.sections)
        parts.append(f'<li><a class="chapter" href="#{anchor(c.title)}">{c.title}</a><ol>{inner}</ol></li>')
    return f'<ol>{"".join(parts)}<li><a class="chapter" href="#索引">索引</a></li></ol>'


def _block(block: Block, results: Results) -> str:
    if isinstance(block, Prose):
        return paragraph(block.text)
    if isinstance(block, Code):
        return code(block.text, block.language)
    return _table(block, results.get(id(block), {}))


def _table(block: Table, computed: dict[tuple[int, int], Result]) -> str:
    rows = [[_result(computed[row.line, i]) if (row.line, i) in computed else inline(cell)
             for i, cell in enumerate(row.cells)] for row in block.rows]
    return table([inline(cell.replace(f"{ARROW} ", f"{ARROW}\u00a0")) for cell in block.header], rows)


def _result(result: Result) -> str:
    last = result.computed.rsplit(" ", 1)[-1]
    kind = _KINDS.get(last, "fail" if result.computed.startswith("E") and result.note else "")
    note = f'<span class="aside">{escape(result.note)}</span>' if result.note else ""
    if not result.agrees:
        return f'<td class="differs">{escape(result.computed)} ≠ {escape(result.stated)}{note}</td>'
    return f'<td class="result {kind}">{escape(result.computed)}{note}</td>'
