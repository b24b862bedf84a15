"""Synthetic populations: the same for the same wish, like their model, readable, and nobody's."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from guiju.cli.population.synthesise import command
from guiju.cli.reads import entries_of
from guiju.cli.voice import Voice
from guiju.evaluate.evaluation import quick, setting_for
from guiju.facts.model import APPLICATION_DATE, Facts
from guiju.facts.organisations import check_sign
from guiju.language.library import installed_library
from guiju.language.policy import Policy
from guiju.population.files.headings import ORGANISATIONS
from guiju.population.files.source import open_source
from guiju.population.match import match
from guiju.population.synthetic.chunks import CHUNK, Maker, Wish
from guiju.population.synthetic.model import MODEL, load_model
from guiju.population.synthetic.writing import Format, write_population
from guiju.source.diagnostics import GuijuError, Span

LIBRARY = installed_library()
POLICIES = list(LIBRARY)
VOCABULARY = LIBRARY.vocabulary
FACTS, RECORDS = entries_of(POLICIES, VOCABULARY)
MODEL_HELD = load_model(VOCABULARY)
SEED = 20231231


def maker(count: int, facts: Any = FACTS, records: Any = RECORDS, **more: Any) -> Maker:
    return Maker(Wish(count, SEED, tuple(facts), tuple(records), **more), MODEL_HELD, VOCABULARY)


def few(count: int, **more: Any) -> Maker:
    """Few columns, for what needs many rows."""
    facts = [f for f in FACTS if f.id in ("organisation_name", "region", "lab_stage", "settled_growth_y1")]
    return maker(count, facts, [r for r in RECORDS if r.id in ("standard", "leader")], **more)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def synthesise(*words: str) -> Any:
    return CliRunner().invoke(command(Voice("en")), words)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "thousand"
    write_population(maker(1000), folder, "parquet", 1)
    return folder


@pytest.fixture(scope="module")
def crowd() -> dict[str, pa.Table]:
    return maker(CHUNK).tables(0)[0]


def test_the_same_wish_is_written_as_the_same_bytes_by_any_number_of_workers(tmp_path: Path) -> None:
    for number, workers in enumerate((1, 3)):
        write_population(few(CHUNK + 900, gaps=0.1, dirty=0.1), tmp_path / str(number), "parquet", workers)

    assert digests(tmp_path / "0") == digests(tmp_path / "1")
    assert {"organisations.parquet", "standard.parquet", "leader.parquet", "README.md", "dirt.json"} == set(
        digests(tmp_path / "0"))


def test_another_seed_makes_another_population() -> None:
    one = few(300)
    other = Maker(dataclasses.replace(one.wish, seed=SEED + 1), MODEL_HELD, VOCABULARY)

    assert not one.tables(0)[0][ORGANISATIONS]["region"].equals(other.tables(0)[0][ORGANISATIONS]["region"])


@pytest.mark.parametrize("more", [{}, {"gaps": 0.2, "dirty": 0.2}], ids=["clean", "bad"])
def test_the_first_organisations_are_the_same_whatever_their_number(more: dict[str, float]) -> None:
    small, large = (maker(count, **more).tables(0)[0] for count in (137, 1001))

    for id_, table in small.items():
        assert table.equals(large[id_].slice(0, table.num_rows)), id_
    assert small[ORGANISATIONS].num_rows < large[ORGANISATIONS].num_rows


def test_each_fact_and_record_set_that_a_policy_reads_is_there(written: Path) -> None:
    columns = set(pq.read_schema(written / "organisations.parquet").names)
    lacking = {f.id for f in FACTS} - columns
    rows = {r.id: {f.id for f in r.fields} - set(pq.read_schema(written / f"{r.id}.parquet").names) for r in RECORDS}

    assert lacking == set()
    assert {id_: fields for id_, fields in rows.items() if fields} == {}


def test_a_fact_that_the_model_says_nothing_of_gets_a_column_of_its_type() -> None:
    types = {f.type: f for r in RECORDS for f in r.fields} | {f.type: f for f in FACTS}
    new = [dataclasses.replace(f, id=f"new_{f.type}", span=Span("new.yaml"), kind="fact")
           for f in types.values()]

    table = maker(500, new, []).tables(0)[0][ORGANISATIONS]

    assert len(new) >= 7
    for entry in new:
        assert table[entry.id].null_count == 0, entry.id


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_one_policy_alone_is_enough(policy: Policy) -> None:
    facts, records = entries_of([policy], VOCABULARY)

    tables = maker(50, facts, records).tables(0)[0]

    assert {f.id for f in facts} <= set(tables[ORGANISATIONS].column_names)
    assert {r.id for r in records} == set(tables) - {ORGANISATIONS}


def test_what_is_written_is_read_without_a_complaint_and_matched_as_one_by_one(written: Path) -> None:
    settings = [(policy, setting_for(policy, dt.date(2023, 12, 31))) for policy in POLICIES]
    source = open_source(written, VOCABULARY)
    chunks = list(source.chunks())

    assert sum(chunk.people.count for chunk in chunks) == 1000
    for chunk in chunks:
        for (policy, setting), answers in zip(settings, match(chunk.people, settings), strict=True):
            for number in range(0, chunk.people.count, 9):
                one = quick(policy, asked_on_the_day(chunk.people.facts_of(number)), setting)
                assert tuple(goal[number] for goal in answers.goals) == one.goals
                assert (answers.payment is None) == (one.payment is None)
                if answers.payment is not None and one.payment is not None:
                    assert [float(column[number]) for column in answers.payment] == [float(v) for v in one.payment]


def asked_on_the_day(facts: Facts) -> Facts:
    """The facts without an application date that is not known: the day that is asked of then counts."""
    def known(value: Any) -> bool:
        return bool(value[0] == value[1])

    values = {id_: value for id_, value in facts.values.items() if id_ != APPLICATION_DATE or known(value)}
    return Facts(values, facts.records)


def test_keys_are_in_order_well_formed_and_nobody_s(crowd: dict[str, pa.Table]) -> None:
    keys = crowd[ORGANISATIONS]["organisation"].to_pylist()

    assert keys == sorted(set(keys))
    assert all(key.startswith("00XXXXXX") and len(key) == 18 and key[-1] == check_sign(key[:-1]) for key in keys[::97])
    assert pc.all(pc.is_in(crowd["standard"]["organisation"], pa.array(keys))).as_py()


def test_sizes_have_a_heavy_tail_and_what_belongs_together_goes_together(crowd: dict[str, pa.Table]) -> None:
    table = crowd[ORGANISATIONS].filter(pc.is_valid(crowd[ORGANISATIONS]["employees"]))
    staff, revenue, research = (table[c].to_numpy().astype(float) for c in ("employees", "revenue_y1", "rd_y1"))
    standards = crowd["standard"]["organisation"].value_counts().to_pylist()
    busiest = sorted((held["counts"] for held in standards), reverse=True)

    assert np.sort(staff)[-len(staff) // 100:].sum() > 0.3 * staff.sum()
    assert np.median(staff) < 30
    assert np.corrcoef(np.log(staff), np.log(revenue + 1))[0, 1] > 0.5
    assert np.corrcoef(np.log(revenue + 1), np.log(research + 1))[0, 1] > 0.5
    assert (research <= revenue).all()
    assert sum(busiest[:len(busiest) // 10]) > 0.25 * sum(busiest)


def test_shares_are_those_of_the_model(crowd: dict[str, pa.Table]) -> None:
    table = crowd[ORGANISATIONS]
    said = MODEL_HELD.facts["region"].weights
    assert said is not None
    regions = pc.utf8_slice_codeunits(table["region"].cast(pa.string()), 0, 2)
    # The model's share, and five standard errors of it.
    for province in ("44", "37", "54"):
        share = said[province] / sum(said.values())
        assert abs(pc.mean(pc.equal(regions, province)).as_py() - share) < 5 * (share * (1 - share) / CHUNK) ** 0.5
    judged = table["no_other_illegality"]
    assert 0.02 < 1 - judged.null_count / CHUNK < 0.04
    checks = pc.mean(crowd["product_spot_check"]["passed"]).as_py()
    assert 0.88 < checks < 0.94  # nine tenths and more pass, says the plan for consumer goods


def test_figures_that_documents_give_come_out(crowd: dict[str, pa.Table]) -> None:
    """The model's `sources` say which documents."""
    industry = dict(zip(*(crowd[ORGANISATIONS][c].to_pylist() for c in ("organisation", "industry")), strict=True))
    standards, leaders = crowd["standard"], crowd["leader"]
    above = standards.filter(pc.is_in(standards["level"].cast(pa.string()), pa.array(["national", "industry"])))
    equipment = sum("33" <= industry[key] <= "40" for key in above["organisation"].to_pylist()) / above.num_rows
    makers = sum("13" <= industry[key] <= "43" for key in leaders["organisation"].to_pylist()) / leaders.num_rows
    levels = {held["values"]: held["counts"] for held in leaders["level"].cast(pa.string()).value_counts().to_pylist()}

    assert 0.5 < equipment < 0.65
    assert abs(makers - 159 / 240) < 0.08
    assert abs(leaders.num_rows / pc.count_distinct(leaders["organisation"]).as_py() - 69 / 42) < 0.2
    assert 0.35 < levels["state"] / levels["city"] < 0.65
    assert levels["state"] > levels["province"]


