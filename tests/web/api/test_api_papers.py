"""What a program takes away: bundles, digests of days, papers, the blank form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from calling import Program
from click.testing import CliRunner
from people import RESULT, World, moved, true_day
from rounds_world import LaboratoryWorld, begun, examined, laboratory_world

from guiju.cli.main import cli
from guiju.lifecycle.events import Evidence
from guiju.source.diagnostics import Text
from guiju.web.cases.domain.sealing import seal_days
from guiju.web.cases.models import DailyDigest
from guiju.web.notices.domain import Item, publish
from guiju.web.rounds import domain as rounds
from guiju.web.rounds.edits import Edit
from guiju.web.rounds.models import Round

pytestmark = pytest.mark.django_db


def test_a_bundle_is_verified_elsewhere(world: World, tmp_path: Path) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)
    answer = Program(world.officer).get(f"cases/{world.case.public_id}/bundle")
    path = tmp_path / "case.zip"
    path.write_bytes(answer.content)
    done = CliRunner().invoke(cli, ["chart", "verify", str(path)])

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert done.exit_code == 0, done.output


def test_only_who_may_have_the_whole_file_has_the_bundle(world: World) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)
    moved(world.case, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    moved(world.case, "ranking_objection:raise", world.colleague, Evidence({"异议理由": "抄来的"}))
    path = f"cases/{world.case.public_id}/bundle"

    assert [Program(who).get(path).status_code for who in (world.officer, world.manager, world.stranger)] \
        == [200, 403, 404]
    assert Program(world.officer, "applications:read").get(path).status_code == 403


def test_the_digest_of_each_day_is_for_everyone_who_keeps_it(world: World, on: Callable[[str], None]) -> None:
    for days in (1, 2):
        on(true_day(days).isoformat())
        seal_days()
        moved(world.case, "evaluate", world.officer, RESULT) if days == 1 else None
    found = Program(world.stranger).get("daily-digests").json()

    assert (found["count"], found["more"]) == (2, False)
    assert [d["sha256"] for d in found["days"]] == list(
        DailyDigest.objects.order_by("-day").values_list("sha256", flat=True))
    assert world.case.public_id not in str(found)


@pytest.fixture
def lab(db: None) -> LaboratoryWorld:
    return laboratory_world()


@pytest.mark.parametrize(("path", "begins"), [("call/pdf", "%PDF-"), ("call/docx", "PK"), ("blank-form", "PK"),
                                              ("calendar", "BEGIN:VCALENDAR")])
def test_the_rounds_papers_are_what_the_pages_give(lab: LaboratoryWorld, path: str, begins: str) -> None:
    answer = Program(lab.stranger).get(f"rounds/{lab.round.public_id}/{path}")

    assert (answer.status_code, answer.content[:len(begins)]) == (200, begins.encode())
    assert Program(lab.stranger).get(f"rounds/NONE/{path}").status_code == 404


def test_a_round_without_a_form_has_no_blank_one(lab: LaboratoryWorld) -> None:
    Round.objects.filter(pk=lab.round.pk).update(form="")

    assert Program(lab.stranger).get(f"rounds/{lab.round.public_id}/blank-form").status_code == 404
    assert Program(lab.stranger).get(f"rounds/{lab.round.public_id}/call/txt").status_code == 422


def test_a_notice_is_had_as_a_paper(lab: LaboratoryWorld) -> None:
    record = examined(lab, begun(lab))
    notice = publish(lab.round, "P1", [Item(record, Text("通过形式审查", "passed"))], lab.officer)
    program = Program(lab.stranger)

    assert program.get(f"notices/{notice.public_id}/paper/pdf").content[:5] == b"%PDF-"
    assert program.get(f"notices/{notice.public_id}/paper/docx").content[:2] == b"PK"
    assert program.get("notices/NONE/paper/pdf").status_code == 404


def test_who_runs_a_round_reads_what_was_changed_and_why(lab: LaboratoryWorld) -> None:
    path = f"rounds/{lab.round.public_id}/changes"
    before = len(Program(lab.officer).get(path).json())
    rounds.change(Round.objects.get(pk=lab.round.pk), Edit({}, {"vote_majority": "70%"}, {}, {}, {}), "细则修订",
                  lab.officer, lab.round.version)
    found = Program(lab.officer).get(path).json()

    assert len(found) == before + 1
    assert (found[0]["after"]["parameters.vote_majority"], found[0]["reason"], found[0]["by"]) \
        == ("70%", "细则修订", "齐质量")
    assert Program(lab.applicant).get(path).status_code == 403
