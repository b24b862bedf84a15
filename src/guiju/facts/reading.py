"""What reading one value gives: the engine's value with remarks on how it was read, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.source.diagnostics import Text
from guiju.values import Value


@dataclass(frozen=True, slots=True)
class Remark:
    """How a value was read, where that is not plain: `N…` a note, `W…` a warning."""

    code: str
    message: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is None where nothing is stated; then `blank` tells an empty cell from a stated 未知."""

    value: Value | None
    remarks: tuple[Remark, ...] = ()
    blank: bool = False


class Refusal(Exception):
    """A text that can't be the value of its entry: an `E…` code and a sentence that says how to mend it."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.code = code
        self.message = Text(zh, en)


def remark(code: str, zh: str, en: str) -> Remark:
    return Remark(code, Text(zh, en))
