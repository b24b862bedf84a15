"""The little Markdown that these documents use, as HTML: headings, paragraphs, lists, code, tables, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

_HEADING = re.compile(r"^(#{1,4}) (.+)$")
_ITEM = re.compile(r"^(?P<indent> *)(?P<mark>[-*]|\d+\.) (?P<text>.+)$")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_CJK = re.compile(r"[\u4e00-\u9fff]")


def html_of(text: str) -> str:
    """A document's body."""
    return "\n".join(_blocks(text.splitlines()))


def inline(text: str) -> str:
    """Code, links, bold and emphasis in one line."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(f"<code>{escape(p[1:-1])}</code>" if p.startswith("`") and len(p) > 1 else _marked(escape(p))
                   for p in parts)


def _marked(text: str) -> str:
    text = _LINK.sub(lambda m: f'<a href="{_target(m[2])}">{m[1]}</a>', text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<![\w*])\*([^*\s][^*]*)\*(?!\w)", r"<em>\1</em>", text)


def _target(link: str) -> str:
    """Links between these documents lead to their pages; what lies outside stays as it is."""
    page, mark, place = link.partition("#")
    if page.endswith(".md") and "://" not in page and not page.startswith(".."):
        page = page.removesuffix(".md") + ".html"
    return page + mark + place


def anchor(title: str) -> str:
    """The id that a heading gets."""
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-")


def paragraph(text: str) -> str:
    """A paragraph; one without Chinese is the English beside it."""
    kind = "" if _CJK.search(text) else ' class="en"'
    return f"<p{kind}>{inline(' '.join(text.split()) if kind else _joined(text))}</p>"


def _joined(text: str) -> str:
    """Lines of Chinese join without a space."""
    return re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", text).replace("\n", " ")


def code(text: str, language: str = "") -> str:
    return f'<pre class="{escape(language)}"><code>{escape(text)}</code></pre>'


def table(header: list[str], rows: list[list[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
    body = "\n".join("<tr>" + "".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in row) + "</tr>"
                     for row in rows)
    return (f'<div class="across" tabindex="0"><table><thead><tr>{head}</tr></thead>\n'
            f"<tbody>{body}</tbody></table></div>")


def _blocks(lines: list[str]) -> Iterator[str]:
    position = 0
    while position < len(lines):
        line = lines[position]
        end = position + 1
        if not line.strip() or line.startswith("<!--"):
            pass
        elif line.startswith("```"):
            while end < len(lines) and not lines[end].startswith("```"):
                end += 1
            yield code("\n".join(lines[position + 1:end]), line[3:].split(" ")[0].strip())
            end += 1
        elif heading := _HEADING.match(line):
            level = len(heading[1])
            yield f'<h{level} id="{anchor(heading[2])}">{inline(heading[2])}</h{level}>'
        else:
            end = _end(lines, position)
            yield _block(lines[position:end])
        position = end


def _end(lines: list[str], start: int) -> int:
    end = start + 1
    while end < len(lines) and lines[end].strip() and not lines[end].startswith(("```", "#")):
        if _ITEM.match(lines[end]) and not _ITEM.match(lines[start]):
            break
        end += 1
    return end


def _block(lines: list[str]) -> str:
    if lines[0].startswith("|"):
        rows = [[inline(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in lines]
        return table(rows[0], rows[2:])
    if _ITEM.match(lines[0]):
        return _list(lines)
    if lines[0].startswith(">"):
        paragraphs = "\n".join(line.lstrip("> ") for line in lines).split("\n\n")
        return f"<blockquote>{''.join(map(paragraph, paragraphs))}</blockquote>"
    return paragraph("\n".join(lines))


def _list(lines: list[str]) -> str:
    items: list[str] = []
    for line in lines:
        match = _ITEM.match(line)
        if match is None:
            items[-1] += "\n" + line.strip()
        else:
            items.append(match["text"])
    tag = "ol" if lines[0].lstrip()[0].isdigit() else "ul"
    return f"<{tag}>" + "".join(f"<li>{inline(_joined(item))}</li>" for item in items) + f"</{tag}>"
