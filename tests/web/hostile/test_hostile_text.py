"""What nobody should write, in every text field of every form that a person's pages lead to; then every page and every
sheet where it shows."""

from __future__ import annotations

from typing import Any

import pytest
from applying import drafted
from attacking import attacked, files_are_whole, letters_are_whole, nothing_unfit_is_kept, shows
from intake_world import in_examination, intake_world
from rounds_world import laboratory_world

pytestmark = pytest.mark.django_db


def test_rounds(on: Any, db: None) -> None:
    on("2026-03-02")
    world = laboratory_world(published=False)
    attacker = attacked(world.officer, f"/rounds/{world.round.public_id}/manage/", f"/rounds/{world.round.public_id}/")

    assert shows(attacker.seen.values())
    assert files_are_whole(attacker) >= {"document", "application/pdf", "text/calendar"}
    nothing_unfit_is_kept()


def test_applications(on: Any, db: None) -> None:
    on("2026-03-02")
    world = laboratory_world()
    application = drafted(world)
    start = f"/apply/{application.public_id}/"
    attacker = attacked(world.applicant, start, f"{start}parts/cover/", f"{start}parts/staff/", f"{start}comments/")

    assert shows(attacker.seen.values())
    for name in ("form.pdf", "filled.docx"):
        assert attacker.client.get(f"{start}documents/{name}").status_code == 200
    letters_are_whole()
    nothing_unfit_is_kept()


def test_recommending_and_examining(on: Any, db: None) -> None:
    on("2026-03-02")
    world = intake_world()
    in_examination(world, world.second)
    recommender = attacked(world.lab.recommender, "/intake/recommend/", most=12)
    officer = attacked(world.lab.officer, "/intake/examine/", most=12)

    assert shows([*recommender.seen.values(), *officer.seen.values()])
    assert "sheet" in files_are_whole(recommender) | files_are_whole(officer)
    letters_are_whole()
    nothing_unfit_is_kept()
