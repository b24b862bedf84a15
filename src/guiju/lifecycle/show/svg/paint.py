"""Draws the flow: bands, arrows, boxes."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.lifecycle.chart import START
from guiju.lifecycle.show.svg import labels
from guiju.lifecycle.show.svg.canvas import Canvas, number
from guiju.lifecycle.show.svg.contents import ICON, LINE, PAD, SMALL, TITLE, TITLE_LINE, Line
from guiju.lifecycle.show.svg.flow import Link
from guiju.lifecycle.show.svg.measure import width, wrapped
from guiju.lifecycle.show.svg.palette import BAND, BOX, DOUBT, END, FLOW, INK, PAPER, QUIET, RULE, stroke
from guiju.lifecycle.show.svg.place import START_HEIGHT, Box, Down, Port
from guiju.lifecycle.show.svg.route import HEAD, PHASE_ROOM, TRACK, Bus, Layout
from guiju.lifecycle.show.svg.signs import draw_sign
from guiju.lifecycle.show.view import View
from guiju.source.diagnostics import Language

BEND = 6.0
ARROW, ARROW_WIDE = 8.0, 4.0


def paint(canvas: Canvas, layout: Layout, view: View, language: Language) -> None:
    """Draws a flow whose left upper corner is at 0, 0."""
    _bands(canvas, layout, {p.id: p.label.in_language(language) for p in view.phases})
    names = {START: labels.START.in_language(language),
             **{s.id: f"{s.id} {s.label.in_language(language)}" for s in view.stages}}
    for down in layout.plan.downs:
        _down(canvas, layout, down, names, language)
    for bus in layout.buses:
        _bus(canvas, bus, layout, names, language)
    for id_, box in layout.boxes.items():
        with canvas.group(names[id_]):
            _box(canvas, box, names[id_])
            for port in (*box.left, *box.right):
                _label(canvas, box, port)


def _bands(canvas: Canvas, layout: Layout, phases: Mapping[str, str]) -> None:
    for i, band in enumerate(layout.bands):
        height = band.bottom - band.top
        canvas.rect(0, band.top, layout.width, height, fill=PAPER if i % 2 else BAND)
        canvas.line((0, band.top), (layout.width, band.top), stroke=RULE)
        for n, line in enumerate(wrapped(phases.get(band.phase, ""), PHASE_ROOM, SMALL)):
            canvas.text(10, band.top + 22 + n * LINE, line, SMALL, bold=True, fill=QUIET)


def _box(canvas: Canvas, box: Box, name: str) -> None:
    if box.content is None:
        canvas.rect(box.x, box.y, box.w, box.h, rx=START_HEIGHT / 2, fill=PAPER, stroke=BOX, stroke_width=1.2)
        canvas.text(box.x + box.w / 2, box.y + box.h / 2 + 4, name, SMALL, bold=True, anchor="middle", fill=INK)
        return
    content = box.content
    canvas.rect(box.x, box.y, box.w, box.h, rx=3, fill=PAPER, stroke=END if content.final else BOX, stroke_width=1.4)
    if content.final:
        canvas.rect(box.x + 3, box.y + 3, box.w - 6, box.h - 6, rx=1, fill="none", stroke=END)
    y = box.y + (box.h - content.height) / 2 + PAD
    right = box.x + box.w - PAD
    for tag in content.tags:
        wide = width(tag, SMALL - 1) + 8
        canvas.rect(right - wide, y - 1, wide, 15, rx=7, fill="none", stroke=QUIET)
        canvas.text(right - wide / 2, y + 10, tag, SMALL - 1, anchor="middle", fill=QUIET)
        right -= wide + 4
    for line in content.title:
        canvas.text(box.x + PAD, y + 13, line.text, TITLE, bold=line.bold, fill=INK)
        y += TITLE_LINE
    y += 2
    for row in content.rows:
        draw_sign(canvas, row.sign, box.x + PAD, y + 2)
        for line in row.lines:
            canvas.text(box.x + PAD + (ICON if row.sign else 0), y + 11, line.text, SMALL, bold=line.bold,
                        fill=INK if row.sign else QUIET)
            y += LINE


def _label(canvas: Canvas, box: Box, port: Port) -> None:
    left = any(p is port for p in box.left)
    x = box.x - 7 if left else box.x + box.w + 7
    _lines(canvas, port.lines, x, port.y - 4 - (len(port.lines) - 1) * LINE, "end" if left else "start")


def _lines(canvas: Canvas, lines: tuple[Line, ...], x: float, y: float, anchor: str = "start") -> None:
    for i, line in enumerate(lines):
        canvas.text(x, y + i * LINE, line.text, SMALL, bold=line.bold, anchor=anchor, fill=INK)


def _down(canvas: Canvas, layout: Layout, down: Down, names: Mapping[str, str], language: Language) -> None:
    upper, lower = layout.boxes[down.source], layout.boxes[down.target]
    for i, link in enumerate(down.links):
        x = layout.down_x(i)
        with canvas.group(_said(link, names, language)):
            canvas.line((x, upper.bottom), (x, lower.y - ARROW + 1), **stroke(link.auto, link.doubtful))
            _arrow(canvas, x, lower.y, "down", link.doubtful)
    x = upper.x + HEAD + (len(down.links) - 1) * TRACK + 10
    middle = upper.bottom + min(lower.y - upper.bottom, len(down.lines) * LINE + 18) / 2
    _lines(canvas, down.lines, x, middle - len(down.lines) * LINE / 2 + 10.5)


def _bus(canvas: Canvas, bus: Bus, layout: Layout, names: Mapping[str, str], language: Language) -> None:
    """The arrows into one stage: each bends into the shared line in the direction of the stage."""
    inwards = 1 if any(p is bus.entry for p in layout.boxes[bus.target].left) else -1
    for tap in bus.taps:
        with canvas.group(_said(tap.link, names, language)):
            canvas.path(_tap(bus, tap.x, tap.port.y, inwards), **stroke(tap.link.auto, tap.link.doubtful))
    for end in {bus.top, bus.bottom} - {bus.entry.y} if bus.track >= 0 else ():
        canvas.path(_trunk(bus, end, inwards), **_shared([t.link for t in bus.taps if _between(bus, t.port.y, end)]))
    doubtful = all(t.link.doubtful for t in bus.taps)
    _arrow(canvas, bus.entry_x, bus.entry.y, "right" if inwards > 0 else "left", doubtful)


def _between(bus: Bus, y: float, end: float) -> bool:
    """Whether an arrow at a height comes in between one end of the shared line and where that enters a stage."""
    return y != bus.entry.y and min(bus.entry.y, end) <= y <= max(bus.entry.y, end)


def _shared(links: list[Link]) -> dict[str, object]:
    """The stroke of a line that several arrows share: theirs if they agree."""
    kinds = {(link.auto, link.doubtful) for link in links}
    return stroke(*kinds.pop()) if len(kinds) == 1 else stroke(False, False)


def _trunk(bus: Bus, end: float, inwards: int) -> str:
    """The shared line from one of its ends to its stage."""
    way = 1 if bus.entry.y > end else -1
    bend = min(BEND, abs(bus.entry.y - end) / 2)
    return (f"M{number(bus.x)} {number(end + way * bend)}V{number(bus.entry.y - way * bend)}"
            f"Q{number(bus.x)} {number(bus.entry.y)} {number(bus.x + inwards * bend)} {number(bus.entry.y)}"
            f"H{number(bus.entry_x - inwards * (ARROW - 1))}")


def _tap(bus: Bus, x: float, y: float, inwards: int) -> str:
    if bus.track < 0:
        return f"M{number(x)} {number(y)}H{number(bus.entry_x - inwards * (ARROW - 1))}"
    if y == bus.entry.y:
        return f"M{number(x)} {number(y)}H{number(bus.x + inwards * BEND)}"
    bend = min(BEND, abs(bus.entry.y - y) / 2)
    side = -1 if x < bus.x else 1
    way = 1 if bus.entry.y > y else -1
    return (f"M{number(x)} {number(y)}H{number(bus.x + side * bend)}"
            f"Q{number(bus.x)} {number(y)} {number(bus.x)} {number(y + way * bend)}")


def _arrow(canvas: Canvas, x: float, y: float, direction: str, doubtful: bool) -> None:
    back, wide = ARROW, ARROW_WIDE
    shape = {"down": f"l{-wide:g} {-back:g}h{2 * wide:g}z", "right": f"l{-back:g} {-wide:g}v{2 * wide:g}z",
             "left": f"l{back:g} {-wide:g}v{2 * wide:g}z"}[direction]
    canvas.path(f"M{number(x)} {number(y)}{shape}", fill=DOUBT if doubtful else FLOW)


def _said(link: Link, names: Mapping[str, str], language: Language) -> str:
    """The arrow in words."""
    moves = [f"{m.id} {m.label.in_language(language)}" for m in link.moves]
    return f"{labels.listed(moves, language)}: {names[link.source]} → {names[link.target]}"
