"""“Can we apply?” beside the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from applying import drafted, joined, written
from django.test import Client
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.models import User
from guiju.web.api.domain import issue
from guiju.web.applications.eligibility import Panel, panel_of
from guiju.web.applications.models import Application

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def world() -> LaboratoryWorld:
    return laboratory_world()


@pytest.fixture
def made(world: LaboratoryWorld) -> Application:
    return drafted(world)


def panel(made: Application) -> Panel:
    found = panel_of(made)
    assert found is not None
    return found


def projects(number: int) -> list[dict[str, str]]:
    return [{"name": f"项目{i}", "number": f"YF{i}", "level": "国家级", "related": "是", "started": "2025-05-01",
             "amount": "10"} for i in range(number)]


def names(items: tuple[Any, ...]) -> set[str]:
    return {item.finding.name.zh for item in items}


def test_an_empty_form_lacks_facts_and_says_where_to_give_them(made: Application) -> None:
    found = panel(made)
    area = next(i for i in found.open if i.finding.name.zh == "科研用房面积")

    assert (found.outcome, found.failing) == ("unknown", ())
    assert ([n.field for n in area.needs], area.finding.clauses) == (["area"], ("办12(一)",))
    assert found.question is not None
    assert found.question.field


def test_what_experts_judge_is_no_lack_of_the_applicants(made: Application) -> None:
    found = panel(made)

    assert "人财物相对独立" in names(found.judged)
    assert not names(found.judged) & names((*found.failing, *found.open))
    assert "地方单位由省级市场监管部门推荐" in names(found.elsewhere)


def test_too_few_projects_fail_and_one_more_would_do(world: LaboratoryWorld, made: Application) -> None:
    written(made, "project_items", projects(14), world.applicant)
    found = panel(made)

    assert (found.outcome, names(found.failing)) == ("ineligible", {"近五年国家级科研项目"})
    assert [c.text.zh.partition("：")[0] for c in found.plans[0].changes] == ["多 1 项承担科研项目"]
    written(made, "project_items", projects(15), world.applicant)
    assert panel(made).failing == ()


def test_a_figure_below_what_is_asked_in_principle_is_for_a_person_to_decide(world: LaboratoryWorld, made: Application
                                                                            ) -> None:
    written(made, "area", "2500", world.applicant)

    assert names(panel(made).in_principle) == {"科研用房面积"}
    written(made, "area", "3000", world.applicant)
    assert panel(made).in_principle == ()


def below(page: str, heading: str) -> str:
    """What stands on a page between this heading of the panel and the next."""
    return page.partition(f">{heading}</h3>")[2].partition("</ul>")[0]


@pytest.mark.parametrize(("level", "so_far"), [("国家级", "按所填已达到"), ("省部级", "按所填没有达到")])
def test_a_figure_that_rests_on_a_judgement_waits_for_it_and_is_not_called_unmet(
        level: str, so_far: str, world: LaboratoryWorld, made: Application, signed_in: SignedIn) -> None:
    rows = [{**row, "level": level, "amount": amount}
            for row, amount in zip(projects(2), ("2500", "100"), strict=True)]
    written(made, "project_items", rows, world.applicant)
    client, where = signed_in(world.applicant), f"/apply/{made.public_id}"
    page = client.get(f"{where}/parts/projects/").content.decode()
    waiting = below(page, "填了，还要由人认定")

    expected = ("近五年国家级科研项目", so_far, "项目级别", f"{where}/to/project_items/")
    assert [said for said in expected if said not in waiting] == []
    assert "原则上的要求没有达到" not in page
    assert so_far in client.get(f"{where}/check/").content.decode()
    assert names(panel(made).in_principle) == set()


def test_a_program_is_told_the_same_as_the_page(world: LaboratoryWorld, made: Application) -> None:
    written(made, "area", "2500", world.applicant)
    token = issue(world.applicant, "测试", ("applications:read",), 30)
    told = Client().get(f"/api/v1/applications/{made.public_id}/eligibility",
                        headers={"Authorization": f"Bearer {token}"}).json()
    shown, parts = panel(made), ("failing", "open", "in_principle", "judged", "elsewhere")

    assert [c["text"]["zh"] for c in told["in_principle"]] == ["科研用房面积"]
    assert {p: [c["id"] for c in told[p]] for p in parts} == {
        p: [i.finding.id for i in getattr(shown, p)] for p in parts}


def test_what_can_not_be_read_breaks_nothing(world: LaboratoryWorld, made: Application) -> None:
    written(made, "area", "很大", world.applicant)
    written(made, "operating_from", "去年", world.applicant)

    assert panel(made).outcome == "unknown"


def test_the_site_counts_the_host_and_not_its_partners(world: LaboratoryWorld, made: Application) -> None:
    from guiju.web.applications.units import units_of

    other = drafted(world, joint=True)
    joined(world, other)

    assert [(u["单位代码"], u.get("同批申报数"), u.get("其中联合申报数")) for u in units_of(other)] == [
        (world.host.code, "2 个", "1 个"), (world.partner_organisation.code, None, None)]


def test_the_panel_comes_alone_for_a_script_and_whole_without(world: LaboratoryWorld, made: Application,
                                                              signed_in: SignedIn) -> None:
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/eligibility/"

    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in client.get(address).content.decode()


def test_pages_ask_the_database_a_fixed_number_of_times(world: LaboratoryWorld, made: Application, signed_in: SignedIn,
                                                        django_assert_max_num_queries: Callable[[int], object]
                                                        ) -> None:
    client = signed_in(world.applicant)
    written(made, "project_items", projects(60), world.applicant)
    for path, most in (("", 24), ("parts/projects/", 28), ("eligibility/", 24), ("check/", 32)):
        client.get(f"/apply/{made.public_id}/{path}")
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]  # pytest-django's
            client.get(f"/apply/{made.public_id}/{path}")
    with django_assert_max_num_queries(17):  # type: ignore[attr-defined]  # pytest-django's
        client.post(f"/apply/{made.public_id}/fields/area/", {"value": "3000", "version": "0"})
