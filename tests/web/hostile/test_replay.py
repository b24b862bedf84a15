"""What is good once, for a time, or for one person: used again, later, or by another, it does nothing."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable

import pytest
from applying import PDF, drafted, filled
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from people import PASSWORD, World, person
from rounds_world import laboratory_world

from guiju.web.accounts import totp
from guiju.web.accounts.domain import resetting, second_factor
from guiju.web.accounts.domain.invitations import invite
from guiju.web.accounts.models import TotpDevice, User
from guiju.web.accounts.queries import role_in
from guiju.web.api.domain import issue
from guiju.web.applications.domain.confirming import Confirmed, facts_given
from guiju.web.applications.domain.handing_in import Acknowledged, hand_in
from guiju.web.applications.domain.revisions import content_of, digest_of
from guiju.web.cases.models import EventRecord
from guiju.web.files.domain import purge, redeem, take_in, ticket
from guiju.web.files.models import Attachment
from guiju.web.kit.clock import now, today
from guiju.web.kit.sealing import unseal
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
Clock = Callable[[str], None]
DAY = dt.timedelta(days=1)


def later(monkeypatch: pytest.MonkeyPatch, by: dt.timedelta) -> None:
    """For what Django signs, which goes by the machine's clock."""
    at = time.time() + by.total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: at)


def device(login: str) -> tuple[User, str]:
    """A person with an app for passwords, and its secret."""
    user = person(login, login)
    second_factor.secret_to_confirm(user)
    secret = unseal(TotpDevice.objects.get(user=user).secret, "totp")
    second_factor.confirm(user, totp.password(secret, step() - 1))
    return user, secret


def step() -> int:
    return int(now().timestamp()) // totp.STEP


def test_a_files_ticket_is_its_owners_and_for_a_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given = ticket(take_in(SimpleUploadedFile("a.pdf", PDF), "报告"), world.officer)
    later(monkeypatch, DAY - dt.timedelta(minutes=1))
    assert redeem(given, world.officer)
    later(monkeypatch, DAY + dt.timedelta(minutes=1))
    assert redeem(given, world.officer) is None


def test_a_ticket_of_a_file_that_is_gone_brings_nothing(world: World, on: Clock) -> None:
    given = ticket(take_in(SimpleUploadedFile("a.pdf", PDF)), world.officer)
    on((today() + 2 * DAY).isoformat())

    assert purge() == 1
    assert redeem(given, world.officer) is None


def test_a_ticket_fits_its_paper_and_its_person_only(world: World, signed_in: SignedIn) -> None:
    """In a form that keeps files: another's ticket, or one for another paper, is as if no file had been sent."""
    address = f"/cases/{world.case.public_id}/do/evaluate/"
    client = signed_in(world.officer)
    field = re.findall(r'name="(paper-[0-9a-f]{10})"', client.get(address).content.decode())[-1]
    taken, other = (take_in(SimpleUploadedFile("a.pdf", PDF), paper) for paper in ("", "别的"))

    def answered(given: str) -> str:
        answer = client.post(address, {f"kept-{field}": given, "fact-enterprise_fees": "不是数"})
        assert answer.status_code < 500
        return str(answer.content.decode())

    mine = ticket(taken, world.officer)
    for given in (ticket(taken, world.stranger), ticket(other, world.officer), "x" * 90, "\x00", mine[:-1]):
        assert "a.pdf" not in answered(given), given
    assert "a.pdf" in answered(mine)
    assert not Attachment.objects.exists()


