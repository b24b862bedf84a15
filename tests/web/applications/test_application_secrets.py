"""What of an application others do not see. In each test there is something that could leak."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from applying import PDF, drafted, filled, joined, written
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.domain.organisations import create_organisation
from guiju.web.accounts.models import User
from guiju.web.accounts.uscc import made_up
from guiju.web.applications.domain import begin, hand_in
from guiju.web.applications.domain.attachments import add_file
from guiju.web.applications.domain.comments import comment_on
from guiju.web.applications.domain.confirming import Confirmed, facts_given
from guiju.web.applications.domain.handing_in import Acknowledged
from guiju.web.applications.domain.revisions import content_of, digest_of, keep_by_hand
from guiju.web.applications.models import Application
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign
from guiju.web.files.models import Attachment
from guiju.web.kit.permissions import PERMISSIONS, verdict
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
SECRET = "绝密配方七号"
PATHS = ("", "parts/purpose/", "eligibility/", "alive/", "comments/", "revisions/", "revisions/compare/?a=1", "import/",
         "documents/filled.docx", "documents/form.pdf", "documents/blank.docx", "check/", "receipts/1/",
         "fields/equipment/blank.xlsx", "to/purpose_text/")


@pytest.fixture
def world() -> LaboratoryWorld:
    return laboratory_world()


@pytest.fixture
def secret(world: LaboratoryWorld) -> Application:
    """A whole application with a secret in a field, a comment, a revision and an attachment."""
    made = filled(drafted(world), world.applicant)
    written(made, "purpose_text", SECRET, world.applicant)
    add_file(made, "other_material", SimpleUploadedFile(f"{SECRET}.pdf", PDF), world.applicant)
    comment_on(made, "purpose_text", SECRET, world.applicant)
    keep_by_hand(made, world.applicant, SECRET)
    return made


def put_in(made: Application, user: User) -> None:
    given = facts_given(made, Confirmed(True, 3))
    assert isinstance(hand_in(made, user, digest_of(content_of(made)), given), Acknowledged)


def outsiders(world: LaboratoryWorld, made: Application) -> dict[str, User]:
    """Everyone who is not of the applicant: another applicant of the same round, an expert of this very case, …"""
    create_organisation(made_up(950), "另一申报单位", "enterprise", world.stranger)
    assign(installed(made.case.chart), "PANEL", user=world.experts[0], case=made.case)
    return {"another": world.stranger, "expert": world.experts[0], "recommender": world.recommender,
            "officer": world.officer, "operator": world.operator, "chair": world.chair}


@pytest.mark.parametrize("who", ["another", "expert", "recommender", "officer", "operator", "chair"])
def test_the_form_is_there_for_nobody_else(world: LaboratoryWorld, secret: Application, signed_in: SignedIn, who: str
                                           ) -> None:
    put_in(secret, world.applicant)
    client = signed_in(outsiders(world, secret)[who])
    answers = {path: client.get(f"/apply/{secret.public_id}/{path}") for path in PATHS}
    acts = {path: client.post(f"/apply/{secret.public_id}/{path}", {"value": "x", "version": "1", "text": "x"})
            for path in ("fields/purpose_text/", "parts/purpose/", "comments/", "revisions/", "revisions/1/restore/",
                         "import/", "check/", "fields/equipment/paste/", "fields/commitment/files/")}

    assert {path: a.status_code for path, a in {**answers, **acts}.items()} == dict.fromkeys([*answers, *acts], 404)
    assert SECRET not in "".join(a.content.decode() for a in (*answers.values(), *acts.values()))
    assert SECRET not in client.get("/apply/").content.decode()
    assert secret.public_id not in client.get("/apply/").content.decode()


def test_without_signing_in_there_is_only_the_way_to_sign_in(secret: Application, client: Client) -> None:
    for path in PATHS:
        answer = client.get(f"/apply/{secret.public_id}/{path}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/sign-in/")


def test_anothers_and_an_invented_one_answer_alike(world: LaboratoryWorld, secret: Application, signed_in: SignedIn
                                                   ) -> None:
    client = signed_in(world.stranger)
    real, invented = (client.get(f"/apply/{id_}/").content.split(b"<main")[1]
                      for id_ in (secret.public_id, "AAAA-BBBB-CCCC"))

    assert real == invented


def test_the_authorities_read_what_was_handed_in_and_only_then(world: LaboratoryWorld, secret: Application,
                                                               signed_in: SignedIn) -> None:
    others = outsiders(world, secret)
    file = Attachment.objects.get(holder_id=secret.public_id, paper="other_material")
    readers = ("recommender", "officer")
    before = {who: signed_in(others[who]).get(f"/apply/{secret.public_id}/read/").status_code for who in others}
    put_in(secret, world.applicant)
    pages = {who: signed_in(others[who]).get(f"/apply/{secret.public_id}/read/") for who in others}
    files = {}
    for who, user in others.items():
        answer = signed_in(user).get(f"/files/{file.public_id}/")
        files[who] = answer.status_code
        b"".join(answer)  # to its end, which shuts the file

    assert set(before.values()) == {404}
    assert {who: p.status_code for who, p in pages.items()} == {w: 200 if w in readers else 404 for w in others}
    assert files == {w: 200 if w in readers else 404 for w in others}
    assert all(SECRET in pages[who].content.decode() for who in readers)


def test_what_is_being_completed_shows_only_what_was_handed_in(world: LaboratoryWorld, secret: Application,
                                                               signed_in: SignedIn) -> None:
    from guiju.web.applications.domain import reopen

    put_in(secret, world.applicant)
    secret = reopen(Application.objects.get(pk=secret.pk), "请补", world.recommender)
    written(secret, "team_text", "还没定的草稿", world.applicant)
    page = signed_in(world.recommender).get(f"/apply/{secret.public_id}/read/").content.decode()

    assert SECRET in page
    assert "还没定的草稿" not in page


def test_the_case_and_letters_tell_others_nothing_of_the_form(world: LaboratoryWorld, secret: Application,
                                                              signed_in: SignedIn) -> None:
    put_in(secret, world.applicant)
    others = outsiders(world, secret)
    lines = list(secret.case.events.values_list("line", flat=True))

    assert not any(SECRET in line for line in lines)
    assert not any("draft" in json.loads(line) for line in lines)
    for user in others.values():
        assert not Message.objects.filter(user=user, body_zh__contains=SECRET).exists()


def test_a_partner_of_one_application_sees_no_other_of_the_same_host(world: LaboratoryWorld, secret: Application,
                                                                     signed_in: SignedIn) -> None:
    other = begin(world.round, world.body, world.host, world.applicant, "科研院所", "地方", True)
    assert isinstance(other, Application)
    joined(world, other)
    client = signed_in(world.partner)

    assert client.get(f"/apply/{other.public_id}/").status_code == 200
    assert client.get(f"/apply/{secret.public_id}/").status_code == 404
    assert secret.public_id not in client.get("/apply/").content.decode()


def test_who_may_what(world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    people = {"host": world.applicant, "partner": world.partner, "recommender": world.recommender,
              "officer": world.officer, "stranger": world.stranger, "operator": world.operator}
    may = {p: {who for who, user in people.items() if verdict(user, p, made)}
           for p in PERMISSIONS if p.startswith("application.")}

    assert may == {
        "application.list": {*people}, "application.begin": {*people},
        "application.view": {"host", "partner"}, "application.read": {"host", "partner"},
        "application.write": {"host", "partner"}, "application.comment": {"host", "partner"},
        "application.import": {"host"}, "application.restore": {"host"}, "application.hand_in": {"host"}}
