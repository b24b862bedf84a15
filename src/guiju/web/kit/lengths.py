"""No text is longer than its place, and none is cut. PostgreSQL breaks off at one that is longer than its column, and
SQLite would keep it: here both refuse."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Model
from django.db.models.signals import pre_save

from guiju.web.kit.permissions import Refused

_SHOWN = 20  # characters of the text that say which one is meant


class TooLong(Refused):
    """A text that has no place."""


def within(most: int, words: str, zh: str, en: str) -> str:
    """The words without the spaces around them; `zh`, `en`: what they are. Raises TooLong."""
    found = words.strip()
    if len(found) > most:
        raise _too_long(zh, f"the {en}", len(found), most)
    return found


def enter() -> None:
    """Look at every row of ours before it is kept."""
    pre_save.connect(_fits, dispatch_uid="guiju.lengths")


def _fits(sender: type[Model], instance: Model, raw: bool = False, **_: Any) -> None:
    ours = sender.__module__.startswith("guiju.") and not raw
    for field in sender._meta.concrete_fields if ours else ():
        most = field.max_length if isinstance(field, CharField) else None
        value = instance.__dict__.get(field.attname)
        if most is not None and isinstance(value, str) and len(value) > most:
            shown = " ".join(value[:_SHOWN].split())
            raise _too_long(f"“{shown}……”", f"'{shown}…'", len(value), most)


def _too_long(zh: str, en: str, length: int, most: int) -> TooLong:
    return TooLong(f"{zh}太长：最多 {most} 字，现有 {length} 字",
                   f"{en} is too long: {most} characters at most, there are {length}")
