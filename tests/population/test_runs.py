"""`guiju population match`: the one-applicant answers in files; the same bytes however often, and whatever happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from population_tables import write
from runs import DAY, FUND, STANDARDS, TIERS, bytes_of, match

from guiju.evaluate.assess import answer_of
from guiju.evaluate.evaluation import evaluate, setting_for
from guiju.language.library import load_library
from guiju.population.files.results import width_of
from guiju.population.files.source import open_source

LIBRARY = load_library()

pytestmark = pytest.mark.usefixtures("small_chunks")


def columns(out: Path) -> dict[str, list[Any]]:
    return dict(pq.read_table(out / "chunks").to_pydict())


def test_the_columns_are_the_answers_of_one_applicant_each(data: Path, tmp_path: Path) -> None:
    done = match(data, tmp_path / "out")
    held = columns(tmp_path / "out")
    source = open_source(data, LIBRARY.vocabulary)
    number = 0
    for chunk in source.chunks(5):
        for row in range(chunk.people.count):
            facts = chunk.people.facts_of(row)
            assert held["organisation"][number] == chunk.names[row].as_py()
            for id_ in (FUND, TIERS):
                policy = LIBRARY.policy(id_)
                one = evaluate(policy, facts, setting_for(policy, DAY))
                assert [held[f"{id_}:{g.id}"][number] for g in policy.goals] == list(one.goals.values())
            amount = answer_of(evaluate(LIBRARY.policy(FUND), facts, setting_for(LIBRARY.policy(FUND), DAY))).amount
            assert [held[f"{FUND}:amount:{end}"][number] for end in ("low", "high")] == [amount.low, amount.high]
            number += 1

    assert done.exit_code == 0
    assert number == len(held["organisation"]) == 17


def test_repeated_and_in_several_processes_the_bytes_are_the_same(data: Path, tmp_path: Path) -> None:
    again = [match(data, tmp_path / out, "--workers", workers, policies=(FUND,))
             for out, workers in (("one", "1"), ("one", "1"), ("two", "2"))]

    assert [r.exit_code for r in again] == [0, 0, 0]
    assert again[0].output == again[1].output
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert len(bytes_of(tmp_path / "one")) == 4 + 2


def test_what_is_finished_is_not_done_again(data: Path, tmp_path: Path) -> None:
    match(data, tmp_path / "out", policies=(FUND,))
    first, second = (tmp_path / "out" / "chunks" / f"0000{n}.parquet" for n in (0, 1))
    second.unlink()
    before = first.stat().st_mtime_ns, first.stat().st_ino

    match(data, tmp_path / "out", policies=(FUND,))

    assert (first.stat().st_mtime_ns, first.stat().st_ino) == before
    assert second.exists()


def test_another_runs_results_are_left_alone(data: Path, tmp_path: Path) -> None:
    match(data, tmp_path / "out", policies=(FUND,))
    before = bytes_of(tmp_path / "out")
    other = match(data, tmp_path / "out", policies=(TIERS,))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("keep me")
    strange = match(data, tmp_path / "full", policies=(FUND,))

    assert other.exit_code == strange.exit_code == 2
    assert "E915" in other.stderr
    assert "政策或设定" in other.stderr
    assert "E915" in strange.stderr
    assert bytes_of(tmp_path / "out") == before
    assert list(bytes_of(tmp_path / "full")) == ["letter.txt"]


def test_a_changed_value_is_another_run(data: Path, tmp_path: Path) -> None:
    match(data, tmp_path / "out", policies=(FUND,))
    pq.write_table(STANDARDS.slice(1), data / "standard.parquet")

    assert "数据" in match(data, tmp_path / "out", policies=(FUND,)).stderr


def test_no_place_to_sort_is_said_before_anything_is_written(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = match(data, tmp_path / "out", "--scratch", str(tmp_path / "file" / "below"), policies=(FUND,))

    assert refused.exit_code == 2
    assert "E913" in refused.stderr
    assert not (tmp_path / "out").exists()


def test_nothing_of_the_sorting_stays(data: Path, tmp_path: Path) -> None:
    match(data, tmp_path / "out", policies=(FUND,))

    assert {p.name for p in (tmp_path / "out").iterdir()} == {"chunks", "identity.json", "run.json"}


def test_what_does_not_fit_stops_the_run_or_is_counted(tmp_path: Path) -> None:
    wrong = pa.table({"organisation": ["A", "B", "B"], "region": ["天津市", "火星", "北京市"], "regoin": ["x"] * 3})
    strangers = pa.table({"organisation": ["A", "Z", None], "number": ["1", "2", "3"]})
    path = write(tmp_path, "csv", organisations=wrong, standard=strangers)
    stopped = match(path, tmp_path / "out", policies=(FUND,))
    counted = match(path, tmp_path / "out", "--wrong-as-unknown", policies=(FUND,))
    receipt = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))

    assert (stopped.exit_code, counted.exit_code) == (2, 0)
    assert "E903" in stopped.stderr
    assert {f["code"]: f["count"] for f in receipt["does_not_fit"]} == {"E903": 1, "E911": 1, "E112": 1, "E910": 1,
                                                                        "E912": 1}
    assert "按未知算的：5 处" in counted.output


def test_what_is_remarkable_but_fits_stands_apart(data: Path, tmp_path: Path) -> None:
    match(data, tmp_path / "out", policies=(FUND,))
    receipt = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))

    assert receipt["does_not_fit"] == []
    assert {(f["code"], f["table"]): f["count"] for f in receipt["warnings"]} == {("W900", "standard"): 12}


def test_outcomes_add_up_and_other_regions_are_said(data: Path, tmp_path: Path) -> None:
    named, every = tmp_path / "named", tmp_path / "every"
    match(data, named, policies=(FUND,))
    match(data, every, policies=())
    one, all_ = (json.loads((out / "run.json").read_text("utf-8"))["policies"] for out in (named, every))

    assert sum(one[FUND]["outcomes"].values()) == 17
    assert all(sum(count["outcomes"].values()) == 17 for count in all_.values())
    assert "other_region" not in one[FUND]["outcomes"]
    assert all_[FUND]["outcomes"]["other_region"] == 4


def test_a_pair_takes_at_most_24_bytes() -> None:
    assert max(width_of(policy) for policy in LIBRARY) <= 24
