"""A population on disk comes chunk by chunk, the same from every form and in whatever order its rows stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from population_tables import FORMS, write

from guiju.population.files.arrow import Needs
from guiju.population.files.source import Source, open_source
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
NAMES = [f"U{n * 7 % 17:02d}" for n in range(17)]
EVERYBODY = pa.table({"organisation": NAMES, "revenue_y1": [int(n[1:]) * 100 for n in NAMES],
                      "domestic_registration": [n > "U05" for n in NAMES]})
OWNERS = [f"U{n * n % 17:02d}" for n in range(40)]
STANDARDS = pa.table({"organisation": OWNERS, "number": [f"N{n}" for n in range(40)],
                      "medical": [n % 2 == 0 for n in range(40)]})


def held(source: Source, size: int) -> list[list[Any]]:
    """What each chunk says of each organisation."""
    return [[(name, facts.values, facts.records) for name, facts in
             ((chunk.names[n].as_py(), chunk.people.facts_of(n)) for n in range(chunk.people.count))]
            for chunk in source.chunks(size)]


def refused(path: Path) -> list[str]:
    with pytest.raises(GuijuError) as caught:
        held(open_source(path, VOCABULARY), 5)
    return [d.code for d in caught.value.diagnostics]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same_sorted_or_not(form: str, tmp_path: Path) -> None:
    for name in ("sorted", "asis"):
        (tmp_path / name).mkdir()
    straight = write(tmp_path / "sorted", "parquet", organisations=EVERYBODY.sort_by("organisation"),
                     standard=STANDARDS.take(sorted(range(40), key=lambda n: OWNERS[n])))
    chunks = held(open_source(write(tmp_path / "asis", form, organisations=EVERYBODY, standard=STANDARDS),
                              VOCABULARY), 5)

    assert [len(chunk) for chunk in chunks] == [5, 5, 5, 2]
    assert [name for chunk in chunks for name, _, _ in chunk] == sorted(NAMES)
    assert sum(len(records["standard"]) for chunk in chunks for _, _, records in chunk) == 40
    assert chunks == held(open_source(straight, VOCABULARY), 5)


def test_any_part_is_read_by_itself(tmp_path: Path) -> None:
    source = open_source(write(tmp_path, "parquet", organisations=EVERYBODY, standard=STANDARDS), VOCABULARY)
    parts = source.parts(3)
    last = [chunk.names.to_pylist() for chunk in source.read(parts[4:])]

    assert last == [chunk.names.to_pylist() for chunk in source.chunks(3)][4:]


def test_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "csv", organisations=EVERYBODY, standard=STANDARDS)
    source = open_source(path, VOCABULARY, Needs(frozenset({"revenue_y1"}), {}))
    facts = next(source.chunks()).people.facts_of(1)

    assert dict(facts.values) == {"revenue_y1": (100, 100, 0)}
    assert dict(facts.records) == {}


def test_chinese_tables_in_the_encoding_of_spreadsheets(tmp_path: Path) -> None:
    (tmp_path / "单位.csv").write_bytes("单位,注册地\r\n甲,天津市\r\n".encode("gb18030"))
    chunk = next(open_source(tmp_path, VOCABULARY).chunks())

    assert chunk.names.to_pylist() == ["甲"]
    assert chunk.people.facts_of(0).values["region"][:2] == (120000, 129999)  # type: ignore[index]  # a range of codes


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "parquet", organisations=EVERYBODY)
    file = path / "organisations.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    assert refused(path) == ["E901"]

    file.write_bytes(whole[:4] + bytes(60) + whole[64:])
    assert refused(path) == ["E901"]


def test_no_data_a_strange_table_or_nobodys_rows(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere") == ["E900"]
    assert refused(tmp_path) == ["E900"]
    path = write(tmp_path, "csv", organisations=EVERYBODY, standards=STANDARDS.select(["number"]))
    assert refused(path) == ["E907"]
    (path / "standards.csv").rename(path / "standard.csv")
    assert refused(path) == ["E902"]


def test_rows_without_a_home_are_counted_never_dropped(tmp_path: Path) -> None:
    strangers = pa.table({"organisation": ["A", "U01", None, "Z", "U01"], "number": list("abcde")})
    twice = pa.concat_tables([EVERYBODY, EVERYBODY.slice(3, 1)])
    path = write(tmp_path, "parquet", organisations=twice, standard=strangers)
    source = open_source(path, VOCABULARY, tolerant=True)
    people = [name for chunk in held(source, 5) for name, _, _ in chunk]

    assert people == sorted(NAMES)
    assert {(f.table, f.code): f.count for f in source.faults.wrong} == {("organisations", "E911"): 1,
                                                                         ("standard", "E910"): 1,
                                                                         ("standard", "E912"): 2}


def most_held(folder: Path, groups: int) -> int:
    """The most that reading so many row groups holds at a time, after each."""
    size, chance = 65_536, np.random.default_rng(7)
    folder.mkdir()
    with pq.ParquetWriter(folder / "organisations.parquet",
                          pa.schema([("organisation", pa.string()), ("revenue_y1", pa.int64())])) as file:
        for group in range(groups):
            names = pc.utf8_lpad(pa.array(np.arange(group * size, (group + 1) * size)).cast(pa.string()), 8, "0")
            file.write_table(pa.table([names, chance.integers(0, 2 ** 40, size)], names=["organisation", "revenue_y1"]))
    before, held = pa.total_allocated_bytes(), []
    for chunk in open_source(folder, VOCABULARY).chunks():
        assert chunk.people.count == size
        held.append(pa.total_allocated_bytes() - before)
    assert len(held) == groups
    return max(held)


def test_a_larger_population_takes_no_more_memory(tmp_path: Path) -> None:
    few, many = most_held(tmp_path / "few", 3), most_held(tmp_path / "many", 9)

    assert few > 0
    assert many < few * 3 / 2
