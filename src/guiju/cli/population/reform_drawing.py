"""A simulated reform as pictures: plain SVG, beside the table with the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from guiju.cli.population.reform_page import KIND_WORDS
from guiju.cli.voice import Voice
from guiju.evaluate.readings import spell
from guiju.evaluate.spelling import spell_money
from guiju.lifecycle.show.svg.canvas import Canvas, number
from guiju.lifecycle.show.svg.palette import BAND, DOUBT, FLOW, FONTS, INK, PAPER, QUIET, RULE
from guiju.population.reform.groups import DIMENSIONS
from guiju.population.reform.sides import KINDS, UNCHANGED
from guiju.population.reform.simulation import Result
from guiju.population.reform.sweep import Sweep

WIDTH, MARGIN, LABEL, ROW, SMALL, HEAD = 860.0, 24.0, 190.0, 26.0, 12.0, 17.0
_BAR = WIDTH - 2 * MARGIN - LABEL - 150
_MOST = 12  # provinces
_PLOT = (110.0, 92.0, WIDTH - 50.0, 380.0)  # left, top, right, bottom of the curve


def reform_picture(result: Result, say: Voice) -> str:
    """Who gains and loses, and the cost by province before and after."""
    canvas, totals = Canvas(), result.totals
    title = say.text(result.reform.title)
    y = _title(canvas, title, say(f"{result.reform.before.id}，{result.as_of}，{totals.count:,} 个单位",
                                  f"{result.reform.before.id}, {result.as_of}, {totals.count:,} organisations"))
    kinds = [k for k in KINDS if k != UNCHANGED]
    y = _bars(canvas, y, say("多少单位（虚线框：至多还有）", "organisations (dashed: at most besides)"), [
        (say.text(KIND_WORDS[k]), totals.kinds[k], totals.possible.get(k, 0),
         _figure(totals.kinds[k], totals.possible.get(k, 0))) for k in kinds])
    province = DIMENSIONS[0]
    paid = [(key, group) for key, group in totals.groups.get(province.id, {}).items()
            if group.before.high or group.after.high]
    groups = sorted(paid, key=lambda g: (-g[1].after.high, g[0]))[:_MOST]
    costs = [(say.text(province.word(key, result.reform.before.vocabulary)), side, money)
             for key, group in groups for side, money in ((say("改前", "before"), group.before),
                                                          (say("改后", "after"), group.after))]
    if costs:
        heading = say("各省费用（实：下端；虚线框：到上端）", "cost by province (solid: low end; dashed: to the high)")
        y = _bars(canvas, y, heading, [
            (f"{name} {side}", m.low, m.high - m.low, _rounded(m.high, say))
            for name, side, m in costs])
    return _document(canvas, title, y + MARGIN)


def sweep_picture(sweep: Sweep, say: Voice) -> str:
    """The cost at each step, as a band from the low to the high end."""
    canvas = Canvas()
    title = say(f"{sweep.parameter.name}与费用", f"cost by {sweep.parameter.id}")
    _title(canvas, title, say("带的下沿是费用的下端，上沿是上端；没有上界的不在内",
                              "the band runs from the low to the high end; what has no bound is left out"))
    left, top, right, bottom = _PLOT
    most = max(1, *(p.money.high for p in sweep.points))
    first, last = sweep.points[0].value, sweep.points[-1].value
    xs = [left + (right - left) * float((p.value - first) / (last - first)) for p in sweep.points]
    highs, lows = ([bottom - (bottom - top) * amount / most for amount in amounts] for amounts in (
        [p.money.high for p in sweep.points], [p.money.low for p in sweep.points]))
    for share in range(5):
        y = bottom - (bottom - top) * share / 4
        canvas.line((left, y), (right, y), stroke=RULE)
        canvas.text(left - 8, y + 4, _rounded(most * share // 4, say), SMALL, anchor="end", fill=QUIET)
    band = [*zip(xs, highs, strict=True), *reversed([*zip(xs, lows, strict=True)])]
    canvas.path(f"{_line(band)}Z", fill=BAND, stroke="none")
    canvas.path(_line([*zip(xs, highs, strict=True)]), fill="none", stroke=DOUBT, stroke_width=2,
                stroke_dasharray="6 4")
    canvas.path(_line([*zip(xs, lows, strict=True)]), fill="none", stroke=FLOW, stroke_width=2)
    for place in sorted({0, len(xs) // 2, len(xs) - 1}):
        canvas.text(xs[place], bottom + 20, spell(sweep.parameter, sweep.points[place].value), SMALL, anchor="middle",
                    fill=INK)
    return _document(canvas, title, bottom + 44)


def _rounded(fen: int, say: Voice) -> str:
    """An amount as a drawing needs it; the table beside it is exact."""
    step = 10 ** max(0, len(str(fen)) - 4)
    return spell_money(fen // step * step).in_language(say.language)


def _figure(surely: int, besides: int) -> str:
    return f"{surely:,} – {surely + besides:,}" if besides else f"{surely:,}"


def _title(canvas: Canvas, title: str, below: str) -> float:
    canvas.text(MARGIN, MARGIN + HEAD, title, HEAD, bold=True, fill=INK)
    canvas.text(MARGIN, MARGIN + HEAD + 20, below, SMALL, fill=QUIET)
    return MARGIN + HEAD + 56


def _bars(canvas: Canvas, y: float, heading: str, rows: Sequence[tuple[str, int, int, str]]) -> float:
    """Bars one below the other, each a solid part and a dashed rest; the place below them."""
    canvas.text(MARGIN, y, heading, SMALL + 1, bold=True, fill=INK)
    most = max(1, *(sure + rest for _, sure, rest, _ in rows))
    for place, (label, sure, rest, figure) in enumerate(rows):
        top, x = y + 12 + place * ROW, MARGIN + LABEL
        solid, dashed = (_BAR * part / most for part in (sure, rest))
        canvas.text(x - 8, top + 14, label, SMALL, anchor="end", fill=INK)
        canvas.rect(x, top + 2, max(solid, 1), 16, fill=FLOW)
        if rest:
            canvas.rect(x + solid, top + 2, dashed, 16, fill="none", stroke=DOUBT, stroke_dasharray="4 3")
        canvas.text(x + solid + dashed + 8, top + 14, figure, SMALL, fill=INK)
    return y + 12 + len(rows) * ROW + 24


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _document(canvas: Canvas, title: str, height: float) -> str:
    size = f'width="{number(WIDTH)}" height="{number(height)}" viewBox="0 0 {number(WIDTH)} {number(height)}"'
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{escape(FONTS)}">'
            f"<title>{escape(title)}</title>")
    paper = f'<rect width="{number(WIDTH)}" height="{number(height)}" fill="{PAPER}"/>'
    return "\n".join([head, paper, *canvas.elements, "</svg>"]) + "\n"
