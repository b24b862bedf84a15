"""What the law says of an application, as whoever recommends or examines it reads it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from intake_world import PASS_ALL, applicant, checked, forwarded, handed_in, in_examination, intake_world, taken_in

from guiju.web.accounts.models import User
from guiju.web.applications.models import Application

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def listed(page: str, heading: str) -> list[str]:
    """The entries of a list that opens below this heading; the number that stands there is theirs."""
    found = re.search(rf"<summary>{heading}（(\d+)）</summary>\s*<ul class=\"why\">(.*?)</ul>", page, re.DOTALL)
    assert found, heading
    entries = [" ".join(e.split()) for e in re.findall(r"<li>(.*?)</li>", found[2], re.DOTALL)]
    assert len(entries) == int(found[1])
    return entries


def test_facts_that_are_missing_stand_apart_from_what_experts_judge(signed_in: SignedIn) -> None:
    w = intake_world()
    sent = in_examination(w, w.first)
    page = signed_in(w.lab.officer).get(f"/intake/examine/application/{sent.public_id}/").content.decode()
    facts, judged = listed(page, "缺事实"), listed(page, "要由专家判定或有关单位核认的各点")

    assert "科研用房面积" in facts
    assert "研究开发能力较强" in judged
    assert set(facts).isdisjoint(judged)
    assert any(entry.startswith("人财物相对独立") for entry in listed(page, "由专家判定的条件，不是缺项"))


CONSULTED, CHECKED = "推荐前征求申报领域主管部门意见", "推荐单位审核材料通过"
OWN = '<span class="tag near">待您办理</span>'


def standing(client: Client, application: Application, goal: str = "申报条件") -> tuple[str, str]:
    """The headline of a goal on the body's page, without spaces; and all that stands below it, to the next."""
    page = client.get(f"/intake/recommend/application/{application.public_id}/").content.decode()
    found = re.search(rf"<h3>\s*({goal}：.*?)</h3>(.*?)(?:<h3>|</section>)", page, re.DOTALL)
    assert found, goal
    return re.sub(r"<[^>]*>|\s", "", found[1]), " ".join(found[2].split())


def own_acts(below: str) -> set[str]:
    return set(re.findall(rf"<li>{OWN} ([^ <]+)", below))


def test_what_the_body_has_yet_to_do_is_no_failing_of_the_applicant(signed_in: SignedIn) -> None:
    w = intake_world()
    client = signed_in(w.lab.recommender)
    for application in (w.first, taken_in(w.first, w.lab.recommender)):
        headline, below = standing(client, application)
        assert headline == "申报条件：除您尚需办理的事项外：缺事实，判断不了"
        assert own_acts(below) == {CONSULTED, CHECKED}

    headline, below = standing(client, forwarded(w.second, w.lab.recommender))
    assert headline == "申报条件：缺事实，判断不了"
    assert own_acts(below) == set()


def test_what_fails_for_another_reason_fails_beside_the_bodys_open_acts(signed_in: SignedIn) -> None:
    w = intake_world()
    sent = handed_in(w.lab, w.lab.body, *applicant(913, "没有学术委员会的研究院"), answers={"academic_committee": "否"})
    headline, below = standing(signed_in(w.lab.recommender), sent)

    assert headline == "申报条件：除您尚需办理的事项外：不符合"
    assert own_acts(below) == {CONSULTED, CHECKED}
    assert below.startswith('<ul class="why"> <li>已设学术委员会')


def test_materials_that_the_body_failed_are_its_finding_and_no_open_act(signed_in: SignedIn) -> None:
    w = intake_world()
    failed = checked(w.first, w.lab.recommender, {**PASS_ALL, "truthful": "fail"})
    headline, below = standing(signed_in(w.lab.recommender), failed)

    assert headline == "申报条件：不符合"
    assert (own_acts(below), CHECKED in below) == (set(), True)


def test_the_day_of_forwarding_is_the_bodys_to_make(signed_in: SignedIn) -> None:
    w = intake_world()
    headline, below = standing(signed_in(w.lab.recommender), w.first, "推荐单位报送总局")

    assert headline == "推荐单位报送总局：除您尚需办理的事项外：缺参数，算不出"
    assert own_acts(below) == {"报送总局日"}


def test_a_reader_of_the_body_is_not_told_that_it_is_for_him(signed_in: SignedIn) -> None:
    w = intake_world()
    headline, below = standing(signed_in(w.reader), w.first)

    assert headline == "申报条件：除推荐单位尚需办理的事项外：缺事实，判断不了"
    assert below.count("待推荐单位办理") == 2
