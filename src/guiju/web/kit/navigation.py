"""The site's main navigation. An app enters its pages when it is ready, by place:

10 the desk, 11–19 the work of one's role, 20–34 one's cases, letters and days, from 35 what everyone may look at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Exists, ExpressionWrapper, Q

from guiju.source.diagnostics import Text

Shows = Callable[[Any], "bool | Q | Exists"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that is one click away. `place`: small numbers come first. `shows`: to whom; an answer that the database
    has is given as a question to it, for all of a page's are asked at once."""

    label: Text
    view: str
    place: int
    shows: Shows


MOST = 7  # beside one another; with more, the last place holds a menu of the rest


@dataclass(frozen=True, slots=True)
class Navigation:
    """The pages that stand in the row, and those that its last place unfolds."""

    first: tuple[Entry, ...]
    rest: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.first)


_ENTRIES: dict[str, Entry] = {}


def everyone(user: Any) -> bool:
    return True


def signed_in(user: Any) -> bool:
    return bool(user.is_authenticated)


def enter(zh: str, en: str, view: str, place: int, shows: Shows = signed_in) -> None:
    """Enter a page, by the name of its view without arguments."""
    _ENTRIES[view] = Entry(Text(zh, en), view, place, shows)


def navigation_of(user: Any) -> Navigation:
    found = entries(user)
    shown = len(found) if len(found) <= MOST else MOST - 1
    return Navigation(tuple(found[:shown]), tuple(found[shown:]))


def entries(user: Any) -> list[Entry]:
    """The pages for a person, in order. One query, and those that a `shows` makes itself."""
    answers = {view: entry.shows(user) for view, entry in _ENTRIES.items()}
    asked = {view: Q(a) for view, a in answers.items() if not isinstance(a, bool)}
    if asked:
        questions = [ExpressionWrapper(q, output_field=BooleanField()) for q in asked.values()]
        told = get_user_model()._default_manager.filter(pk=user.pk).values_list(*questions).first()
        answers |= zip(asked, told or [False] * len(asked), strict=True)
    return sorted((e for view, e in _ENTRIES.items() if answers[view]), key=lambda e: (e.place, e.view))
