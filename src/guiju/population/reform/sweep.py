"""A parameter of the reformed policy moved in steps: what the reform costs at each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from guiju.evaluate.assess import OUTCOMES
from guiju.evaluate.evaluation import Setting
from guiju.evaluate.trial import chosen_value
from guiju.language.compile.context import Context
from guiju.language.compile.identity import parameter_value
from guiju.language.ir import Node, walk
from guiju.language.policy import Parameter, Policy
from guiju.population.match import Answers
from guiju.population.reform.sides import side_of
from guiju.population.reform.totals import Bill, Money
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Scalar
from guiju.source.fields import suggestion
from guiju.values import whole

MOST = 200  # steps


@dataclass(slots=True)
class Point:
    """What comes out where the parameter has this value. `outcomes`: how many have each."""

    value: Any
    money: Money
    outcomes: dict[str, int]


@dataclass(slots=True)
class Sweep:
    """`rests`: how many of the policy's operations rest on the parameter, itself included; they are worked out at each
    step."""

    policy: Policy
    parameter: Parameter
    setting: Setting
    points: list[Point]
    rests: int

    def asked(self) -> list[tuple[Policy, Setting]]:
        """The policy under each value, as `Matcher` takes it."""
        return [(self.policy, self.setting.with_reading(self.parameter.id, point.value)) for point in self.points]

    def add(self, answers: Sequence[Answers]) -> None:
        for point, answer in zip(self.points, answers, strict=True):
            side = side_of(answer, self.policy)
            point.money.add(Bill(side.claim))
            for place, name in enumerate(OUTCOMES):
                point.outcomes[name] += int((side.outcome == place).sum())


def sweep_of(text: str, policy: Policy, setting: Setting) -> Sweep:
    """The sweep that `parameter=a:b:step` means.

    Raises GuijuError E894 where it is written otherwise, has no or too many steps, the parameter is no number or
    nothing rests on it; E141 for a parameter that is not there, E245 for a value that does not fit it.
    """
    name, equals, range_ = text.partition("=")
    ends, span = [part.strip() for part in range_.split(":")], Span(f"--sweep {text}")
    if not equals or len(ends) != 3 or not all(ends):
        raise fail("E894", span, "写成 --sweep 参数=起:止:步长，例如 --sweep 年度上限=10 万元:50 万元:5 万元",
                   "write --sweep parameter=from:to:step, for example --sweep cap=10 万元:50 万元:5 万元")
    parameter = _parameter(policy, name.strip(), span)
    low, high = (Fraction(chosen_value(policy, parameter.id, Scalar(end, span))[1]) for end in ends[:2])
    values = _values(low, high, _step(policy, parameter, ends[2], span), span)
    rests: set[Node] = set()
    for node in walk(*policy.roots()):
        if node is parameter.node or not rests.isdisjoint(node.children):
            rests.add(node)
    if not rests:
        raise fail("E894", span, f"没有规则用到“{parameter.name}”，动它不改变什么",
                   f"no rule rests on '{parameter.id}': moving it changes nothing")
    points = [Point(whole(value), Money(), dict.fromkeys(OUTCOMES, 0)) for value in values]
    return Sweep(policy, parameter, setting, points, len(rests))


def _parameter(policy: Policy, word: str, span: Span) -> Parameter:
    found = next((p for p in policy.parameters.values() if word in (p.id, p.name)), None)
    numbers = [p.id for p in policy.parameters.values() if p.type.kind == "number"]
    if found is None:
        hint = suggestion(word, [w for p in policy.parameters.values() for w in (p.id, p.name)])
        raise fail("E141", span, f"没有参数“{word}”{hint.zh}；要动的数还不是参数的，在改革里立一个参数并用它",
                   f"there is no parameter '{word}'{hint.en}; where the figure is none yet, let the reform declare one")
    if found.type.kind != "number":
        listed = "、".join(numbers) or "（没有）"
        raise fail("E894", span, f"“{found.name}”不是数，不能一步一步地变；数值参数有：{listed}",
                   f"'{found.id}' is no number and has no steps; numbers are: {', '.join(numbers) or 'none'}")
    return found


def _step(policy: Policy, parameter: Parameter, text: str, span: Span) -> Fraction:
    """How far from one value to the next."""
    context = Context(policy.id, policy.vocabulary, policy.graph)
    step = Fraction(parameter_value(Scalar(text, span), parameter.type, None, context))
    if step <= 0:
        zh, en = ("是零", "zero") if step == 0 else ("小于零", "below zero")
        raise fail("E894", span, f"步长“{text}”{zh}，走不到止；从小到大写起和止，步长大于零",
                   f"the step '{text}' is {en} and leads nowhere: write the smaller end first, and a step above zero")
    return step


def _values(low: Fraction, high: Fraction, step: Fraction, span: Span) -> list[Fraction]:
    if high <= low:
        raise fail("E894", span, "止应大于起；两个数对调，或改大止",
                   "the end must be above the start: swap them, or raise it")
    count = (high - low) // step + 1
    if count == 1:
        raise fail("E894", span, "步长比起到止还大，只有一步；把步长改小",
                   "the step is longer than from start to end, so there is one only: make it smaller")
    if count > MOST:
        times = -((low - high) // (step * (MOST - 1)))
        raise fail("E894", span, f"有 {count:,} 步，上限是 {MOST}；把步长放大到 {times:,} 倍以上",
                   f"{count:,} steps, and the limit is {MOST}: make the step {times:,} times as long, or longer")
    return [low + step * n for n in range(count)]
