"""The whole library on synthetic organisations: columns, the generated closure and the traced interpreter agree.

`make prove-population` does the same with 100,000.
"""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from unittest.mock import patch

import pytest
from proving import MIXES, Mix, Tally, asked_of, compared, population, tallied

from guiju.language.library import installed_library
from guiju.population.match import Answers, Matcher
from guiju.population.synthetic.model import load_model

LIBRARY = installed_library()
DAY = load_model(LIBRARY.vocabulary).as_of
COUNT = 33  # organisations of each kind


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Tally]]:
    found: dict[str, dict[str, Tally]] = {}
    for mix in MIXES:
        asked = asked_of(LIBRARY, mix, DAY)
        matcher = Matcher(asked)
        found[mix.name] = {policy.id: Tally() for policy, _ in asked}
        for chunk in population(tmp_path_factory.mktemp("proof") / "data", mix, COUNT, LIBRARY).chunks():
            for id_, tally in compared(chunk.names.to_pylist(), chunk.people, matcher, asked).items():
                found[mix.name][id_].add(tally)
    return found


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.name)
def test_three_evaluators_agree(mix: Mix, tallies: dict[str, dict[str, Tally]]) -> None:
    held = tallies[mix.name]

    assert {id_: tally.differences for id_, tally in held.items() if tally.differences} == {}
    assert {id_ for id_, tally in held.items() if tally.pairs >= COUNT} == set(LIBRARY.ids())


def test_the_populations_put_the_rules_to_the_question(tallies: dict[str, dict[str, Tally]]) -> None:
    held = [(id_, tally) for mix in tallies.values() for id_, tally in mix.items()]
    outcomes = {outcome for _, tally in held for outcome in tally.outcomes}
    paid = {id_ for id_, tally in held if tally.paid}

    assert {"pass", "fail", "unknown", "review", "not_computable"} <= outcomes
    assert {policy.id for policy in LIBRARY if policy.benefits} == paid


def test_a_chunk_goes_as_soon_as_nobody_holds_it(tmp_path: Path) -> None:
    mix = MIXES[1]
    matcher = Matcher(asked_of(LIBRARY, mix, DAY))
    people = next(population(tmp_path / "data", mix, 20, LIBRARY).chunks()).people
    owners = weakref.ref(people.tables["standard"].owners)
    gc.disable()  # what hangs in circles would go with the collector, but several chunks later
    try:
        matcher(people)
        del people
        assert owners() is None
    finally:
        gc.enable()


def test_parts_are_answered_as_the_whole(tmp_path: Path) -> None:
    mix = MIXES[1]
    asked = asked_of(LIBRARY, mix, DAY)
    people = next(population(tmp_path / "data", mix, 20, LIBRARY).chunks()).people
    whole = Matcher(asked)(people)

    with patch("guiju.population.match.BLOCK", 8):  # rows at once
        parts = list(Matcher(asked).parts(people))

    assert [rows for rows, _ in parts] == [slice(0, 8), slice(8, 16), slice(16, 20)]
    for rows, found in parts:
        assert [arrays_of(one) for one in found] == [arrays_of(one, rows) for one in whole]


def arrays_of(found: Answers, rows: slice = slice(None)) -> list[list[float]]:
    """All that is answered of these rows."""
    arrays = [*found.goals, *(part for score in found.scores for part in score), *(found.payment or ()),
              found.elsewhere, found.reasons, found.left]
    return [array[rows].tolist() for array in arrays]


def test_a_single_other_answer_would_be_seen(tmp_path: Path) -> None:
    mix = MIXES[1]
    asked = asked_of(LIBRARY, mix, DAY)[:3]
    chunk = next(population(tmp_path / "data", mix, 5, LIBRARY).chunks())
    answers = Matcher(asked)(chunk.people)
    answers[1].goals[0][3] ^= 8

    found = tallied(chunk.names.to_pylist(), chunk.people, asked, answers)

    assert [len(tally.differences) for tally in found.values()] == [0, 1, 0]
