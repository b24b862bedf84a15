"""Whatever a person of a running round sends to the API, about things that there are, the answer is in words: the
applicant, the officer, the recommending body, experts, the chair, the ministries."""

from __future__ import annotations

from typing import Any

import pytest
from crawling import addresses
from django.db import transaction
from django.test import Client
from fuzzing import OPERATIONS, is_in_words, sent
from guarded_once import guarded_world
from guarded_world import Guarded, upload
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rounds_world import LABORATORY

from guiju.web.accounts.models import Organisation, User
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord, PendingMove
from guiju.web.files.domain import ticket
from guiju.web.files.models import Attachment
from guiju.web.reviewing.models import Committee, Panel, Seat
from guiju.web.rounds.models import Round, RoundBody

__all__ = ["guarded_world"]
pytestmark = pytest.mark.django_db
WHO = ("officer", "a", "expert_b", "leader", "rec_b", "chair", "ministries", "operator")


@pytest.fixture(autouse=True)
def _light() -> None:
    """Uploads are the module's."""


@pytest.fixture(scope="module")
def known(guarded_world: Guarded, django_db_blocker: Any) -> dict[str, dict[str, list[Any]]]:
    """By who asks."""
    with django_db_blocker.unblock():
        return {who: things(guarded_world, who) for who in WHO}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
def test_every_answer_is_in_words(guarded_world: Guarded, known: dict[str, dict[str, list[Any]]], db: None,
                                  operation: Any) -> None:
    world, client = guarded_world, Client()
    where = list(addresses(operation.path.lstrip("/").replace("{", "<").replace("}", ">")))

    @given(case=operation.as_strategy(), address=st.sampled_from(where), who=st.sampled_from(WHO), data=st.data())
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), database=None,
              derandomize=True)
    def ask(case: Any, address: str, who: str, data: Any) -> None:
        case.path, case.path_parameters = address, {}
        if isinstance(case.body, dict):
            case.body = {name: named(data, known[who], name, value) for name, value in case.body.items()}
        with transaction.atomic():
            is_in_words(sent(client, case, world.tokens[who]), operation)
            transaction.set_rollback(True)

    ask()


def things(world: Guarded, who: str) -> dict[str, list[Any]]:
    """What a body may name, by the name under which it does."""
    def ids(model: Any, field: str = "public_id") -> list[Any]:
        return list(model.objects.order_by("pk").values_list(field, flat=True))

    tickets = [ticket(upload("凭据"), world.people[who])]
    users, applications, organisations = ids(User), ids(Application), ids(Organisation)
    return {"round": ids(Round), "based_on": ids(Round), "organisation": organisations, "office": organisations,
            "body": ids(RoundBody, "pk"), "application": applications, "applications": applications,
            "user": users, "users": users, "person": users, "expert": users, "successor": users,
            "account": ids(User, "login"), "panel": ids(Panel), "seats": ids(Seat, "pk"), "files": ids(Attachment),
            "like": ids(Committee), "ticket": tickets, "papers": tickets, "report": tickets,
            "programme": [LABORATORY], "move": sorted({*ids(PendingMove, "name"), "T01", "T03", "T44"}),
            "seen": ["", *ids(CaseRecord, "head")], "version": [0, 1, 2]}


def named(data: Any, known: dict[str, list[Any]], name: str, value: Any) -> Any:
    """The value; or, mostly, something that is there."""
    if not known.get(name) or not data.draw(st.sampled_from((True, True, True, False))):
        return value
    some = st.sampled_from(known[name])
    if isinstance(value, list):
        return data.draw(st.lists(some, max_size=3))
    return {data.draw(some): v for v in value.values()} if isinstance(value, dict) else data.draw(some)
