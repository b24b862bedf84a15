"""A simulated reform as pictures: plain SVG, beside the table with the same figures."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from html import escape

from guiju.cli.layout import wrapped
from guiju.cli.population.reform_page import KIND_WORDS
from guiju.cli.voice import Voice
from guiju.evaluate.readings import spell
from guiju.evaluate.spelling import spell_money
from guiju.lifecycle.show.svg.canvas import Canvas, number
from guiju.lifecycle.show.svg.palette import BAND, DOUBT, FLOW, FONTS, INK, PAPER, QUIET, RULE
from guiju.population.reform.groups import DIMENSIONS
from guiju.population.reform.sides import KINDS, LOWERED, NEWLY, NO_LONGER, OPEN, RAISED, UNCHANGED
from guiju.population.reform.simulation import Result
from guiju.population.reform.sweep import Sweep
from guiju.population.reform.totals import Group, Money
from guiju.source.diagnostics import visible

WIDTH, MARGIN, LABEL, ROW, SMALL, HEAD = 860.0, 24.0, 190.0, 26.0, 12.0, 17.0
_BAR = WIDTH - 2 * MARGIN - LABEL - 200
_MOST = 12  # provinces
_PLOT, _HEIGHT = (150.0, WIDTH - 50.0), 288.0  # left and right of the curve; how high it is


def reform_picture(result: Result, say: Voice) -> str:
    """Who gains and loses, and the cost by province before and after."""
    canvas, totals = Canvas(), result.totals
    title = say.text(result.reform.title)
    y = _title(canvas, title, say(f"{result.reform.before.id}，{result.as_of}，{totals.count:,} 个单位",
                                  f"{result.reform.before.id}, {result.as_of}, {totals.count:,} organisations"))
    kinds = [k for k in KINDS if k != UNCHANGED and (k not in (RAISED, LOWERED) or totals.kinds[k])]
    y = _bars(canvas, y, say("多少单位（虚线框：至多还有）", "organisations (dashed: at most besides)"), [
        (say.text(KIND_WORDS[k]), totals.kinds[k], totals.possible.get(k, 0),
         _figure(totals.kinds[k], totals.possible.get(k, 0))) for k in kinds])
    province, vocabulary = DIMENSIONS[0], result.reform.before.vocabulary
    groups = {say.text(province.word(key, vocabulary)): group
              for key, group in sorted(totals.groups.get(province.id, {}).items())}
    paid = {name: group for name, group in groups.items() if group.before.high or group.after.high}
    y = _costs(canvas, y, paid, say) if paid else _moved(canvas, y, groups, say)
    return _document(canvas, title, y)


def _costs(canvas: Canvas, y: float, paid: Map[str, Group], say: Voice) -> float:
    """What each province costs, before and after."""
    heading = say("各省费用（实：下端；虚线框：到上端）", "cost by province (solid: low end; dashed: to the high)")
    if len(paid) > _MOST:
        heading += say(f"，费用最高的 {_MOST} 个", f", the {_MOST} that cost most")
    dearest = sorted(paid.items(), key=lambda item: -item[1].after.high)[:_MOST]
    costs = [(f"{name} {side}", money) for name, group in dearest
             for side, money in ((say("改前", "before"), group.before), (say("改后", "after"), group.after))]
    return _bars(canvas, y, heading, [(name, m.low, m.high - m.low, _span(m, say)) for name, m in costs], pairs=True)


def _moved(canvas: Canvas, y: float, groups: Map[str, Group], say: Voice) -> float:
    """Where nothing is paid: how many surely become eligible, or no longer are, in each province."""
    rows = [(name, group.kinds[NEWLY] + group.kinds[NO_LONGER], group.kinds[OPEN]) for name, group in groups.items()]
    rows = sorted((row for row in rows if row[1] or row[2]), key=lambda row: (-row[1], -row[2]))
    heading = say("各省新够或不再够条件的单位（虚线框：说不定）",
                  "newly or no longer eligible by province (dashed: undecided)")
    if len(rows) > _MOST:
        heading += say(f"，最多的 {_MOST} 个", f", the first {_MOST}")
    return _bars(canvas, y, heading, [(*row, _figure(*row[1:])) for row in rows[:_MOST]]) if rows else y


def _span(money: Money, say: Voice) -> str:
    """Both ends, as a drawing needs them."""
    high = _rounded(money.high, say)
    return high if money.low == money.high else f"{_rounded(money.low, say)} – {high}"


def sweep_picture(sweep: Sweep, say: Voice) -> str:
    """The cost at each step, as a band from the low to the high end."""
    canvas = Canvas()
    title = say(f"{sweep.parameter.name}与费用", f"cost by {sweep.parameter.id}")
    below = _title(canvas, title, say(
        "蓝线是费用的下端，虚线是上端；没有上界的、由别的文件定数的不在内；竖线是改革里定的数",
        "the line is the low end of the cost, the dashes the high; what has no bound or is set by another document is "
        "left out; the upright is the reform's own figure"))
    left, right = _PLOT
    top, bottom = below, below + _HEIGHT
    step = _step(max(1, *(p.money.high for p in sweep.points)))
    most = step * 4
    first, last = sweep.points[0].value, sweep.points[-1].value
    xs = [left + (right - left) * float((p.value - first) / (last - first)) for p in sweep.points]
    highs, lows = ([bottom - (bottom - top) * amount / most for amount in amounts] for amounts in (
        [p.money.high for p in sweep.points], [p.money.low for p in sweep.points]))
    band = [*zip(xs, highs, strict=True), *reversed([*zip(xs, lows, strict=True)])]
    canvas.path(f"{_line(band)}Z", fill=BAND, stroke="none")
    for share in range(5):
        y = bottom - (bottom - top) * share / 4
        canvas.line((left, y), (right, y), stroke=RULE)
        canvas.text(left - 8, y + 4, _rounded(step * share, say), SMALL, anchor="end", fill=QUIET)
    own = sweep.setting.readings.get(sweep.parameter.id)
    if own is not None and first <= own <= last:
        x = left + (right - left) * float((own - first) / (last - first))
        canvas.line((x, top), (x, bottom), stroke=QUIET)
        canvas.text(x, top - 8, spell(sweep.parameter, own), SMALL, anchor="middle", fill=QUIET)
    canvas.path(_line([*zip(xs, highs, strict=True)]), fill="none", stroke=DOUBT, stroke_width=2,
                stroke_dasharray="6 4")
    canvas.path(_line([*zip(xs, lows, strict=True)]), fill="none", stroke=FLOW, stroke_width=2)
    for x, *ends in zip(xs, highs, lows, strict=True):
        for y, colour in zip(ends, (DOUBT, FLOW), strict=True):
            canvas.rect(x - 2, y - 2, 4, 4, fill=colour)
    for place in sorted({0, len(xs) // 2, len(xs) - 1}):
        canvas.text(xs[place], bottom + 20, spell(sweep.parameter, sweep.points[place].value), SMALL, anchor="middle",
                    fill=INK)
    return _document(canvas, title, bottom + 44)


def _step(most: int) -> int:
    """A quarter of an axis that holds this much: a round figure."""
    power: int = 10 ** max(0, len(str(most)) - 2)
    return next(power * n // 2 for n in (2, 4, 5, 6, 8, 10, 20, 40, 50, 60, 80, 100) if power * n // 2 * 4 >= most)


def _rounded(fen: int, say: Voice) -> str:
    """An amount as a drawing needs it; the table beside it is exact."""
    step = 10 ** max(0, len(str(fen)) - 4)
    return spell_money(fen // step * step).in_language(say.language)


def _figure(surely: int, besides: int) -> str:
    return f"{surely:,} – {surely + besides:,}" if besides else f"{surely:,}"


def _title(canvas: Canvas, title: str, below: str) -> float:
    y, columns = MARGIN, 1.9 * (WIDTH - 2 * MARGIN)  # a letter is about half as wide as it is high
    for line in wrapped(title, int(columns / HEAD)):
        y += HEAD + 7
        canvas.text(MARGIN, y - 7, line, HEAD, bold=True, fill=INK)
    for line in wrapped(below, int(columns / SMALL)):
        y += SMALL + 6
        canvas.text(MARGIN, y, line, SMALL, fill=QUIET)
    return y + 34


def _bars(canvas: Canvas, y: float, heading: str, rows: Sequence[tuple[str, int, int, str]],
          pairs: bool = False) -> float:
    """Bars one below the other, each a solid part and a dashed rest; the place below them. `pairs`: two and two."""
    canvas.text(MARGIN, y, heading, SMALL + 1, bold=True, fill=INK)
    most = max(1, *(sure + rest for _, sure, rest, _ in rows))
    for place, (label, sure, rest, figure) in enumerate(rows):
        apart = place % 2 * 4 if pairs else 0
        top, x = y + 12 + place * ROW - apart, MARGIN + LABEL
        solid, dashed = (_BAR * part / most for part in (sure, rest))
        canvas.text(x - 8, top + 14, label, SMALL, anchor="end", fill=INK)
        if sure or not rest:
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
            f"<title>{escape(visible(title))}</title>")
    paper = f'<rect width="{number(WIDTH)}" height="{number(height)}" fill="{PAPER}"/>'
    return "\n".join([head, paper, *canvas.elements, "</svg>"]) + "\n"
