"""From the form to the officer: what was handed in, sent back, completed, handed in anew and forwarded; two at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from applying import filled, written
from django.db import connection
from django.test import Client
from intake_world import IntakeWorld, checked, fresh, intake_world, taken_in
from rounds_world import laboratory_world

from guiju.web.accounts.models import User
from guiju.web.applications.domain import begin
from guiju.web.applications.domain.handing_in import Acknowledged, hand_in
from guiju.web.applications.domain.revisions import content_of, digest_of
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.intake import domain
from guiju.web.intake.models import Check
from guiju.web.intake.queries import material_marks
from guiju.web.kit.permissions import Refused

SignedIn = Callable[[User], Client]


def sent(application: Application, user: User) -> Application:
    given = {"材料盖依托单位公章": "是", "纸质材料份数": "3 份", "已交电子版": "是"}
    made = hand_in(fresh(application), user, digest_of(content_of(application)), given)
    assert isinstance(made, Acknowledged), made
    return fresh(application)


@pytest.mark.django_db
def test_what_was_completed_is_what_is_forwarded(signed_in: SignedIn) -> None:
    lab = laboratory_world()
    begun = begin(lab.round, lab.body, lab.host, lab.applicant, "科研院所", "地方", False)
    assert isinstance(begun, Application)
    application = checked(sent(filled(begun, lab.applicant), lab.applicant), lab.recommender)
    domain.send_back(application, "英文名称不对", lab.recommender)
    written(fresh(application), "lab_name_en", "State Quality & Standards Laboratory of New Ceramics", lab.applicant)
    address = f"/intake/recommend/application/{application.public_id}/"
    client = signed_in(lab.recommender)
    assert "of New Ceramics" not in client.get(address).content.decode()

    again = sent(application, lab.applicant)
    for check in material_marks(again).values():
        Check.objects.filter(pk=check.pk).update(at=again.handed_in)
    made = domain.forward(again, lab.recommender, decisions={"T07-seal": "随纸质件"})
    assert isinstance(made, CaseRecord), made
    line = made.events.order_by("-number")[0].line
    html = client.get(address).content.decode()

    assert "State Quality & Standards Laboratory of New Ceramics" in line
    assert "of New Ceramics" in html
    assert html.count("国家质量标准实验室申报材料-") == 2


@pytest.mark.django_db
@pytest.mark.parametrize("move", ["T05", "T07"])
def test_the_general_form_is_no_way_round_the_bodys_own_checks(signed_in: SignedIn, move: str) -> None:
    w = intake_world()
    application = taken_in(w.first, w.lab.recommender) if move == "T07" else w.first
    client, before = signed_in(w.lab.recommender), application.case.stage
    answer = client.post(f"/cases/{application.case.public_id}/do/{move}/", {"seen": application.case.head})

    assert (answer.status_code, answer["Location"]) == (
        302, f"/intake/recommend/application/{application.public_id}/")
    assert fresh(application).case.stage == before


@pytest.mark.django_db(transaction=True)
def test_two_clerks_forward_for_the_last_place_at_the_same_moment() -> None:
    w: IntakeWorld = intake_world()
    w.lab.body.places = 1
    w.lab.body.save()
    pair = [(checked(w.first, w.lab.recommender), w.lab.recommender), (checked(w.second, w.clerk), w.clerk)]
    start, said = threading.Barrier(2), list[str]()

    def forward(application: Application, user: User) -> None:
        start.wait()
        try:
            domain.forward(application, user, decisions={"T07-seal": "随纸质件"})
        except Refused as refused:
            said.append(refused.text.zh)
        finally:
            connection.close()

    threads = [threading.Thread(target=forward, args=one) for one in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(fresh(a).case.stage for a, _ in pair) == ["S04", "S06"]
    assert len(said) == 1
    assert "名额是 1 个，已推荐 1 个" in said[0]
