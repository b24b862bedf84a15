"""`guiju population check`: what does not fit, before anything runs."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from population_tables import FORMS, write

from guiju.cli.main import cli
from guiju.population.files.source import open_source
from guiju.vocabulary import load_vocabulary

EVERYBODY = pa.table({"organisation": ["A", "B", "B", None], "region": ["天津市", "火星", None, "火星"],
                      "revenue_y1[万元]": [1.5, 2.5, 0.0000001, None], "regoin": [None, None, None, "x"]})
STANDARDS = pa.table({"organisation": ["A", "Z", "A", "A", "B"], "number": ["1", "1", "1", "2", None],
                      "rank": [1, 0, 1, 2, None]})


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli, ["population", "check", *words])


@pytest.mark.parametrize("form", FORMS)
def test_everything_that_does_not_fit_is_counted_with_its_rows(form: str, tmp_path: Path) -> None:
    path = write(tmp_path, form, organisations=EVERYBODY, standard=STANDARDS)

    answer = ask(str(path), "--format", "json")
    found = {(f["table"], f["column"], f["code"]): (f["rows"], [s["row"] for s in f["samples"]])
             for f in json.loads(answer.output)["findings"]}

    assert answer.exit_code == 1
    assert found == {
        ("organisations", "regoin", "E903"): (1, []),
        ("organisations", "organisation", "E910"): (1, [4]),
        ("organisations", "region", "E112"): (2, [2, 4]),
        ("organisations", "revenue_y1[万元]", "E109"): (1, [3]),
        ("organisations", "organisation", "E911"): (1, [3]),
        ("standard", "rank", "E108"): (1, [2]),
        ("standard", "organisation", "E912"): (1, [2]),
        ("standard", "organisation", "E914"): (1, [3])}


@pytest.mark.parametrize("form", FORMS)
def test_rows_are_told_by_their_place_in_the_data_however_they_are_read(form: str, tmp_path: Path) -> None:
    everybody = pa.table({"organisation": ["C", "B", "A", None, "B", "D"],
                          "region": ["火星", None, "天津市", None, "月球", ""],
                          "standard.known": ["是", "否", "ture", None, None, "是"]})
    standards = pa.table({"organisation": ["D", "Z", "B", "C", "B", None], "number": list("123456"),
                          "rank": [-1, 1, 1, 0, 0, 1]})
    path = write(tmp_path, form, organisations=everybody, standard=standards)
    source = open_source(path, load_vocabulary(), tolerant=True)
    for _ in source.chunks(2):
        pass

    found = {(f["table"], f["column"], f["code"]): sorted(s["row"] for s in f["samples"])
             for f in json.loads(ask(str(path), "--format", "json").output)["findings"]}
    read = {key: sorted(s.row for s in fault.samples) for key, fault in source.faults.found.items()}

    assert found == {
        ("organisations", "organisation", "E910"): [4], ("organisations", "organisation", "E911"): [5],
        ("organisations", "region", "E112"): [1, 5], ("organisations", "standard.known", "E110"): [3],
        ("standard", "organisation", "E910"): [6], ("standard", "organisation", "E912"): [2],
        ("standard", "organisation", "W900"): [3, 5], ("standard", "rank", "E108"): [1, 4, 5]}
    # Who stands twice is read once, and rows that are not used are not read at all.
    assert read == {**found, ("organisations", "region", "E112"): [1], ("standard", "rank", "E108"): [1, 4]}


def test_data_that_fits_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "parquet", organisations=EVERYBODY.slice(0, 1).drop_columns(["regoin"]),
                 standard=STANDARDS.slice(3, 1))

    answer = ask(str(path), "--lang", "en")

    assert answer.exit_code == 0
    assert answer.output == "read 2 tables, 2 rows: everything fits\n"


def test_a_person_reads_what_to_mend(tmp_path: Path) -> None:
    answer = ask(str(write(tmp_path, "csv", organisations=EVERYBODY)))

    assert "organisations[regoin]  E903  词汇表里没有“regoin”。是不是" in answer.output
    assert "（共 2 行；行（单位）：2(B): 火星；4(): 火星）" in answer.output


def test_a_number_without_a_unit_is_told_with_the_unit_of_its_limits(tmp_path: Path) -> None:
    everybody = pa.table({"organisation": ["A", "B"], "revenue_y1": [-2172511201, 1], "employees": [1, -4]})

    shown = ask(str(write(tmp_path, "parquet", organisations=everybody))).output

    assert "应不小于 0 万元，不会是 -2172511201 = -2172.511201 万元；" in shown
    assert "应不小于 0 人，不会是 -4；" in shown
