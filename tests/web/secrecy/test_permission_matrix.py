"""Who may do what, at each stage, is as it was reviewed: see the two `…-matrix.txt`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from guarded_world import Clock, guarded
from permission_matrix import ACCEPT, MOVES, TABLE, Answers, may, moves_text, offered, permissions_text

from guiju.web.applications.models import Application
from guiju.web.kit.permissions import PERMISSIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(on: Clock) -> Answers:
    found: Answers = {}

    def see(base: Any, people: dict[str, Any], application: Application) -> None:
        application = Application.objects.select_related("case", "round", "organisation", "body").get(pk=application.pk)
        for permission, who in may(base, people, application).items():
            found.setdefault(permission, {})[application.case.stage] = who

    guarded(on, see)
    return found


def test_who_may_what_at_each_stage_is_as_reviewed(answers: Answers) -> None:
    assert permissions_text(answers) == kept(TABLE, permissions_text(answers))
    assert {*answers, "file.view"} == PERMISSIONS.keys()


def test_who_makes_which_move_at_each_stage_is_as_reviewed() -> None:
    now = moves_text(offered())

    assert now == kept(MOVES, now)


def kept(path: Path, now: str) -> str:
    """The text as it was reviewed; where someone accepts the present one, that."""
    if os.environ.get(ACCEPT):
        path.write_text(now, encoding="utf-8")
    return path.read_text(encoding="utf-8")
