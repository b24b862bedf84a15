"""The API as it describes itself, and requests made up from that."""

from __future__ import annotations

import json
from typing import Any

import schemathesis
from django.test import Client
from requests import Request

from guiju.web.api.door import api

DESCRIBED: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(DESCRIBED).get_all_operations()]


def sent(client: Client, case: Any, token: str) -> Any:
    """The case as a request of Django's test client: with the person's token, whatever the case says of tokens."""
    asked = case.as_transport_kwargs(base_url="http://testserver")
    ready = Request(asked["method"], asked["url"], params=asked.get("params"), json=asked.get("json"),
                    data=asked.get("data"), files=asked.get("files")).prepare()
    content = ready.body.encode() if isinstance(ready.body, str) else ready.body or b""
    answer: Any = client.generic(ready.method or "GET", ready.path_url, content,
                                 ready.headers.get("Content-Type", "application/octet-stream"),
                                 headers={"Authorization": f"Bearer {token}"})
    if answer.streaming:  # read to its end, it closes its file
        b"".join(answer.streaming_content)
    return answer


def is_in_words(answer: Any, operation: Any) -> None:
    """What was asked was done as the description says, or refused in both languages."""
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert {"code", "zh", "en"} <= answer.json().keys()
    else:
        assert str(answer.status_code) in operation.definition.raw["responses"]
