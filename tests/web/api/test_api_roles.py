"""The operator names by a program who holds which role; everybody may ask how a programme is begun."""

from __future__ import annotations

from datetime import timedelta

import pytest
from calling import Program
from people import LEADER, World

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.cases.models import RoleHolder
from guiju.web.cases.queries import seen_by
from guiju.web.kit.clock import today
from guiju.web.outbox.domain import Letter, put_out

pytestmark = pytest.mark.django_db
PATH = f"programmes/{LEADER}/roles"


def test_a_role_is_given_and_taken(world: World) -> None:
    operator = Program(world.operator)
    made = operator.post(PATH, {"role": "EVALUATOR", "holder": world.ours.code})
    assert made.status_code == 201, made.content.decode()
    held = made.json()

    assert (held["holder"], held["person"], held["since"]) == ("甲公司", False, today().isoformat())
    assert [h["number"] for h in operator.get(PATH).json()][-1] == held["number"]
    assert set(seen_by(User.objects.get(pk=world.manager.pk))) == {world.case, world.secret}
    assert operator.delete(f"{PATH}/{held['number']}").status_code == 204
    assert operator.delete(f"{PATH}/{held['number']}").status_code == 404
    assert set(seen_by(User.objects.get(pk=world.manager.pk))) == {world.case}


@pytest.mark.parametrize(("sent", "status", "said"), [
    ({"role": "EVALUATOR", "holder": "nobody"}, 422, "没有这个单位或这个人"),
    ({"role": "ENTERPRISE", "holder": "zhang"}, 422, ""),
    ({"role": "EVALUATOR", "holder": "zhang", "until": "很久"}, 422, ""),
    ({"role": "EVALUATOR", "holder": "zhang", "until": "2001-01-01"}, 409, "不能早于今天"),
    ({"role": "EVALUATOR"}, 422, "缺这一项")])
def test_what_can_not_be_named_is_refused_in_words(world: World, sent: dict[str, str], status: int, said: str) -> None:
    before = RoleHolder.objects.count()
    answer = Program(world.operator).post(PATH, sent)

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert RoleHolder.objects.count() == before


def test_only_the_operator_does_it_and_only_with_the_scope_for_it(world: World) -> None:
    number, sent = RoleHolder.objects.get().pk, {"role": "EVALUATOR", "holder": world.ours.code}
    for other in (world.manager, world.officer, world.stranger):
        program = Program(other)
        answers = program.get(PATH), program.post(PATH, sent), program.delete(f"{PATH}/{number}")
        assert [a.status_code for a in answers] == [403, 403, 403]
        assert answers[0].json()["zh"] == "由平台管理员指定"
    lacking = Program(world.operator, "cases:read", "cases:write").post(PATH, sent)
    assert (lacking.status_code, "operator:write" in lacking.json()["zh"]) == (403, True)
    assert Program(world.operator).get("programmes/national/nowhere/roles").status_code == 404
    assert RoleHolder.objects.filter(until=None).count() == 1


def test_a_role_that_ended_is_not_ended_again(world: World) -> None:
    ended = today() - timedelta(days=30)
    held = RoleHolder.objects.get()
    RoleHolder.objects.update(since=today() - timedelta(days=60), until=ended)

    assert Program(world.operator).delete(f"{PATH}/{held.pk}").status_code == 404
    assert RoleHolder.objects.get().until == ended


def test_the_operator_reads_to_whom_reminders_went_and_not_what_they_said(world: World) -> None:
    put_out([Letter("reminder/1", "reminder", Text("期限将到", "soon"), Text("一件机密事项", "a secret"),
                    user=world.manager)])
    answer = Program(world.operator).get("reminder-log")

    assert [r["person"] for r in answer.json()["reminders"]] == ["张经理"]
    assert "机密" not in answer.content.decode()
    assert Program(world.officer).get("reminder-log").status_code == 403


def test_a_programme_says_how_it_is_begun_and_by_whom(world: World) -> None:
    ours = Program(world.manager).get(f"programmes/{LEADER}/openings").json()

    assert [(o["move"], o["mine"]) for o in ours] == [("enter", True)]
    assert len(ours[0]["wants"]) == 2
    assert ours[0]["clauses"]
    assert Program(world.manager).get("programmes/common/objection/openings").status_code == 404


def test_for_an_applicant_that_nobody_knows_no_case_is_opened(world: World) -> None:
    answer = Program(world.manager).post("cases", {"programme": LEADER, "move": "enter", "applicant": "91110000000"})

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["at"] == "asked.applicant"


def test_nobody_opens_a_case_for_another_organisation_as_its_applicant(world: World) -> None:
    program, before = Program(world.manager), world.theirs.cases.count()
    wants = program.get(f"programmes/{LEADER}/openings").json()[0]["wants"]
    sent = {"programme": LEADER, "move": "enter", "given": dict.fromkeys(wants, "是")}

    assert program.post("cases", {**sent, "applicant": world.theirs.code}).status_code == 409
    assert world.theirs.cases.count() == before
    assert program.post("cases", {**sent, "applicant": world.ours.code}).status_code == 201
