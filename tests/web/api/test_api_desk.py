"""Search and figures for programs: what the pages show, and no more."""

from __future__ import annotations

import pytest
from calling import Program
from people import World
from rounds_world import LaboratoryWorld, begun, laboratory_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(db: None) -> LaboratoryWorld:
    return laboratory_world()


def test_a_search_finds_what_one_may_see(world: World) -> None:
    def addresses(program: Program) -> list[str]:
        return [hit["address"] for kind in program.get("search", q="乙公司").json() for hit in kind["hits"]]

    assert addresses(Program(world.officer)) == [f"/cases/{world.secret.public_id}/"]
    assert addresses(Program(world.manager)) == []
    assert Program(world.officer).get("search", q="").status_code == 422
    assert Program(world.officer, "applications:read").get("search", q="乙公司").status_code == 403


def test_figures_count_what_one_sees_and_loads_are_for_who_runs_the_round(lab: LaboratoryWorld) -> None:
    begun(lab)
    address = f"figures/{lab.round.public_id}"
    found = Program(lab.recommender).get(address).json()

    assert [(c["label"]["zh"], c["count"]) for c in found["stages"]] == [("编制中", 1)]
    assert [(c["label"]["zh"], c["count"]) for c in found["regions"]] == [("河南省", 1)]
    assert found["loads"] == []
    assert Program(lab.stranger).get(address).status_code == 404