def test_gaps_leave_as_many_unknown_as_asked_and_whole_record_sets() -> None:
    table = few(20_000, gaps=0.25).tables(0)[0]
    people, standards = table[ORGANISATIONS], table["standard"]
    unknown = people.filter(pc.invert(people["standard.known"]))["organisation"]

    assert 0.23 < people["region"].null_count / 20_000 < 0.27
    assert 0.2 < standards["level"].null_count / standards.num_rows < 0.3
    assert 0.23 < len(unknown) / 20_000 < 0.27
    assert not pc.any(pc.is_in(standards["organisation"], unknown.combine_chunks())).as_py()
    assert people["organisation"].null_count == 0


def test_what_is_dirty_is_counted(tmp_path: Path) -> None:
    write_population(few(4000, dirty=0.05), tmp_path / "d", "parquet", 1)
    counted = json.loads((tmp_path / "d" / "dirt.json").read_text("utf-8"))["tables"]
    people, standards = (pq.read_table(tmp_path / "d" / f"{t}.parquet") for t in (ORGANISATIONS, "standard"))
    keys = pc.unique(people["organisation"])
    strangers = pc.invert(pc.is_in(standards["organisation"], keys))

    assert people.num_rows - 4000 == counted[ORGANISATIONS]["rows"]["duplicate"] == people.num_rows - len(keys) > 0
    assert pc.sum(strangers).as_py() == counted["standard"]["rows"]["no_organisation"] > 0
    assert standards["organisation"].to_pylist() == sorted(standards["organisation"].to_pylist())
    once = people.filter(pa.array([True, *(a != b for a, b in pairwise(people["organisation"].to_pylist()))]))
    assert wrong(once["region"]) == counted[ORGANISATIONS]["columns"]["region"]["wrong_member"] > 0
    assert wrong(standards["level"]) == counted["standard"]["columns"]["level"]["wrong_member"] > 0
    negative = pc.sum(pc.less(once["revenue_y1"], 0)).as_py()
    assert negative == counted[ORGANISATIONS]["columns"]["revenue_y1"]["negative"] > 0


