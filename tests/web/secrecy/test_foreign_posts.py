"""What is sent to others' things, from other sites, or with another's session, changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from crawling import GIVES, addresses, client_of, patterns
from django.apps import apps
from django.conf import settings
from django.test import Client
from guarded_world import Guarded
from people import PASSWORD

from guiju.web.accounts.models import Session
from guiju.web.reviewing.models import Assigned

pytestmark = pytest.mark.django_db
SENT = {"do": "close", "value": "90", "text": "改了", "mark": "pass", "choice": "yes", "reason": "改了",
        "answer": "改了", "name": "改了", "title": "改了", "step": "uphold", "finding": "改了",
        "version": "1", "why": "改了"}
# Doors that stand open to whoever is signed in, whatever the id: what a round, a programme or a notice offers to all.
OPEN = {"applications:begin", "cases:begin", "cases:programme", "accounts:confirm", "accounts:passkey-remove",
        "api:end", "kit:home"}
UNCOUNTED = {"Session"}


def state() -> dict[str, str]:
    """A digest of each table."""
    found = {}
    for model in apps.get_models():
        if model.__name__ not in UNCOUNTED and model._meta.managed:
            rows = list(model._base_manager.order_by("pk").values_list())
            found[model.__name__] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def of_first(world: Guarded) -> set[str]:
    """The ids of everything that hangs on the first application."""
    tasks = Assigned.objects.filter(application=world.a).values_list("public_id", flat=True)
    return {world.a.public_id, world.a.case.public_id, *tasks}


def sent_to(world: Guarded, only: set[str] | None = None) -> Iterator[tuple[str, str]]:
    """Every address behind a door that names a thing, with the view's name."""
    for pattern, written, space in patterns():
        permission = getattr(pattern.callback, "permission", "")
        if "<" not in written or permission in ("public", "token"):
            continue
        for address in addresses(written):
            if only is None or any(f"/{id_}/" in address for id_ in only):
                yield f"{space}:{pattern.name}", address


def test_who_has_no_part_changes_nothing(world: Guarded, plain_errors: None) -> None:
    client, before = client_of(world, "stranger"), state()
    own = {f"/api/tokens/{token}/end/" for token in world.people["stranger"].tokens.values_list("pk", flat=True)}
    answers = {(name, address): client.post(address, SENT).status_code for name, address in sent_to(world)
               if address not in own}

    assert {k: v for k, v in answers.items() if v not in (403, 404, 405) and k[0] not in OPEN} == {}
    assert state() == before
    assert len(answers) > 150


@pytest.mark.parametrize("who", ["b", "b_partner", "rec_b", "expert_b"])
def test_who_takes_part_elsewhere_changes_nothing_here(world: Guarded, who: str) -> None:
    client, before = client_of(world, who), state()
    answers = {a: client.post(a, SENT).status_code for _, a in sent_to(world, of_first(world))}

    assert {a: status for a, status in answers.items() if status not in (403, 404, 405)} == {}
    assert state() == before
    assert len(answers) > 30


@pytest.mark.parametrize("who", ["a_reader", "operator"])
def test_who_only_reads_changes_nothing(world: Guarded, who: str) -> None:
    client, before = client_of(world, who), state()
    for _, address in sent_to(world, of_first(world)):
        client.post(address, SENT)

    assert state() == before


def test_the_machines_door_refuses_acts_on_others_things(world: Guarded) -> None:
    headers = {"Authorization": f"Bearer {world.tokens['stranger']}"}
    client, before = Client(), state()
    answers: dict[tuple[str, str], int] = {}
    for _, written, _ in patterns():
        if written.startswith("api/v1/") and "<" in written:
            for address in addresses(written):
                for method in ("POST", "PUT", "PATCH", "DELETE"):
                    answers[method, address] = client.generic(method, address, b"{}", "application/json",
                                                              headers=headers).status_code
    assert set(answers.values()) <= {403, 404, 405, 422}
    assert {t: d for t, d in state().items() if before[t] != d}.keys() <= {"ApiToken"}  # when it was used last


def test_nothing_is_taken_without_the_forms_own_token(world: Guarded) -> None:
    """Another site's form, sent by a browser that is signed in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["a"])
    before = state()
    for pattern, written, space in patterns():
        for address in addresses(written):
            status = client.post(address, SENT).status_code
            assert status == (403 if space != "machine" else status), f"{pattern.name}: {status}"
            assert status in (401, 403, 404, 405), f"{pattern.name}: {status}"
            break
    assert state() == before


def test_a_session_that_was_there_before_is_nobodys_afterwards(world: Guarded) -> None:
    client = Client()
    session: Any = client.session
    session["planted"] = "by another"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    client.post("/account/sign-in/", {"login": world.people["stranger"].login, "password": PASSWORD})
    mine = client.session.session_key

    assert client.get("/account/").status_code == 200
    assert mine != planted
    assert not Session.objects.filter(session_key=planted).exists()
    client.post("/account/sign-out/")
    assert client.get("/account/").status_code == 302
    assert client.session.session_key != mine
    assert not Session.objects.filter(session_key=mine).exists()


def test_every_parameter_of_an_address_has_something_to_stand_there(world: Guarded) -> None:
    """A new kind of address has to be entered in the crawl: else it goes unvisited."""
    assert {word: values() for word, values in GIVES.items() if not values()} == {}
    assert all(list(addresses(written)) for _, written, _ in patterns())
