"""A stored case: what was written comes back, and any changed byte is found, with its place."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_charts import actor, building, chart_of, day, evidence, made

from guiju.lifecycle.case import Case
from guiju.lifecycle.casefile import read_case, verify, verify_text, write_case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.entry import move
from guiju.lifecycle.events import sealed
from guiju.lifecycle.fold import fold
from guiju.source.diagnostics import GuijuError


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> Chart:
    return chart_of(tmp_path_factory.mktemp("charts"))


@pytest.fixture(scope="module")
def case(chart: Chart) -> Case:
    reported = made(move(building(chart), "report", actor("HOST", "甲公司"), evidence(), day("2025-10-10")))
    return made(move(reported, "withdraw", actor("OFFICE"), evidence(), day("2026-10-12")))


def test_folding_the_stored_events_gives_the_case(case: Case, chart: Chart) -> None:
    assert fold(read_case(write_case(case.events)), chart) == case


def test_an_untouched_file_has_no_fault(case: Case) -> None:
    assert verify_text(write_case(case.events)) == []
    assert verify(case.events, case.head) == []


@settings(max_examples=300)
@given(st.data())
def test_any_changed_byte_is_found_where_it_is(case: Case, data: st.DataObject) -> None:
    content = write_case(case.events).encode()
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != content[place]))
    changed = content[:place] + bytes([byte]) + content[place + 1:]
    line = content[:place].count(b"\n") + 1
    found = verify_text(changed.decode("utf-8", errors="surrogateescape"))
    assert found
    assert found[0].number in (line, line + 1)  # a lost line end shows at the line that it joins


@pytest.mark.parametrize("kept", [(0, 2, 3), (0, 1, 1, 2), (1, 0, 2), (1, 2)])
def test_events_taken_out_doubled_or_moved_are_found(case: Case, kept: tuple[int, ...]) -> None:
    assert verify(tuple(case.events[n] for n in kept))


def test_a_cut_off_end_shows_only_against_the_digest_kept_elsewhere(case: Case) -> None:
    shortened = case.events[:-1]
    assert verify(shortened) == []
    assert [t.number for t in verify(shortened, case.head)] == [len(shortened)]


def test_a_forger_must_rewrite_everything_after(case: Case) -> None:
    forged = sealed(dataclasses.replace(case.events[1], move="decline"))
    events = (case.events[0], forged, *case.events[2:])
    assert [t.number for t in verify(events)] == [3]


@pytest.mark.parametrize(("text", "code"), [
    ("", "E520"), ("{}\n", "E520"), ("[1]\n", "E520"), ("不是 JSON\n", "E520"), ("\n", "E520"), ("null\n", "E520")])
def test_what_is_no_case_file_is_said_to_be_none(text: str, code: str) -> None:
    with pytest.raises(GuijuError) as error:
        read_case(text)
    assert error.value.diagnostics[0].code == code


@pytest.mark.parametrize("note", ['"\\ud800"', "NaN"])
def test_what_can_have_no_digest_is_no_event(case: Case, note: str) -> None:
    changed = write_case(case.events).replace('"note":""', f'"note":{note}', 1)
    assert [(t.number, t.text.en) for t in verify_text(changed)] == [(1, "this line holds no event")]


def test_both_digests_are_standard(case: Case) -> None:
    """SHA-256 and SM3 over the line without its two digests."""
    import hashlib

    body = json.loads(write_case(case.events).splitlines()[0])
    sha256, sm3 = body.pop("sha256"), body.pop("sm3")
    content = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert hashlib.sha256(content).hexdigest() == sha256
    if "sm3" in hashlib.algorithms_available:
        assert hashlib.new("sm3", content).hexdigest() == sm3