def test_what_is_counted_as_dirt_is_what_is_found_by_reading(tmp_path: Path) -> None:
    write_population(maker(600, gaps=0.05, dirty=0.05), tmp_path / "d", "parquet", 1)
    counted: Counter[tuple[str, str]] = Counter()
    for table, said in json.loads((tmp_path / "d" / "dirt.json").read_text("utf-8"))["tables"].items():
        counted[table, "organisation"] += sum(said["rows"].values())
        for column, kinds in said["columns"].items():
            counted[table, column] += sum(kinds.values())

    source = open_source(tmp_path / "d", VOCABULARY, tolerant=True)
    found: Counter[tuple[str, str]] = Counter()
    assert sum(chunk.people.count for chunk in source.chunks()) > 0
    for fault in source.faults.wrong:
        found[fault.table, fault.column or "organisation"] += fault.count

    assert found == counted
    assert found.total() > 100


def wrong(column: pa.ChunkedArray) -> int:
    said = pc.equal(column.cast(pa.string()), "不存在的值")
    return int(pc.sum(said).as_py())


def test_csv_says_what_parquet_says(tmp_path: Path) -> None:
    forms: tuple[Format, ...] = ("parquet", "csv")
    for form in forms:
        write_population(few(200), tmp_path / form, form, 1)
    ways = [next(open_source(tmp_path / form, VOCABULARY).chunks()) for form in ("parquet", "csv")]

    for number in range(200):
        one, other = (way.people.facts_of(number) for way in ways)
        assert one.values == other.values
        assert one.records == other.records


