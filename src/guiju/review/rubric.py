"""What experts give marks for, and by which of the round's rules marks become a result.

The indicators come from a source; it may leave weights, scale and the way of summing up open. `load_rubric` gives the
indicators alone, `with_rules` lays the round's figures over them, `open_rules` names what is still not set.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from guiju.review.faults import fault, ids_given_once, refuse, unknown_id
from guiju.review.unset import Missing, unset
from guiju.source import document, fields
from guiju.source.diagnostics import Diagnostic, Span, Text

RUBRICS = Path(__file__).parent / "rubrics"
Aggregate = Literal["mean", "trimmed_mean"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A second-level indicator. `points`: what it looks at, in the source's words. `weight`: the points that a full
    mark earns; None if no rule sets it. `veto`: who has what it names is out, whatever the marks; such an indicator is
    marked only if the round gives it a weight, too."""

    id: str
    name: Text
    points: tuple[str, ...] = ()
    weight: Fraction | None = None
    veto: bool = False

    @property
    def marked(self) -> bool:
        """Whether experts give a mark for it."""
        return not self.veto or self.weight is not None


@dataclass(frozen=True, slots=True)
class Group:
    """A first-level indicator."""

    id: str
    name: Text
    indicators: tuple[Indicator, ...]

    @property
    def weight(self) -> Fraction | None:
        """The points of its indicators together; None while one that is marked has none."""
        weights = [i.weight for i in self.indicators if i.marked]
        return None if None in weights else sum((w for w in weights if w is not None), Fraction(0))


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks that an expert may give: from `low` to `high`, in steps of `step` from `low` (None: any).

    `high` None: each indicator is marked in points, up to its own weight (满分 20 分的，打 0 到 20 分).
    """

    low: Fraction = Fraction(0)
    high: Fraction | None = None
    step: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Rubric:
    """Indicators with the rules of a round. None: no rule sets it.

    `aggregate`: how the experts' totals become one, the mean, or the mean without the `trim` highest and the `trim`
    lowest. `least_scores`: so many experts have to have scored. `cite`: where the indicators stand.
    """

    id: str
    name: Text
    groups: tuple[Group, ...]
    scale: Scale | None = None
    aggregate: Aggregate | None = None
    trim: int | None = None
    least_scores: int | None = None
    cite: str = ""

    def indicators(self) -> tuple[Indicator, ...]:
        """The second-level indicators in order."""
        return tuple(i for g in self.groups for i in g.indicators)

    def marked(self) -> tuple[Indicator, ...]:
        """Those that experts give marks for."""
        return tuple(i for i in self.indicators() if i.marked)

    def vetoes(self) -> tuple[Indicator, ...]:
        """Those that put an application out."""
        return tuple(i for i in self.indicators() if i.veto)

    def indicator(self, id_: str) -> Indicator:
        """The indicator with an id. Raises KeyError for another."""
        for indicator in self.indicators():
            if indicator.id == id_:
                return indicator
        raise KeyError(id_)

    def limits(self, indicator: Indicator) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest mark for an indicator; None while a rule that says so is not set."""
        if self.scale is None:
            return None
        high = indicator.weight if self.scale.high is None else self.scale.high
        return None if high is None else (self.scale.low, high)

    @property
    def full(self) -> Fraction | None:
        """The points of an application with the highest mark everywhere; None while a weight is not set."""
        weights = [i.weight for i in self.marked()]
        return None if None in weights else sum((w for w in weights if w is not None), Fraction(0))


def load_rubric(id_: str) -> Rubric:
    """The indicators of a source, e.g. `quality-standards-laboratory-2024`, with whatever rules it states.

    Raises GuijuError E808 for an id that there is not.
    """
    if id_ not in rubric_ids():
        refuse([unknown_id("E808", "评价指标", "rubric", id_, rubric_ids())])
    return _read(RUBRICS / f"{id_}.yaml")


@functools.cache
def rubric_ids() -> tuple[str, ...]:
    """The rubrics that there are."""
    return tuple(sorted(path.stem for path in RUBRICS.glob("*.yaml")))


def with_rules(rubric: Rubric, *, weights: Mapping[str, Fraction] | None = None, scale: Scale | None = None,
               aggregate: Aggregate | None = None, trim: int | None = None, least_scores: int | None = None) -> Rubric:
    """The rubric with a round's figures; what is None stays as it was.

    Raises GuijuError E808 for a weight of an indicator that there is not, E809 for figures that can't be.
    """
    weights = weights or {}
    known = [i.id for i in rubric.indicators()]
    refuse(unknown_id("E808", "指标", "indicator", id_, known) for id_ in sorted(weights) if id_ not in known)
    laid = dataclasses.replace(
        rubric, groups=tuple(_weighted(g, weights) for g in rubric.groups),
        scale=rubric.scale if scale is None else scale,
        aggregate=rubric.aggregate if aggregate is None else aggregate,
        trim=rubric.trim if trim is None else trim,
        least_scores=rubric.least_scores if least_scores is None else least_scores)
    check(laid)
    return laid


