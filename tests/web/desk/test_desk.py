"""My desk: what waits and why, figures, search, sheets. Only what one may see is counted and found."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from laboratory_walks import APPROVED, walked
from people import RESULT, World, moved
from rounds_world import LaboratoryWorld, begun, laboratory_world

from guiju.web.accounts.models import User
from guiju.web.cases.models import CaseRecord

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def lab(db: None) -> LaboratoryWorld:
    return laboratory_world()


def test_what_waits_is_listed_with_its_clause_and_its_way(world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.officer).get("/desk/").content.decode()

    assert f"/cases/{world.case.public_id}/do/evaluate/" in page
    assert 'class="clause"' in page
    assert "等我办" in page
    assert "没有要您办的" in signed_in(world.reader).get("/desk/").content.decode()


def test_a_count_that_is_not_whole_says_so(world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(world.officer)
    whole = client.get("/desk/").content.decode()
    monkeypatch.setattr("guiju.web.desk.queries.waiting.MOST", 1)
    part = client.get("/desk/").content.decode()

    assert ("至少" in whole, "要您办的太多" in whole) == (False, False)
    assert re.search(r'等我办 <span class="tag now">至少 1</span>', part)
    assert "要您办的太多" in part
    assert "没有要您办的" in signed_in(world.reader).get("/desk/").content.decode()


def test_what_is_overdue_comes_first(lab: LaboratoryWorld, signed_in: SignedIn, on: Callable[[str], None]) -> None:
    begun(lab)
    on(str(lab.round.closes))
    page = signed_in(lab.applicant).get("/desk/").content.decode()

    assert "7 天之内" in page
    assert "向推荐单位提交" in page


@pytest.mark.django_db
def test_the_outcomes_of_one_decision_stand_under_their_case_once(on: Callable[[str], None]) -> None:
    on("2026-01-20")
    laboratory = walked(APPROVED)
    laboratory.move("T22", "2026-01-20", "LAB", {"延期原因": "安装延误"})
    page = laboratory.client("MINISTRIES").get("/desk/").content.decode().partition("最近通知")[0]

    assert [w for w in ("批准延期", "不批准延期") if f">{w}</a>" not in page] == []
    assert len(re.findall(f"<b>{laboratory.record.title}[^<]*</b>", page)) == 1


def test_figures_count_only_what_one_sees(lab: LaboratoryWorld, signed_in: SignedIn) -> None:
    begun(lab)
    address = f"/desk/figures/?round={lab.round.public_id}"

    seen = signed_in(lab.recommender).get(address).content.decode()
    assert "编制中" in seen
    assert "<svg" in seen
    assert "河南省" in seen
    assert signed_in(lab.stranger).get(address).status_code == 404
    assert "编制中" not in signed_in(lab.stranger).get("/desk/figures/").content.decode()


def test_the_figures_as_a_sheet_say_the_same(lab: LaboratoryWorld, signed_in: SignedIn) -> None:
    begun(lab)
    answer = signed_in(lab.recommender).get(f"/desk/figures.xlsx?round={lab.round.public_id}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    assert list(book["环节"].iter_rows(min_row=2, values_only=True)) == [("编制中", 1)]
    assert "专家" not in book.sheetnames  # experts' loads are for whoever runs the round
    assert signed_in(lab.stranger).get(f"/desk/figures.xlsx?round={lab.round.public_id}").status_code == 404


def test_a_title_that_looks_like_a_formula_stays_text(world: World, signed_in: SignedIn) -> None:
    CaseRecord.objects.filter(pk=world.case.pk).update(title='=HYPERLINK("http://evil.example","点我")')
    answer = signed_in(world.manager).get("/desk/cases.xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(answer.content)).active["B2"]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.parametrize("words", ["乙公司", "机密"])
def test_search_finds_nothing_of_others(world: World, signed_in: SignedIn, words: str) -> None:
    assert "没有找到" in signed_in(world.manager).get("/desk/search/", {"q": words}).content.decode()
    assert world.secret.public_id in signed_in(world.officer).get("/desk/search/", {"q": words}).content.decode()
    assert "没有找到" in Client().get("/desk/search/", {"q": words}).content.decode()


def test_the_public_finds_rounds_and_no_cases(lab: LaboratoryWorld, client: Client) -> None:
    record = begun(lab)
    page = client.get("/desk/search/", {"q": "国家质量标准实验室"}).content.decode()

    assert lab.round.public_id in page
    assert record.public_id not in page


def test_sheets_of_cases_hold_what_the_list_shows(world: World, signed_in: SignedIn) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)

    def ids(user: User) -> set[Any]:
        answer = signed_in(user).get("/desk/cases.xlsx")
        return {row[0] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(
            min_row=2, values_only=True)}

    assert ids(world.manager) == {world.case.public_id}
    assert ids(world.officer) == {world.case.public_id, world.secret.public_id}
    assert ids(world.operator) == set()
