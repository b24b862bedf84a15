"""Who reviews what: proposed with reasons, accepted, declared, declined, run again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from reviewing_world import Clock, ReviewWorld, fresh, reviewing, taken_in

from guiju.web.accounts.models import ExpertPost, User
from guiju.web.outbox.models import Message
from guiju.web.reviewing.domain import assigning, beginning
from guiju.web.reviewing.models import Assigned, Run

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # an answer of the client


def begun(on: Clock, rules: dict[str, object] | None = None) -> tuple[ReviewWorld, str]:
    world = taken_in(on, rules=rules)
    beginning.begin_review(world.round, fresh(world), world.members[0], True, {})
    return world, f"/review/rounds/{world.round.public_id}/assignment/"


def test_a_proposal_shows_pairs_reasons_and_the_price_and_can_be_replayed(on: Clock, signed_in: SignedIn) -> None:
    world, address = begun(on)
    client = signed_in(world.base.officer)
    page = text(client.post(address, {"do": "run"}, follow=True))

    assert "公平的代价" in page
    assert "熟悉领域“新材料”" in page
    run = Run.objects.get()
    assert run.record["input"] in page
    assert "算出同样的分配" in text(client.post(address, {"do": "verify", "run": run.public_id}, follow=True))


def test_a_record_that_was_changed_is_found_out_by_the_replay(on: Clock, signed_in: SignedIn) -> None:
    world, address = begun(on)
    run = assigning.run(world.round, world.base.officer)
    run.problem["experts"][0]["specialities"] = []
    run.save()

    assert "重放与记录不同" in text(signed_in(world.base.officer).post(
        address, {"do": "verify", "run": run.public_id}, follow=True))


def test_what_makes_it_impossible_is_said_in_words(on: Clock, signed_in: SignedIn) -> None:
    world, address = begun(on, {"panel_size": 6})
    page = text(signed_in(world.base.officer).post(address, {"do": "run"}, follow=True))

    assert "没有可行的分配" in page
    assert Run.objects.get().state == "infeasible"


def test_a_figure_that_is_not_set_is_named(on: Clock, signed_in: SignedIn) -> None:
    world, address = begun(on, {"panel_size": None})

    assert "panel_size" in text(signed_in(world.base.officer).post(address, {"do": "run"}, follow=True))
    assert not Run.objects.exists()


def test_an_expert_of_the_applicants_own_house_is_kept_out_with_the_reason(on: Clock, signed_in: SignedIn) -> None:
    world, address = begun(on)
    ExpertPost.objects.filter(expert__user=world.panel[1]).update(code=world.base.host.code)
    run = assigning.run(world.round, world.base.officer)

    assert [world.panel[1].public_id, world.applications[0].public_id] not in run.found["pairs"]
    page = text(signed_in(world.base.officer).get(address))
    assert f"专家二任职于申报单位{world.base.host.name}" in page
    assert "评审细则·回避" in page


def test_an_officer_fixes_and_forbids_pairs_with_a_reason(on: Clock, signed_in: SignedIn) -> None:
    world, address = begun(on)
    client, one = signed_in(world.base.officer), world.applications[0].public_id
    pair = {"do": "pair", "application": one, "expert": world.panel[4].public_id, "kind": "forbidden"}
    assert "都要写明理由" in text(client.post(address, {**pair, "reason": ""}, follow=True))
    client.post(address, {**pair, "reason": "刚评过同一团队"})
    client.post(address, {**pair, "expert": world.panel[0].public_id, "kind": "fixed", "reason": "唯一懂陶瓷的"})
    run = assigning.run(world.round, world.base.officer)
    mine = {e for e, a in run.found["pairs"] if a == one}

    assert world.panel[4].public_id not in mine
    assert world.panel[0].public_id in mine


def test_accepted_pairs_get_one_letter_that_names_no_applicant(on: Clock, signed_in: SignedIn) -> None:
    world, address = begun(on)
    run = assigning.run(world.round, world.base.officer)
    signed_in(world.base.officer).post(address, {"do": "accept", "run": run.public_id, "deadline": "2026-04-10"})
    letters = Message.objects.filter(user__in=world.panel, key__startswith="review/")

    assert Assigned.objects.count() == 6
    assert letters.count() == len({t.user_id for t in Assigned.objects.all()})
    assert all(world.base.host.name not in m.body_zh + m.subject_zh for m in letters)
    assert "不是待定的方案" in text(signed_in(world.base.officer).post(
        address, {"do": "accept", "run": run.public_id}, follow=True))


def test_who_declines_is_not_asked_again_and_the_gap_is_filled(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on)
    task = world.tasks[0]
    client = signed_in(task.user)
    assert "请写明推辞的理由" in text(client.post(f"/review/mine/{task.public_id}/", {"do": "decline"}, follow=True))
    client.post(f"/review/mine/{task.public_id}/", {"do": "decline", "reason": "住院"})
    assert client.get(f"/review/mine/{task.public_id}/").status_code == 404
    before = set(Assigned.objects.filter(state="taken").values_list("pk", flat=True))
    again = assigning.run(world.round, world.base.officer)
    assigning.accept(again, world.base.officer, None)

    assert before <= set(Assigned.objects.filter(state__in=("taken", "asked")).values_list("pk", flat=True))
    assert Assigned.objects.filter(application=task.application, state__in=("asked", "taken")).count() == 3
    assert Assigned.objects.get(pk=task.pk).state == "declined"
    assert "住院" in text(signed_in(world.base.officer).get(f"/review/rounds/{world.round.public_id}/assignment/"))


def test_a_declared_tie_ends_the_task_only_where_the_round_says_so(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, rules={"conflicts": {"declared": "bar"}})
    task = world.tasks[0]
    signed_in(task.user).post(f"/review/mine/{task.public_id}/",
                              {"do": "declare", "tie": "yes", "relation": "师生"})
    assert Assigned.objects.get(pk=task.pk).state == "declined"

    page = text(signed_in(world.base.officer).get(f"/review/rounds/{world.round.public_id}/assignment/"))
    assert "有师生关系" in page


def test_where_it_is_a_hint_the_task_goes_on_and_the_office_is_told(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, rules={"conflicts": {}})
    task = world.tasks[0]
    signed_in(task.user).post(f"/review/mine/{task.public_id}/",
                              {"do": "declare", "tie": "yes", "relation": "同学"})

    assert Assigned.objects.get(pk=task.pk).state == "taken"
    assert Message.objects.filter(user=world.base.officer, subject_zh__contains="申明了利害关系").exists()


def test_where_names_are_hidden_a_tie_is_declared_by_organisation(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, rules={"conflicts": {"declared": "bar"}, "blind": True})
    user = world.tasks_of(world.applications[0])[0].user
    task = next(t for t in world.tasks if t.user == user)
    signed_in(user).post(f"/review/mine/{task.public_id}/", {
        "do": "organisation", "code": world.base.host.code, "relation": "兼职顾问"})

    states = {t.application: t.state for t in Assigned.objects.filter(user=user)}
    assert states[world.applications[0]] == "declined"
    assert set(states.values()) <= {"declined", "taken"}
