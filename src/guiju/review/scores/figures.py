"""Fractions in figures."""

from __future__ import annotations

from fractions import Fraction

FINEST = 6


def rounded(value: Fraction, places: int = 2) -> str:
    """To be looked at, never to be reckoned with: rounded half away from zero (四舍五入), trailing zeros left out.

    Two totals may look equal and differ; ranks and pass lines are told from the fractions.
    """
    scaled = abs(value) * 10 ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return _written(whole, places, value < 0)


def stated(value: Fraction) -> str:
    """A total as a fact that a rule compares: rounded down to six places, so that it reaches a line of up to six places
    if and only if the fraction does."""
    scaled = value * 10 ** FINEST
    whole = scaled.numerator // scaled.denominator
    return _written(abs(whole), FINEST, whole < 0)


def _written(whole: int, places: int, negative: bool) -> str:
    front, back = divmod(whole, 10 ** places)
    decimals = f"{back:0{places}d}".rstrip("0") if places else ""
    sign = "-" if negative and whole else ""
    return f"{sign}{front}.{decimals}" if decimals else f"{sign}{front}"
