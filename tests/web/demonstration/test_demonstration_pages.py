"""The page that says who is who; every page of the seeded site opens; the clock; the command."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from people import PASSWORD

from guiju.web.accounts.models import User
from guiju.web.cases.models import CaseRecord, EventRecord
from guiju.web.demonstration.management.commands import demonstrate
from guiju.web.demonstration.people import PERSONAS
from guiju.web.demonstration.seed import story as telling
from guiju.web.demonstration.seed.stage import Stage, Stuck
from guiju.web.demonstration.seed.story import NOW
from guiju.web.kit import clock
from guiju.web.laboratories.models import Laboratory
from guiju.web.notices.models import PublicNotice

OWN = ("desk:home", "desk:deadlines", "desk:figures", "cases:mine", "accounts:account", "demonstration:guide",
       "rounds:list",
       "notices:list", "laboratories:register")
BEGINS = {"applicant": "applications:mine", "partner": "applications:mine", "recommender": "intake:recommend",
          "officer": "intake:examine", "expert11": "reviewing:desk", "chair": "reviewing:desk",
          "director": "desk:home"}


def signed_in(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def test_each_public_page_opens(story: Stage) -> None:
    addresses = [reverse(name) for name in ("kit:home", "demonstration:guide", "notices:list", "laboratories:register",
                                            "rounds:list", "cases:programmes")]
    addresses += [reverse("notices:show", args=[n.public_id]) for n in PublicNotice.objects.all()]
    addresses += [reverse("laboratories:shown", args=[x.public_id]) for x in Laboratory.objects.all()]
    addresses += [reverse("rounds:show", args=[r.public_id]) for r in story.rounds.values()]
    visitor = Client()

    assert {a: code for a in addresses if (code := visitor.get(a).status_code) != 200} == {}


@pytest.mark.parametrize("login", [*BEGINS, "samr", "ministries", "expert2", "member3", "operator"])
def test_each_persons_own_pages_open(person: dict[str, User], login: str) -> None:
    client = signed_in(person[login])
    pages = [*OWN, *([BEGINS[login]] if login in BEGINS else [])]

    assert {p: code for p in pages if (code := client.get(reverse(p)).status_code) != 200} == {}


def test_a_case_at_each_stage_opens_for_its_applicant(story: Stage) -> None:
    found = {}
    for record in CaseRecord.objects.select_related("organisation"):
        user = record.organisation.memberships.get(role="manager").user
        code = signed_in(user).get(reverse("cases:show", args=[record.public_id])).status_code
        if code != 200:
            found[record.stage] = code

    assert found == {}


def test_the_guide_names_everyone_and_leads_on(story: Stage) -> None:
    text = Client().get(reverse("demonstration:guide")).content.decode()

    for persona in PERSONAS:
        assert persona.who.zh in text
        address = reverse(persona.view)
        if persona.login:
            address = f"{reverse('accounts:sign-in')}?login={persona.login}&amp;next={address}"
        assert f'href="{address}"' in text
    assert reverse("demonstration:guide") in Client().get("/").content.decode()


def test_the_guide_leads_each_to_his_own_pages_and_not_to_a_refusal(person: dict[str, User]) -> None:
    text = signed_in(person["applicant"]).get(reverse("demonstration:guide")).content.decode()

    assert f'href="{reverse("intake:examine")}"' not in text
    assert text.count("先退出，再用这个登录名登录") == sum(1 for p in PERSONAS if p.login) - 1


def test_the_sign_in_page_opens_with_the_name_that_was_chosen() -> None:
    page = Client().get(reverse("accounts:sign-in"), {"login": "officer", "next": "/intake/examine/"}).content.decode()

    assert 'value="officer"' in page
    assert 'value="/intake/examine/"' in page


def test_a_case_leads_to_its_round_and_its_laboratory(story: Stage) -> None:
    laboratory = Laboratory.objects.select_related("case__organisation").first()
    assert laboratory is not None
    user = laboratory.case.organisation.memberships.get(role="manager").user
    text = signed_in(user).get(reverse("cases:show", args=[laboratory.case.public_id])).content.decode()

    assert f'href="{reverse("laboratories:shown", args=[laboratory.public_id])}"' in text
    assert f'href="{reverse("rounds:show", args=[laboratory.case.round])}"' in text
    assert f"· {laboratory.case.round}<" not in text


def test_there_is_no_such_page_outside_a_demonstration(story: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MOVABLE_CLOCK", False)

    assert Client().get(reverse("demonstration:guide")).status_code == 404
    assert signed_in(User.objects.get(login="operator")).post(reverse("demonstration:clock"),
                                                              {"days": 3}).status_code == 404


def test_the_operator_moves_the_clock_and_what_falls_due_is_done(
        person: dict[str, User], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    moved: list[dt.datetime] = []
    later = NOW + dt.timedelta(days=30)
    monkeypatch.setattr("guiju.web.demonstration.domain.set_to", moved.append)
    over = CaseRecord.objects.get(stage="S20", laboratory__planned_end="2026-05-14")
    with clock.held(later):
        answer = signed_in(person["operator"]).post(reverse("demonstration:clock"), {"days": 30})

    over.refresh_from_db()
    assert (answer.status_code, moved, over.stage) == (302, [later + dt.timedelta(days=30)], "S23")


def test_nobody_else_moves_the_clock(person: dict[str, User]) -> None:
    assert signed_in(person["officer"]).post(reverse("demonstration:clock"), {"days": 3}).status_code == 403


@pytest.mark.parametrize("days", ["0", "-3", "9999", "x", ""])
def test_a_clock_moves_forward_by_a_number_of_days(person: dict[str, User], days: str) -> None:
    answer = signed_in(person["operator"]).post(reverse("demonstration:clock"), {"days": days})

    assert answer.status_code == 422


def test_seeding_again_says_so_and_changes_nothing(story: Stage, monkeypatch: pytest.MonkeyPatch,
                                                   tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    before, out = (EventRecord.objects.count(), User.objects.count()), StringIO()
    call_command("demonstrate", stdout=out)

    assert "没有改动" in out.getvalue()
    assert "applicant" in out.getvalue()
    assert (EventRecord.objects.count(), User.objects.count()) == before


def test_the_password_is_one_for_all_and_kept_as_a_hash(story: Stage) -> None:
    hashes = set(User.objects.values_list("password", flat=True))

    assert len(hashes) == 1
    assert PASSWORD not in hashes.pop()
    assert Client().login(login="applicant", password=PASSWORD)


def test_a_site_that_is_no_demonstration_is_not_seeded(story: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MOVABLE_CLOCK", False)
    with pytest.raises(CommandError, match="GUIJU_CLOCK"):
        call_command("demonstrate")


@pytest.mark.django_db
def test_a_story_that_gets_stuck_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stuck(stage: Stage) -> None:
        assert User.objects.filter(login="applicant").exists()
        raise Stuck("示例")

    monkeypatch.setattr(settings, "MOVABLE_CLOCK", True)
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(telling, "earlier_round", stuck)
    with pytest.raises(Stuck):
        demonstrate.Command(stdout=StringIO()).handle()

    assert not User.objects.exists()
    assert not (tmp_path / "clock-shift").exists()
