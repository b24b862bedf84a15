"""Whatever is sent to the API, the answer is one that its description announces, and never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from ninja import Schema
from people import World

from guiju.web.api.domain import issue
from guiju.web.api.door import api
from guiju.web.api.models import SCOPES

pytestmark = pytest.mark.django_db
DESCRIBED: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(DESCRIBED).get_all_operations()]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
def test_every_answer_is_in_words(world: World, operation: Any) -> None:
    client, token = Client(), issue(world.officer, "任意", tuple(SCOPES), 30)

    @given(case=operation.as_strategy())
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def ask(case: Any) -> None:
        answer = sent(client, case, token)
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert {"code", "zh", "en"} <= answer.json().keys()
        else:
            assert str(answer.status_code) in operation.definition.raw["responses"]

    ask()


def sent(client: Client, case: Any, token: str) -> Any:
    """The case as a request of Django's test client: with the person's token, whatever the case says of tokens."""
    asked = case.as_transport_kwargs(base_url="http://testserver")
    from requests import Request

    ready = Request(asked["method"], asked["url"], params=asked.get("params"), json=asked.get("json"),
                    data=asked.get("data"), files=asked.get("files")).prepare()
    content = ready.body.encode() if isinstance(ready.body, str) else ready.body or b""
    return client.generic(ready.method or "GET", ready.path_url, content,
                          ready.headers.get("Content-Type", "application/octet-stream"),
                          headers={"Authorization": f"Bearer {token}"})


def test_no_two_things_bear_one_name_in_the_description() -> None:
    """Of two with one name, the description would hold one only."""
    def below(kind: type) -> list[type]:
        return [x for one in kind.__subclasses__() for x in (one, *below(one))]

    names = [x.__name__ for x in dict.fromkeys(below(Schema)) if x.__module__.startswith("guiju.")]

    assert len(names) > 50
    assert sorted(n for n in set(names) if names.count(n) > 1) == []
