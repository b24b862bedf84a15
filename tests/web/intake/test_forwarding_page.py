"""The page on which a body forwards: what stands in the way is said before the button is pressed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from intake_world import PASS_ALL, IntakeWorld, checked, forwarded, fresh, intake_world, taken_in

from guiju.web.accounts.models import User
from guiju.web.applications.models import Application

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
BUTTON = "<button>推荐并报送总局</button>"


@pytest.fixture
def w(db: None) -> IntakeWorld:
    return intake_world()


def application_page(application: Application) -> str:
    return f"/intake/recommend/application/{application.public_id}/"


def page(client: Client, application: Application) -> str:
    answer = client.get(f"{application_page(application)}forward/")
    assert answer.status_code == 200
    return answer.content.decode()


def ways(html: str, application: Application) -> set[str]:
    """The headings to which the obstacles lead."""
    return set(re.findall(rf'<a href="{application_page(application)}#([a-z]+)"', html))


def test_what_is_missing_stands_in_the_buttons_place_with_the_way_there(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = taken_in(w.first, w.lab.recommender)
    html = page(signed_in(w.lab.recommender), application)

    assert BUTTON not in html
    assert "还不能报送" in html
    assert "还没有审核（或改交后没有重新确认）的项：" in html
    assert ways(html, application) == {"check", "asked", "opinion"}


def test_a_seal_that_is_missing_asks_for_a_reason_before_anything_is_pressed(w: IntakeWorld,
                                                                             signed_in: SignedIn) -> None:
    application = checked(w.first, w.lab.recommender)
    client = signed_in(w.lab.recommender)
    before = page(client, application)
    refused = client.post(f"{application_page(application)}forward/", {"seen": application.case.head})

    assert (BUTTON in before, 'name="decide-T07-seal"' in before, "或者写明理由后继续" in before) == (True, True, True)
    assert ways(before, application) == {"opinion"}
    assert (refused.status_code, "decisions" in refused.content.decode()) == (409, False)
    assert "由办理人写明理由后可以继续" in refused.content.decode()
    client.post(f"{application_page(application)}forward/",
                {"seen": application.case.head, "decide-T07-seal": "公章随纸质件报送"})
    assert fresh(application).case.stage == "S06"


def test_a_doubt_keeps_the_button_away(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = checked(w.first, w.lab.recommender, {**PASS_ALL, "accurate": "doubt"})
    html = page(signed_in(w.lab.recommender), application)

    assert ("还有存疑的项" in html, BUTTON in html) == (True, False)
    assert "check" in ways(html, application)


def test_a_place_that_is_taken_is_told_before(w: IntakeWorld, signed_in: SignedIn) -> None:
    w.lab.body.places = 1
    w.lab.body.save()
    forwarded(w.first, w.lab.recommender)
    html = page(signed_in(w.lab.recommender), checked(w.second, w.lab.recommender))

    assert ("名额是 1 个，已推荐 1 个" in html, BUTTON in html) == (True, False)
