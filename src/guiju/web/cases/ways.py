"""Pages of their own for single moves: an app that has a better page than the general form enters it here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.cases.models import CaseRecord

# By chart and move (`procedure:move` for one of a sub-procedure): where the move is made; "" for the general form.
WAYS: dict[tuple[str, str], Callable[[CaseRecord], str]] = {}
# The same for a step of an open thread, where each thread has a page of its own: by case and thread.
OF_THREAD: dict[tuple[str, str], Callable[[CaseRecord, str], str]] = {}
# Those that may be made nowhere else: what they give is not a person's to write, but comes from what the app keeps.
ONLY: set[tuple[str, str]] = set()
# Public pages of other apps on what a case belongs to or has become: each gives a name and an address, or nothing.
BESIDE: list[Callable[[CaseRecord], tuple[Text, str] | None]] = []

# What is open about a case beside its own moves, for whoever may see it: each gives names and addresses.
MATTERS: list[Callable[[Any, CaseRecord], list[tuple[Text, str]]]] = []


def way(record: CaseRecord, name: str, part: str = "") -> str:
    """The address at which a move of a case is made. `part`: the public id of whom one acts for."""
    key = own_key(record, name)
    thread = name.rpartition(":")[0]
    address = OF_THREAD[key](record, thread) if key in OF_THREAD else WAYS[key](record) if key in WAYS else ""
    return address or reverse("cases:act", args=[record.public_id, name]) + (f"?as={part}" if part else "")


def only_way(record: CaseRecord, name: str) -> str:
    """The one address at which a move of a case may be made; "" for a move that the general form makes, too."""
    key = own_key(record, name)
    return WAYS[key](record) if key in ONLY and key in WAYS else ""


def beside(record: CaseRecord) -> list[tuple[Text, str]]:
    """The round a case belongs to, the laboratory it has become: names and addresses, for the head of its page."""
    return [found for look in BESIDE if (found := look(record)) is not None]


def matters(user: Any, record: CaseRecord) -> list[tuple[Text, str]]:
    """What is open about a case and has a page that the person may see."""
    return [found for look in MATTERS for found in look(user, record)]


def own_key(record: CaseRecord, name: str) -> tuple[str, str]:
    """By what the tables here know a move: without the number of its thread."""
    procedure, colon, word = name.rpartition(":")
    return record.chart, f"{procedure.partition('#')[0]}{colon}{word}"
