"""Days that nobody means, years whose holidays nobody knows yet, a clock that was set back: words, never a crash."""

from __future__ import annotations

from typing import Any

import pytest
from attacking import Attacker
from crawling import client_of
from django.test import Client
from guarded_world import guarded
from laboratory_walks import APPROVED, OPERATING, desk, walked
from people import World
from reviewing_world import Clock, reviewing, scored
from rounds_world import laboratory_world

from guiju.web.accounts.models import Delegation, User
from guiju.web.reviewing.domain import committees

pytestmark = pytest.mark.django_db
DAYS = ("0001-01-01", "9999-12-31", "1582-10-10", "2026-02-30", "12026-01-01", "2026-W05-1", "20260301", "0000-00-00")
MOMENTS = ("0001-01-01T00:00", "9999-12-31T23:59", "2026-03-01T09:00+23:59", "2026-03-01T25:00", "0001-01-01")
EVERYWHERE = ("/desk/", "/desk/deadlines/", "/desk/figures/", "/cases/", "/inbox/", "/rounds/", "/notices/",
              "/laboratories/", "/review/", "/intake/examine/", "/intake/recommend/", "/apply/")


def absurd(user: User, *start: str, most: int = 12) -> None:
    """Every field for a day, in every form of the pages: each absurd day is sent and taken back; the first and the last
    day of all are kept where they are taken, and the pages opened again."""
    client = Client()
    client.force_login(user)
    attacker = Attacker(client).walk(*start, most=most)
    dated = [f for f in attacker.forms.values() if any(one.kind in ("date", "datetime-local") for one in f.fields)]
    assert dated
    for form in dated:
        for number, day in enumerate((*DAYS[2:], *DAYS[:2])):
            sent: dict[str, Any] = form.filled("说明")
            sent |= {one.name: day if one.kind == "date" else MOMENTS[number % len(MOMENTS)] for one in form.fields
                     if one.kind in ("date", "datetime-local")}
            attacker.tried(form, sent, kept=number > len(DAYS) - 3)
    Attacker(client).walk(*start, "/desk/deadlines/", "/desk/", most=most)


def test_rounds(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(published=False)
    absurd(world.officer, f"/rounds/{world.round.public_id}/edit/dates/", f"/rounds/{world.round.public_id}/manage/",
           f"/rounds/{world.round.public_id}/edit/bodies/", "/rounds/new/", most=4)


def test_reviewing(on: Clock) -> None:
    world = reviewing(on, 1)
    committees.begin_committee(world.round, "新一届")
    absurd(world.base.officer, f"/review/rounds/{world.round.public_id}/committee/", most=1)
    absurd(world.panel[0], f"/review/led/{world.applications[0].public_id}/", most=1)


def test_meetings(on: Clock) -> None:
    world = scored(on, 1)
    absurd(world.base.officer, f"/review/rounds/{world.round.public_id}/meeting/", most=1)


@pytest.mark.parametrize(("timeline", "role", "sections"), [
    (APPROVED, "HOST", ("plan/change/", "do/T21/", "do/T22/", "leaders/director/", "outputs/", "extension/")),
    (OPERATING, "LAB", ("do/T38/",))])
def test_laboratories(on: Clock, timeline: str, role: str, sections: tuple[str, ...]) -> None:
    on("2026-02-01")
    walk = walked(timeline)
    absurd(walk.holders[role], *(f"{desk(walk)}{s}" for s in sections), most=8)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_the_law_counts_on_from(on: Clock, day: str) -> None:
    """The last day of building, as the coordinating office extends it."""
    on("2026-02-01")
    walk = walked(APPROVED)
    walk.move("T22", "2026-02-01", "LAB", {"extension_reason": "设备进口受阻"})
    client, where = walk.client("COORD"), f"{desk(walk)}do/T23/"
    answer = client.post(where, {"fact-extended_to": day})

    assert answer.status_code in (200, 302, 409)
    Attacker(client).walk(desk(walk), "/desk/deadlines/", f"/laboratories/{walk.laboratory.public_id}/", most=4)


def test_such_a_day_is_asked_about_in_either_language(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    for language, words in (("zh", "日期写错了吗"), ("en", "is this day meant?")):
        client.cookies["language"] = language
        for day in ("9999-12-31", "0001-01-01"):
            answer = client.post(f"/account/organisations/{world.ours.public_id}/delegate/", {
                "person": world.agent.public_id, "since": "2026-03-01", "until": day, "reason": "出差"}, follow=True)
            assert words in answer.content.decode(), (language, day)
    assert not Delegation.objects.exists()


def test_people(world: World) -> None:
    own = f"/account/organisations/{world.ours.public_id}/"
    absurd(world.manager, f"{own}delegate/", own, "/account/expert/", most=3)


def test_every_page_opens_whatever_the_clock_says(on: Clock) -> None:
    world = guarded(on)
    for day in ("2027-03-01", "2099-12-31", "9990-06-01", "1949-10-01"):
        on(day)
        for who in ("officer", "a", "anonymous"):
            Attacker(client_of(world, who)).walk(
                *EVERYWHERE[:8 if who == "anonymous" else None], f"/cases/{world.a.case.public_id}/",
                f"/rounds/{world.base.round.public_id}/", f"/laboratories/{world.a.case.public_id}/desk/",
                f"/rounds/{world.base.round.public_id}/calendar.ics", most=5 if who == "anonymous" else 12)
