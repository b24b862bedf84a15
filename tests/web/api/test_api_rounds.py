"""Rounds and objections by the API: the same checks as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from calling import Program
from people import true_day
from rounds_world import LABORATORY, LaboratoryWorld, laboratory_world

from guiju.web.rounds.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(db: None) -> LaboratoryWorld:
    return laboratory_world()


def patched(caller: Program, path: str, content: dict[str, Any]) -> Any:
    return caller.client.patch(f"/api/v1/{path}", content, "application/json",
                               headers=caller.headers)


def test_a_round_is_made_set_and_its_open_points_are_named(lab: LaboratoryWorld) -> None:
    caller = Program(lab.officer)
    made = caller.post("rounds/drafts", {"programme": LABORATORY, "title": "新批次", "year": 2027,
                                  "office": lab.bureau.public_id})
    assert made.status_code == 201, made.content
    round_ = made.json()
    assert any(p["blocks"] for p in round_["open"])

    opens = true_day().isoformat()
    changed = patched(caller, f"rounds/{round_['id']}/settings", {
        "version": round_["version"], "opens": opens, "parameters": {"pass_line": "60 分"},
        "rules": {"scale": 100, "weights": {"facilities": "10"}}})

    assert changed.status_code == 200, changed.content
    assert (changed.json()["settings"]["opens"], changed.json()["settings"]["rules.scale"]) == (opens, 100)
    assert caller.post(f"rounds/{round_['id']}/publication", {"version": changed.json()["version"]}).status_code == 409


def test_two_officers_do_not_overwrite_each_other(lab: LaboratoryWorld) -> None:
    caller = Program(lab.officer)
    path = f"rounds/{lab.round.public_id}"
    old = caller.get(f"{path}/settings").json()["version"]
    edit = {"version": old, "parameters": {"vote_majority": "70%"}, "reason": "细则修订"}

    assert caller.post(f"{path}/impact", edit).json()["differs"] == ["parameters.vote_majority"]
    assert patched(caller, f"{path}/settings", edit).status_code == 200
    assert patched(caller, f"{path}/settings", {**edit, "parameters": {"vote_majority": "75%"}}).status_code == 409
    assert Round.objects.get(pk=lab.round.pk).parameters["vote_majority"] == "70%"


@pytest.mark.parametrize("who", ["applicant", "stranger", "recommender"])
def test_others_may_not_run_it(lab: LaboratoryWorld, who: str) -> None:
    caller = Program(getattr(lab, who))

    assert caller.get(f"rounds/{lab.round.public_id}/settings").status_code == 403
    assert patched(caller, f"rounds/{lab.round.public_id}/settings", {"version": 1}).status_code == 403
    assert caller.post(f"rounds/{lab.round.public_id}/closing", {}).status_code == 403


@pytest.mark.parametrize("rules", [{"weights": {"facilities": "1/0"}}, {"quorum": "3/0"}, {"quorum": "很多"},
                                   {"aggregate": "median"}, {"unknown": 1}], ids=str)
def test_rules_that_can_not_be_are_refused_in_words(lab: LaboratoryWorld, rules: dict[str, Any]) -> None:
    answer = patched(Program(lab.officer), f"rounds/{lab.round.public_id}/settings",
                     {"version": lab.round.version, "rules": rules, "reason": "试"})

    assert answer.status_code in (409, 422)
    assert answer.json()["zh"]