def open_rules(rubric: Rubric) -> tuple[Missing, ...]:
    """What has to be set before marks become a result, by its name in the round's rules; nothing if all is set."""
    return tuple(_open(rubric))


def check(rubric: Rubric) -> None:
    """Raise GuijuError E801 for an id twice, E809 for figures that can't be."""
    refuse([*ids_given_once("E801", "指标", "indicator", (i.id for i in rubric.indicators())), *_figures(rubric)])


def _open(rubric: Rubric) -> Iterator[Missing]:
    for indicator in rubric.marked():
        if indicator.weight is None:
            yield unset(f"weights.{indicator.id}", f"{indicator.name.zh}的分值", f"weight of {indicator.name.en}")
    if rubric.scale is None:
        yield unset("scale", "打分的范围", "scale of marks")
    if rubric.aggregate is None:
        yield unset("aggregate", "各专家得分的汇总办法", "way of summing up the experts' scores")
    if rubric.aggregate == "trimmed_mean" and rubric.trim is None:
        yield unset("trim", "去掉几个最高分和最低分", "number of highest and lowest scores left out")
    if rubric.least_scores is None:
        yield unset("least_scores", "每份申报至少几位专家打分", "least number of experts who score")


def _figures(rubric: Rubric) -> Iterator[Diagnostic]:
    for indicator in rubric.indicators():
        if indicator.weight is not None and indicator.weight <= 0:
            yield fault("E809", f"weights.{indicator.id}",
                        f"“{indicator.name.zh}”的分值应大于 0，不是 {indicator.weight}",
                        f"the weight of {indicator.name.en} must be above 0, not {indicator.weight}")
        yield from _range(rubric, indicator)
    if rubric.scale is not None and rubric.scale.low < 0:
        yield fault("E809", "scale", "最低分不能是负数", "the lowest mark can't be negative")
    if rubric.aggregate is not None and rubric.aggregate not in get_args(Aggregate):
        yield fault("E809", "aggregate", f"汇总办法只能是 mean 或 trimmed_mean，不是“{rubric.aggregate}”",
                    f"the aggregate is mean or trimmed_mean, not '{rubric.aggregate}'")
    if rubric.trim is not None and rubric.trim < 1:
        yield fault("E809", "trim", "去掉的最高分和最低分至少各 1 个", "at least one score is left out on each side")
    least, trim = rubric.least_scores, rubric.trim if rubric.aggregate == "trimmed_mean" else None
    if least is not None and least < 1 + 2 * (trim or 0):
        yield fault("E809", "least_scores", f"至少 {least} 位专家打分不够：去掉最高最低分后至少要剩 1 个",
                    f"{least} scores are too few: at least one has to be left")


def _range(rubric: Rubric, indicator: Indicator) -> Iterator[Diagnostic]:
    limits = rubric.limits(indicator)
    if rubric.scale is None or limits is None or not indicator.marked:
        return
    low, high, step = *limits, rubric.scale.step
    if low >= high or (step is not None and (step <= 0 or (high - low) % step)):
        yield fault("E809", f"scale.{indicator.id}",
                    f"“{indicator.name.zh}”的打分范围 {low} 到 {high}（每档 {step or '不限'}）不成立",
                    f"marks for {indicator.name.en} from {low} to {high} in steps of {step or 'any size'} can't be")


def _weighted(group: Group, weights: Mapping[str, Fraction]) -> Group:
    return dataclasses.replace(group, indicators=tuple(
        dataclasses.replace(i, weight=weights.get(i.id, i.weight)) for i in group.indicators))


@functools.cache
def _read(path: Path) -> Rubric:
    top = fields.as_mapping(document.read_document(path, path.name), Span(path.name), path.name)
    fields.check_keys(top, {"name", "cite", "groups"}, {"name", "cite", "groups"})
    groups = tuple(_group(node) for node in fields.as_items(top.get("groups")))
    rubric = Rubric(path.stem, fields.bilingual(top.get("name"), top.span, "name"), groups,
                    cite=fields.text_of(top, "cite"))
    check(rubric)
    return rubric


def _group(node: document.Node) -> Group:
    entry = fields.as_mapping(node, node.span, "groups")
    fields.check_keys(entry, {"id", "name", "indicators"}, {"id", "name", "indicators"})
    return Group(fields.text_of(entry, "id"), fields.bilingual(entry.get("name"), entry.span, "name"),
                 tuple(_indicator(item) for item in fields.as_items(entry.get("indicators"))))


def _indicator(node: document.Node) -> Indicator:
    entry = fields.as_mapping(node, node.span, "indicators")
    fields.check_keys(entry, {"id", "name", "points", "veto"}, {"id", "name", "points"})
    return Indicator(fields.text_of(entry, "id"), fields.bilingual(entry.get("name"), entry.span, "name"),
                     fields.texts_of(entry, "points"), veto=fields.bool_of(entry, "veto"))
