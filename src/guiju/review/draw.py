"""Drawing by lot, where a programme asks for it: replayable, and with no one more likely than a cap allows.

The chance of each candidate is fixed first, then the lot is drawn so that everybody has exactly this chance. Without a
fit all have the same. With one, the best have the cap, as many as it takes, and those who are equal share what is left:
so the expected fit is as great as the cap allows, and nobody can count on being drawn, or bring it about.

Candidates in an order of chance are laid on a line, each as long as his chance; marks at distance 1, beginning at a
random point, fall on those who are drawn (systematic sampling: W. G. Madow, Annals of Mathematical Statistics 20,
1949).

The seed has to be fixed before the candidates are known, or made of words of several people; otherwise whoever chooses
it chooses the lot. With the seed, anyone can draw again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm

from guiju.review.digest import Stream, digest
from guiju.review.faults import fault, refuse, unknown_id
from guiju.source.diagnostics import Diagnostic, Text

RECIPE = "guiju draw 1"


@dataclass(frozen=True, slots=True)
class Lots:
    """What is drawn: `count` of the `candidates` (ids). `cap`: nobody's chance may be above it, None for no cap.
    `fit`: whole points for every candidate, or None where all are equal."""

    candidates: frozenset[str]
    count: int
    cap: Fraction | None = None
    fit: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who was drawn, sorted; everybody's chance; and what has to be kept to draw again: the seed and the digest of what
    went in."""

    chosen: tuple[str, ...]
    chances: Mapping[str, Fraction]
    seed: str
    input: str
    recipe: str = RECIPE

    @property
    def text(self) -> Text:
        most = max(self.chances.values())
        n, among = len(self.chosen), len(self.chances)
        return Text(f"从 {among} 人中抽 {n} 人，每人抽中的概率至多 {most}；种子“{self.seed}”",
                    f"{n} of {among} drawn, nobody with a chance above {most}; seed '{self.seed}'")


@dataclass(frozen=True, slots=True)
class TooFew:
    """There are not enough candidates. `need`: how many it takes."""

    need: int
    have: int
    text: Text


def draw(lots: Lots, seed: str) -> Drawn | TooFew:
    """The lot that the seed decides; or how many candidates it would take.

    Raises GuijuError E817 for figures that can't be, or a seed that is empty.
    """
    refuse(_faults(lots, seed))
    need = lots.count if lots.cap is None else ceil(lots.count / lots.cap)
    have = len(lots.candidates)
    if have < need:
        cap = Text("", "") if lots.cap is None else Text(f"，每人抽中的概率不超过 {lots.cap}",
                                                         f", each with a chance up to {lots.cap},")
        return TooFew(need, have, Text(f"要抽 {lots.count} 人{cap.zh}，至少须有 {need} 名候选人，只有 {have} 名",
                                       f"to draw {lots.count}{cap.en} takes {need} candidates; there are {have}"))
    chances = chances_of(lots)
    input_ = digest(lots)
    return Drawn(_drawn(chances, lots.count, Stream(f"{RECIPE}\n{seed}\n{input_}")), chances, seed, input_)


def redraw(drawn: Drawn, lots: Lots) -> tuple[Text, ...]:
    """What differs when the lot is drawn again; nothing if it was drawn as recorded."""
    again = draw(lots, drawn.seed)
    if isinstance(again, TooFew):
        return (again.text,)
    found = []
    if again.input != drawn.input:
        found.append(Text("输入与记录的不是同一份（摘要不同）", "the input is not the recorded one"))
    if again.recipe != drawn.recipe:
        found.append(Text("记录的是另一种抽法", "drawn by another recipe"))
    if again.chosen != drawn.chosen:
        found.append(Text(f"重抽的结果不同：{'、'.join(again.chosen)}", f"another lot: {', '.join(again.chosen)}"))
    return tuple(found)


def chances_of(lots: Lots) -> dict[str, Fraction]:
    """Everybody's chance to be drawn: they sum to the count. There are candidates enough."""
    points = {one: 0 if lots.fit is None else lots.fit[one] for one in sorted(lots.candidates)}
    cap, left, chances = lots.cap or Fraction(1), Fraction(lots.count), {}
    for level in sorted(set(points.values()), reverse=True):
        equals = [one for one, fit in points.items() if fit == level]
        each = min(cap, left / len(equals))
        chances.update(dict.fromkeys(equals, each))
        left -= each * len(equals)
    return chances


def _drawn(chances: Mapping[str, Fraction], count: int, stream: Stream) -> tuple[str, ...]:
    whole = lcm(*(chance.denominator for chance in chances.values()))
    mark, end, chosen = stream.below(whole), 0, []
    for one in stream.shuffled(sorted(chances)):
        end += int(chances[one] * whole)
        if mark < end:
            chosen.append(one)
            mark += whole
    assert len(chosen) == count  # the chances sum to it, and none is above 1
    return tuple(sorted(chosen))


def _faults(lots: Lots, seed: str) -> Iterator[Diagnostic]:
    if not seed:
        yield fault("E817", "seed", "抽取要有种子", "a draw needs a seed")
    if lots.count < 1:
        yield fault("E817", "count", f"至少抽 1 人，不是 {lots.count}", f"at least one is drawn, not {lots.count}")
    if lots.cap is not None and not 0 < lots.cap <= 1:
        yield fault("E817", "cap", f"概率上限应大于 0、不超过 1，不是 {lots.cap}",
                    f"a chance lies above 0 and up to 1, not {lots.cap}")
    if lots.fit is not None:
        for one in sorted(lots.candidates ^ set(lots.fit)):
            if one in lots.candidates:
                yield fault("E817", one, f"候选人 {one} 没有匹配度；给全，或不给",
                            f"{one} has no fit; give all or none")
            else:
                yield unknown_id("E817", "候选人", "candidate", one, lots.candidates)
