"""Whatever a page does, a program can do: page by page, by a table that people keep."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crawling import patterns
from django.test import Client
from fuzzing import DESCRIBED

pytestmark = pytest.mark.django_db
NONE = "—"
TABLE = {name: rest.strip() for line in Path(__file__).with_name("pages-and-operations.txt").read_text(
    "utf-8").splitlines() if line and not line.startswith("#") for name, _, rest in [line.partition(" ")]}
OPERATIONS = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, methods in DESCRIBED["paths"].items()
              for method in methods}


def of_page(name: str) -> list[str]:
    return [] if TABLE[name].startswith(NONE) else TABLE[name].split(", ")


def pages() -> dict[str, Callable[..., Any]]:
    """Every view but the API's own, by the name of its address."""
    return {f"{space}:{pattern.name}": pattern.callback for pattern, written, space in patterns()
            if not written.startswith("api/v1/")}


def methods_of(view: Callable[..., Any]) -> list[str]:
    """To which methods a view answers, as its door says it."""
    while True:
        found = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if found is not None:
            return list(found)
        view = view.__wrapped__  # type: ignore[attr-defined]  # every view has such a door


def test_every_page_says_by_which_operations_a_program_does_the_same() -> None:
    assert TABLE.keys() == pages().keys()
    assert [name for name, said in TABLE.items() if said.removeprefix(NONE).strip() == ""] == []


def test_every_operation_belongs_to_a_page_and_the_other_way_round() -> None:
    told = {operation for name in TABLE for operation in of_page(name)}

    assert told - OPERATIONS == set()
    assert OPERATIONS - told == set()


def test_what_a_page_only_takes_is_no_reading_for_a_program() -> None:
    only_taken = [name for name, view in pages().items() if methods_of(view) == ["POST"] and of_page(name)]

    assert len(only_taken) > 20
    assert [n for n in only_taken if all(operation.startswith("GET ") for operation in of_page(n))] == []


def test_no_operation_is_done_without_a_token() -> None:
    """Looked at from outside: the answer comes before anything that was sent is read."""
    client, answers = Client(), {}
    for operation in OPERATIONS:
        method, _, path = operation.partition(" ")
        address = "/api/v1" + path.replace("{chart_id}", "national/x").replace("{kind}", "pdf").replace(
            "{number}", "1").replace("{place}", "1").replace("{seat_id}", "1").replace("{", "").replace("}", "")
        answers[operation] = client.generic(method, address).status_code

    assert set(answers.values()) == {401}, {o: status for o, status in answers.items() if status != 401}
