"""How a task and a target are said, in both languages."""

from __future__ import annotations

from fractions import Fraction

from guiju.registers.model import TARGET_KINDS, Amount, Register, Target, Task
from guiju.source.diagnostics import Text

_SIGNS = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "=": ""}
_CLOSE = ("%", "‰", "℃")  # units that stand at their number
_PLACES = 9


def value_of(target: Target) -> Text:
    """`≥ 90%`, `约 5 个`, `30–60 项`, or the words of a target that is no number."""
    if target.amount is None:
        return target.words
    gap = "" if not target.unit or target.unit.startswith(_CLOSE) else " "
    unit = f"{gap}{target.unit}"
    number = _numbers(target.amount)
    return Text(number.zh + unit, number.en + unit)


def _numbers(amount: Amount) -> Text:
    low = number_text(amount.low)
    if amount.comparison == "about":
        return Text(f"约 {low}", f"about {low}")
    if amount.comparison == "..":
        return Text(f"{low}–{number_text(amount.high)}", f"{low}–{number_text(amount.high)}")
    return Text(_SIGNS[amount.comparison] + low, _SIGNS[amount.comparison] + low)


def number_text(number: Fraction) -> str:
    """The number with as many decimals as it has; a third, which has no end of them, as `1/3`."""
    if number.denominator == 1 or (number * 10**_PLACES).denominator > 1:
        return str(number)
    scaled = int(abs(number) * 10**_PLACES)
    digits = f"{scaled:0{_PLACES + 1}}"
    return ("-" if number < 0 else "") + f"{digits[:-_PLACES]}.{digits[-_PLACES:]}".rstrip("0")


def by_of(target: Target) -> Text:
    """`2020`, `2020-06（推定）`, or that the text names none."""
    if target.by is None:
        return Text("未载年份", "no year given")
    if target.assumed.zh:
        return Text(f"{target.by}（推定）", f"{target.by} (assumed)")
    return Text(str(target.by), str(target.by))


def end_of(task: Task) -> Text:
    """The end as the text has it; a horizon is named as what it is."""
    if task.due is not None:
        said = task.due_text
        return Text(f"{task.due}（{said}）" if said else str(task.due), f"by {task.due}")
    if task.horizon:
        return Text(f"未载期限（规划至 {task.horizon} 年，不是期限）",
                    f"no end given (planned to {task.horizon}, which is no end)")
    return Text("未载期限", "no end given")


def bodies_of(task: Task) -> Text:
    """Who leads, who takes part, whether places are charged."""
    parts = parties_of(task)
    return Text("；".join(word.zh + ("：" + "、".join(names) if names else "") for word, names in parts),
                "; ".join(word.en + (": " + ", ".join(names) if names else "") for word, names in parts))


def parties_of(task: Task) -> list[tuple[Text, tuple[str, ...]]]:
    """The same in parts: what is said, and of which bodies, if it names any."""
    lead, with_ = Text("牵头", "lead"), Text("参与", "with")
    parts = [(lead, task.lead) if task.lead else (Text("未载牵头", "no lead named"), ())]
    parts += [(with_, task.with_)] if task.with_ else []
    return [*parts, (Text("地方落实", "local governments too"), ())] if task.local else parts


def kind_of(target: Target) -> Text:
    """What sort of figure it is; a target that is only striven for says so."""
    kind = TARGET_KINDS[target.kind]
    if target.kind == "target" and target.strength == "strive":
        return Text("力争目标", "to strive for")
    return kind


def issued_of(register: Register) -> Text:
    day = register.issued
    return Text(f"{day} 发布", f"issued {day}") if day is not None else Text("发布日未载", "day of issue not stated")
