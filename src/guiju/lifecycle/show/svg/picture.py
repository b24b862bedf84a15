"""The whole picture: title, flow, and beside it the legend and the tables."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from guiju.lifecycle.show.svg import labels
from guiju.lifecycle.show.svg.canvas import Canvas, Extent, number
from guiju.lifecycle.show.svg.contents import SMALL
from guiju.lifecycle.show.svg.legend import legend
from guiju.lifecycle.show.svg.listing import Cite, Listing
from guiju.lifecycle.show.svg.measure import plain, wrapped
from guiju.lifecycle.show.svg.paint import paint
from guiju.lifecycle.show.svg.palette import FONTS, INK, PAPER, QUIET
from guiju.lifecycle.show.svg.place import placed
from guiju.lifecycle.show.svg.route import Layout, routed
from guiju.lifecycle.show.svg.tables import TABLE_WIDTH, Panel
from guiju.lifecycle.show.view import View
from guiju.source.diagnostics import Language

MARGIN, BETWEEN, PANEL_GAP = 24.0, 36.0, 26.0
TITLE = 20.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: the SVG, its size, and what was measured of it. The flow stands at `origin`."""

    svg: str
    width: float
    height: float
    layout: Layout
    origin: tuple[float, float]
    texts: tuple[Extent, ...]


def picture(view: View, language: Language = "zh", cite: Cite | None = None) -> Picture:
    """Draws a chart. `cite` spells the clauses of a rule; without it they stand as they are in the clause index."""
    spell = cite or (lambda clauses: labels.listed(list(clauses), language))
    layout = routed(placed(view, language), [p.label.in_language(language) for p in view.phases])
    order = sorted(layout.boxes.values(), key=lambda b: b.y)
    panels = [legend(language), *Listing(view, [b.id for b in order], language, spell).panels()]
    standing = _columns(panels, layout)
    width = MARGIN + max(layout.width, *(x + TABLE_WIDTH for x, _, _ in standing)) + MARGIN
    head, title_height = _title(view, language, spell, width - 2 * MARGIN)
    top = MARGIN + title_height
    height = top + max(layout.height, *(y + panel.height for _, y, panel in standing)) + MARGIN
    canvas = Canvas()
    canvas.rect(0, 0, width, height, fill=PAPER)
    _draw_title(canvas, head)
    flow, flowing = Canvas(), (MARGIN, top)
    paint(flow, layout, view, language)
    with canvas.group(transform=f"translate({number(flowing[0])} {number(flowing[1])})"):
        canvas.elements += flow.elements
    canvas.texts += [t.moved(*flowing) for t in flow.texts]
    for x, y, panel in standing:
        panel.draw(canvas, MARGIN + x, top + y)
    return Picture(_document(view, language, canvas, width, height), width, height, layout, flowing,
                   tuple(canvas.texts))


def _columns(panels: list[Panel], layout: Layout) -> list[tuple[float, float, Panel]]:
    """Where the panels stand: each in the column that is shortest so far, right of the flow or below it."""
    step = TABLE_WIDTH + BETWEEN
    whole = sum(p.height + PANEL_GAP for p in panels)
    beside = 2 if layout.width < TABLE_WIDTH and whole > 1.5 * layout.height + 500 else 1
    ends = {layout.width + BETWEEN + i * step: 0.0 for i in range(beside)}
    ends |= {i * step: layout.height + PANEL_GAP for i in range(int((layout.width + BETWEEN) // step))}
    found = []
    for panel in panels:
        x = min(ends, key=lambda x: ends[x])
        found.append((x, ends[x], panel))
        ends[x] += panel.height + PANEL_GAP
    return found


def _title(view: View, language: Language, cite: Cite, room: float) -> tuple[list[tuple[str, float]], float]:
    """The lines above the flow with their sizes, and their height."""
    zh = language == "zh"
    said = [view.id, f"{'版本' if zh else 'revision'} {view.revision}",
            f"{len(view.stages)} 个环节，{len(view.moves)} 个步骤" if zh
            else f"{len(view.stages)} stages, {len(view.moves)} moves"]
    if view.basis:
        said.append(("依据 " if zh else "basis: ") + cite(view.basis))
    lines = [(line, TITLE) for line in wrapped(view.title.in_language(language), room, TITLE, bold=True)]
    lines += [(line, SMALL + 1) for line in wrapped(" · ".join(said), room, SMALL + 1)]
    return lines, sum(size + 10 for _, size in lines) + 8


def _draw_title(canvas: Canvas, lines: list[tuple[str, float]]) -> None:
    y = MARGIN
    for line, size in lines:
        canvas.text(MARGIN, y + size, line, size, bold=size == TITLE, fill=INK if size == TITLE else QUIET)
        y += size + 10


def _document(view: View, language: Language, canvas: Canvas, width: float, height: float) -> str:
    mark = f"g{view.digest[:10]}-{language}"
    w, h = number(width), number(height)
    title, said = plain(view.title.in_language(language)), plain(_summary(view, language))
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" '
        f'lang="{"zh-Hans" if language == "zh" else "en"}" aria-labelledby="{mark}-title {mark}-desc" '
        f'font-family="{FONTS}">',
        f'<title id="{mark}-title">{escape(title)}</title>', f'<desc id="{mark}-desc">{escape(said)}</desc>',
        *canvas.elements, "</svg>", ""])


def _summary(view: View, language: Language) -> str:
    """The picture in words, for whoever can't see it."""
    names = [s.label.in_language(language) for s in view.stages if not s.final]
    ends = [s.label.in_language(language) for s in view.stages if s.final]
    if language == "zh":
        return (f"流程图，{len(view.stages)} 个环节，{len(view.moves)} 个步骤。环节：{'、'.join(names)}。"
                f"终结：{'、'.join(ends)}。旁边的表格逐一列出步骤、期限、公示、义务和子程序。")
    return (f"Flow chart of {len(view.stages)} stages and {len(view.moves)} moves. Stages: {', '.join(names)}. "
            f"Ends: {', '.join(ends)}. The tables beside it list moves, terms, notices, duties and sub-procedures.")
