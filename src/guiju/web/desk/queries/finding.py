"""Search over everything that the person may see, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.cases.queries import my_cases
from guiju.web.laboratories.queries import register
from guiju.web.notices.queries import public_notices
from guiju.web.rounds.queries import seen_by as rounds_seen_by

MOST = 20  # of each kind
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Hit:
    title: Text
    about: Text
    address: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What was found of a kind; `more`: whether there is more than is shown."""

    label: Text
    hits: tuple[Hit, ...]
    more: bool


def find(user: Any, words: str) -> list[Kind]:
    """What fits the words, by kind. Nothing for no words."""
    if not words:
        return []
    kinds = [(Text("事项", "cases"), _cases(user, words)), (Text("批次", "rounds"), _rounds(user, words)),
             (Text("公示", "public notices"), _notices(words)), (Text("实验室", "laboratories"), _laboratories(words))]
    found = [(label, list(hits)) for label, hits in kinds]
    return [Kind(label, tuple(hits[:MOST]), len(hits) > MOST) for label, hits in found if hits]


def _cases(user: Any, words: str) -> Iterator[Hit]:
    if user.is_authenticated:
        for record in my_cases(user, words=words)[:MOST + 1]:
            stage = record.stage_label
            yield Hit(Text(record.title, ""), Text(f"{record.organisation.name} · {stage.zh}",
                                                   f"{record.organisation.name} · {stage.en or stage.zh}"),
                      reverse("cases:show", args=[record.public_id]))


def _rounds(user: Any, words: str) -> Iterator[Hit]:
    found = rounds_seen_by(user).filter(Q(title__icontains=words) | Q(title_en__icontains=words))
    for round_ in found.order_by("-year", "pk")[:MOST + 1]:
        yield Hit(round_.label, Text(round_.office.name, ""), reverse("rounds:show", args=[round_.public_id]))


def _notices(words: str) -> Iterator[Hit]:
    found = public_notices().filter(Q(title__icontains=words) | Q(items__name__icontains=words)
                                    | Q(items__host__icontains=words)).distinct()
    for notice in found[:MOST + 1]:
        days = Text(f"{notice.begins} 至 {notice.ends}", f"{notice.begins} to {notice.ends}")
        yield Hit(Text(notice.title, ""), days, reverse("notices:show", args=[notice.public_id]))


def _laboratories(words: str) -> Iterator[Hit]:
    for laboratory in register(words=words)[:MOST + 1]:
        yield Hit(laboratory.label, laboratory.state_label, reverse("laboratories:shown", args=[laboratory.public_id]))