def test_the_files_say_themselves_that_nothing_is_real(written: Path) -> None:
    said = json.loads(pq.read_schema(written / "leader.parquet").metadata[b"guiju.synthetic"])
    text = (written / "README.md").read_text("utf-8")

    assert (said["synthetic"], said["organisations"], said["seed"]) == (True, 1000, SEED)
    assert "全部虚构" in text
    assert "invented" in text
    assert all(source["document"] in text for source in MODEL_HELD.sources.values())
    assert all(assumed.zh in text for assumed in MODEL_HELD.assumptions.values())


def test_the_command_says_what_it_made(tmp_path: Path) -> None:
    done = synthesise("20", "--seed", "3", "--out", str(tmp_path / "p"))

    assert done.exit_code == 0
    assert "20 organisations" in done.output
    assert "All invented" in done.output
    assert pq.read_metadata(tmp_path / "p" / "organisations.parquet").num_rows == 20


@pytest.mark.parametrize("words", [["0"], ["many"], ["10", "--gaps", "0.9"], ["10", "--dirty", "-1"],
                                   ["10", "--format", "xls"], ["10", "--seed", "-4"]])
def test_a_wish_that_cannot_be_is_refused(words: list[str], tmp_path: Path) -> None:
    done = synthesise(*words, "--out", str(tmp_path / "p"))

    assert done.exit_code == 2
    assert not (tmp_path / "p").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(GuijuError, match="E930"):
        write_population(few(10), tmp_path, "parquet", 1)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_what_cannot_be_written_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("guiju.population.synthetic.writing.readme", full)

    with pytest.raises(GuijuError, match=r"E916.*No space left"):
        write_population(few(10), tmp_path / "p", "parquet", 1)

    assert list((tmp_path / "p").iterdir()) == []


@pytest.mark.parametrize(("old", "new"), [
    ("employees:", "employes:"), ("because: contact}", "because: hearsay}"), ("median: 4, spread: 0.6", "middle: 4"),
    ("innovation: normal", "innovation: round"), ("follows: {innovation: 0.1}", "follows: {luck: 0.1}"),
    ("after: published_on", "after: publishing")])
def test_a_model_that_does_not_hold_together_is_refused(old: str, new: str, tmp_path: Path) -> None:
    text = MODEL.read_text("utf-8")
    assert old in text
    (tmp_path / "model.yaml").write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(GuijuError, match="E931"):
        load_model(VOCABULARY, tmp_path / "model.yaml")
