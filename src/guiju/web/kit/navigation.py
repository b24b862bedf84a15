"""The site's main navigation. An app enters its pages when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that is one click away. `shows`: to whom; `place`: small numbers come first."""

    label: Text
    view: str
    place: int
    shows: Callable[[Any], bool]


_ENTRIES: dict[str, Entry] = {}


def everyone(user: Any) -> bool:
    return True


def signed_in(user: Any) -> bool:
    return bool(user.is_authenticated)


def enter(zh: str, en: str, view: str, place: int, shows: Callable[[Any], bool] = signed_in) -> None:
    """Enter a page, by the name of its view without arguments."""
    _ENTRIES[view] = Entry(Text(zh, en), view, place, shows)


def entries(user: Any) -> list[Entry]:
    """The pages for a person, in order."""
    return sorted((e for e in _ENTRIES.values() if e.shows(user)), key=lambda e: (e.place, e.view))
