"""The one clock of the site. A demonstration or a test may move it, where the settings allow that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

from guiju.lifecycle.events import CHINA

_HELD: ContextVar[dt.datetime | None] = ContextVar("held", default=None)


def now() -> dt.datetime:
    """This moment, in China."""
    return _HELD.get() or dt.datetime.now(CHINA) + _shift()


def today() -> dt.date:
    return now().date()


def set_to(moment: dt.datetime) -> None:
    """Move the clock; it goes on from there. Only where GUIJU_CLOCK allows it."""
    if not settings.MOVABLE_CLOCK:
        raise PermissionError("GUIJU_CLOCK=1 allows the clock to be moved")
    shift = moment.astimezone(CHINA) - dt.datetime.now(CHINA)
    path = settings.DATA / "clock-shift"
    path.with_suffix(".new").write_text(str(shift.total_seconds()), encoding="ascii")
    path.with_suffix(".new").replace(path)


@contextmanager
def held(moment: dt.datetime) -> Iterator[None]:
    """What is done inside is done at that moment, in this thread alone: so a demonstration tells what went before.
    Only where GUIJU_CLOCK allows it."""
    if not settings.MOVABLE_CLOCK:
        raise PermissionError("GUIJU_CLOCK=1 allows the clock to be moved")
    token = _HELD.set(moment.astimezone(CHINA))
    try:
        yield
    finally:
        _HELD.reset(token)


def _shift() -> dt.timedelta:
    if not settings.MOVABLE_CLOCK:
        return dt.timedelta()
    try:
        return dt.timedelta(seconds=float((settings.DATA / "clock-shift").read_text(encoding="ascii")))
    except FileNotFoundError:
        return dt.timedelta()
