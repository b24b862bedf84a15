"""What every engine answers, in one neutral form, and where two answers differ."""

from __future__ import annotations

from typing import Any, NamedTuple

RULES = (
    "A", "A1", "A2", "A3", "B", "B1", "B2", "B3", "C", "C1", "C2", "C3", "D", "D1", "D2", "D3", "D4", "D5",
    "F", "F1", "F2", "F3", "F4", "R", "R1", "R1a", "R1b", "R1c", "R1d", "R2", "P",
)
SCORES = ("points", "innovation", "growth", "focus", "T1", "T2", "T3", "T4", "T5", "T6")
OUTCOMES = ("eligible", "review", "ineligible")


class Answer(NamedTuple):
    """The verdict of each rule, the points of each part of the score, the amount in yuan, and the outcome.

    Where a fact is missing, a verdict may be None, points and amount a pair (least, most), the outcome `unknown`.
    """

    verdicts: tuple[bool | None, ...]
    scores: tuple[Any, ...]
    amount: Any
    outcome: str


class Mismatch(Exception):
    """Two engines answer differently: the run is worth nothing."""


def differences(expected: Answer, found: Answer) -> list[str]:
    """Every entry in which two answers differ, in words."""
    pairs = [*zip(RULES, expected.verdicts, found.verdicts, strict=True),
             *zip(SCORES, expected.scores, found.scores, strict=True),
             ("amount", expected.amount, found.amount), ("outcome", expected.outcome, found.outcome)]
    return [f"{name}: {a!r} against {b!r}" for name, a, b in pairs if a != b or type(a) is not type(b)]


def require_equal(reference: list[Answer], others: dict[str, list[Answer]]) -> None:
    """Raise Mismatch unless every engine gives the reference's answer for every applicant."""
    wrong = [f"{name}, applicant {number}: {'; '.join(found)}"
             for name, answers in others.items()
             for number, (expected, answer) in enumerate(zip(reference, answers, strict=True))
             if (found := differences(expected, answer))]
    if wrong:
        raise Mismatch(f"{len(wrong)} answers differ from the traced interpreter's:\n" + "\n".join(wrong[:20]))
