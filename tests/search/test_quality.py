"""The labelled queries of the benchmarks: what was judged is there to be found, and is found."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import mean

import pytest

from guiju.documents.importing import import_file
from guiju.search.sources import Sources

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
if str(BENCHMARKS) not in sys.path:
    sys.path.append(str(BENCHMARKS))

from search.labels import labelled, line_of  # noqa: E402  # the folder is on the path from here on
from search.measures import ndcg, share_found  # noqa: E402  # the same
from search.peers import Engine, Guiju, Trigrams, clauses_of  # noqa: E402  # the same


@pytest.fixture(scope="module")
def sources(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """The source texts and no policy, so that the library's growth changes no figure."""
    folder = tmp_path_factory.mktemp("quality")
    for seed in sorted(seeds.glob("*.txt")):
        import_file(seed, folder / "texts")
    (folder / "policies").mkdir()
    return Sources(folder / "texts", folder / "policies")


def figures(engine: Engine, sources: Sources) -> tuple[float, float]:
    """nDCG@10, and the share of the full answers among the first ten."""
    engine.build(clauses_of(sources))
    found = [([line_of(place) for place in engine.find(q.ask)], q.judged) for q in labelled()]
    return mean(ndcg(*f) for f in found), mean(share_found(*f) for f in found)


def test_every_judged_place_is_a_clause(sources: Sources) -> None:
    there = {line_of(clause.place) for clause in clauses_of(sources)}

    assert len(labelled()) >= 40
    assert [(q.ask, place) for q in labelled() for place in q.judged if place not in there] == []


def test_the_answers_are_among_the_first_and_far_better_than_by_trigrams(sources: Sources, tmp_path: Path) -> None:
    ours, complete = figures(Guiju(sources, tmp_path, "fts5"), sources)
    trigrams, _ = figures(Trigrams("trigram", tmp_path), sources)

    assert ours > 0.78
    assert complete > 0.84
    assert ours > trigrams + 0.15


@pytest.mark.parametrize(("places", "gained"), [
    (["a", "b", "c"], 3 + 0.6309 + 0.5), (["c", "x", "a"], 1 + 3 * 0.5), (["x", "y"], 0), ([], 0),
    (["a", "a", "b"], 3 + 0.5)])
def test_the_measure_as_worked_by_hand(places: list[str], gained: float) -> None:
    """A full answer counts 3, a part 1; the second place counts 1/log2(3), the third a half."""
    assert ndcg(places, {"a": 2, "b": 1, "c": 1}) == pytest.approx(gained / (3 + 0.6309 + 0.5), abs=1e-4)


def test_a_share_is_of_what_could_be_shown() -> None:
    assert share_found(["a", "x"], {"a": 2, "b": 2, "c": 1}) == 0.5
    assert share_found([str(n) for n in range(10)], {str(n): 2 for n in range(20)}) == 1.0