def test_a_program_redeems_nobody_elses_ticket(world: World) -> None:
    given = ticket(take_in(SimpleUploadedFile("a.pdf", PDF)), world.stranger)
    token = issue(world.officer, "t", ("cases:write",), 30)
    answer = Client().post(f"/api/v1/cases/{world.case.public_id}/moves", {
        "move": "evaluate", "papers": [{"ticket": given, "paper": ""}]}, "application/json",
        headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 409
    assert "文件凭据无效" in answer.json()["zh"]


def test_a_code_of_the_app_is_good_once_for_its_owner_and_now(db: None) -> None:
    first, secret = device("zhang")
    second, _ = device("wang")
    code = totp.password(secret, step())

    assert not second_factor.pass_factor(second, code)
    assert not second_factor.pass_factor(first, totp.password(secret, step() - 3))
    assert not second_factor.pass_factor(first, totp.password(secret, step() + 3))
    assert second_factor.pass_factor(first, code)
    assert not second_factor.pass_factor(first, code)
    assert not second_factor.pass_factor(first, totp.password(secret, step() - 1))  # older than one that was used


def test_a_recovery_code_is_its_owners_and_void_after_new_ones(db: None) -> None:
    first, _ = device("zhang")
    second, _ = device("wang")
    old = second_factor.new_recovery_codes(first)
    new = second_factor.new_recovery_codes(first)

    assert not second_factor.pass_factor(second, new[0])
    assert not second_factor.pass_factor(first, old[0])
    assert second_factor.pass_factor(first, new[0])


def link(key: str) -> str:
    return Message.objects.filter(key__startswith=key).order_by("-pk")[0].link


def test_a_reset_is_of_the_account_it_names_whoever_is_signed_in(world: World, signed_in: SignedIn) -> None:
    resetting.send(world.manager.email)
    client = signed_in(world.stranger)
    client.post(link("reset/"), {"new": "新的口令-很长很长-2026", "again": "新的口令-很长很长-2026"})

    assert {u.login: u.check_password(PASSWORD) for u in User.objects.filter(login__in=("zhang", "li"))} == {
        "zhang": False, "li": True}
    assert client.get("/account/").status_code == 200
    assert "zhang" not in client.get("/account/").content.decode()


def test_an_address_is_confirmed_while_it_stands(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    resetting.ask_to_confirm(world.manager)
    where = link("confirm/")
    User.objects.filter(pk=world.manager.pk).update(email="other@example.org")
    assert "用过或过期" in Client().post(where, follow=True).content.decode()
    User.objects.filter(pk=world.manager.pk).update(email=world.manager.email)
    later(monkeypatch, 4 * DAY)
    assert "用过或过期" in Client().post(where, follow=True).content.decode()
    assert User.objects.get(pk=world.manager.pk).confirmed is None


def test_an_invitations_link_is_over_for_everyone_once_taken(world: World, signed_in: SignedIn) -> None:
    where = f"/account/invitation/{invite(world.ours, world.manager, 'new@example.org', 'agent')}/"
    taken = signed_in(world.colleague).post(where, {"csrfmiddlewaretoken": "x"})
    again = [signed_in(user).post(where, {"csrfmiddlewaretoken": "x"}) for user in (world.stranger, world.colleague)]

    assert (taken.status_code, [a.status_code for a in again]) == (302, [404, 404])
    assert role_in(User.objects.get(pk=world.stranger.pk), world.ours) == ""


def test_what_was_looked_at_before_a_takeover_is_for_its_application_and_an_hour(
        on: Clock, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    on("2026-03-02")
    lab = laboratory_world()
    application, client = drafted(lab), signed_in(lab.applicant)

    def answered(given: str) -> str:
        where = f"/apply/{application.public_id}/import/"
        return str(client.post(where, {"taken": given, "field": "purpose_text"}, follow=True).content.decode())

    def looked_at(whose: str) -> str:
        return signing.dumps({"for": whose, "values": {"purpose_text": "夹带"}}, salt="guiju.applications.import")

    mine = looked_at(application.public_id)
    for given in (looked_at("AAAA-BBBB-CCCC"), f"{mine}x", ""):
        assert "预览过期了" in answered(given)
    later(monkeypatch, dt.timedelta(minutes=61))
    assert "预览过期了" in answered(mine)
    assert not application.answers.filter(field="purpose_text").exists()


def test_a_receipt_is_read_by_its_own_and_hands_nothing_in_again(on: Clock, signed_in: SignedIn) -> None:
    on("2026-03-02")
    lab = laboratory_world()
    application = filled(drafted(lab), lab.applicant)
    digest = digest_of(content_of(application))
    made = hand_in(application, lab.applicant, digest, facts_given(application, Confirmed(True, 3)))
    assert isinstance(made, Acknowledged), made
    where = f"/apply/{application.public_id}/receipts/{made.revision.number}/"
    events = EventRecord.objects.filter(case=application.case).count()

    assert signed_in(lab.applicant).get(where).status_code == 200
    assert [signed_in(u).get(where).status_code for u in (lab.stranger, lab.partner)] == [404, 404]
    again = signed_in(lab.applicant).post(f"/apply/{application.public_id}/check/", {
        "digest": digest, "seal": "on", "copies": "3"})
    assert again["Location"] == where
    assert EventRecord.objects.filter(case=application.case).count() == events
