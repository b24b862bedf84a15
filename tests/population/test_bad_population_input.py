"""Data, results and lists as they come broken: each is refused with a code that says what and where, and what stands on
the disk stays as it was."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from population_tables import write
from runs import DAY, EVERYBODY, FUND, TIERS, bytes_of, match

from guiju.cli.main import cli

STRANGE = {"list": pa.array([["A"], ["B"]]), "struct": pa.array([{"a": 1}, {"a": 2}]),
           "bytes": pa.array([b"A", b"\xff"])}


def ask(*words: object) -> Result:
    return CliRunner().invoke(cli, ["population", *map(str, words)])


def budget(data: Path, *more: object) -> Result:
    return ask("budget", data, "-p", FUND, "--on", DAY, "--budget", "500万元", *more)


@pytest.mark.parametrize("form", ["parquet", "arrow"])
@pytest.mark.parametrize("kind", STRANGE)
def test_names_that_are_no_text_are_refused(form: str, kind: str, tmp_path: Path) -> None:
    path = write(tmp_path, form, organisations=pa.table({"organisation": STRANGE[kind]}))

    for answer in (ask("check", path), match(path, tmp_path / "out"), ask("explain", path, "A", FUND, "--on", DAY)):
        assert (answer.exit_code, answer.output.count("E906")) == (2, 1)
        assert "organisations" in answer.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["parquet", "arrow", "csv"])
@pytest.mark.parametrize("twice", ["employees", "organisation", "standard.known"])
def test_two_columns_of_one_name_are_told_and_the_first_is_read(form: str, twice: str, tmp_path: Path) -> None:
    held = {"organisation": ["A", "B"], "employees": ["1", "2"], "standard.known": ["是", "否"]}
    whole = pa.table(held)
    path = write(tmp_path, form, organisations=pa.Table.from_arrays([*whole.columns, pa.array(["x", "y"])],
                                                                    names=[*held, twice]))
    checked, refused = ask("check", path), match(path, tmp_path / "none")
    taken = match(path, tmp_path / "out", "--wrong-as-unknown")

    assert (checked.exit_code, refused.exit_code, taken.exit_code) == (1, 2, 0)
    assert f"organisations[{twice}]  E904" in checked.output
    assert "E904" in refused.output
    (tmp_path / "plain").mkdir()
    assert match(write(tmp_path / "plain", form, organisations=whole), tmp_path / "alone").exit_code == 0
    assert [json.loads((tmp_path / out / "run.json").read_text("utf-8"))["policies"] for out in ("out", "alone")] == \
        [json.loads((tmp_path / "alone" / "run.json").read_text("utf-8"))["policies"]] * 2


def test_an_arrow_file_that_points_beyond_itself_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "arrow", organisations=pa.table({"organisation": ["AAA", "BB", "C"]}))
    file = path / "organisations.arrow"
    whole, ends = file.read_bytes(), struct.pack("<4i", 0, 3, 5, 6)
    assert whole.count(ends) == 1
    file.write_bytes(whole.replace(ends, struct.pack("<4i", 0, 3, 5, 2 ** 30)))

    answer = ask("check", path)

    assert answer.exit_code == 2
    assert f"{file}  E901" in answer.output


HOLDS = {"duckdb": "import duckdb, sys; held = duckdb.connect(sys.argv[1])",
         "sqlite": "import sqlite3, sys; held = sqlite3.connect(sys.argv[1]); held.execute('BEGIN EXCLUSIVE')"}


@pytest.mark.skipif(sys.platform == "win32", reason="other locks")
@pytest.mark.parametrize("form", HOLDS)
def test_a_database_that_another_process_has_locked_is_not_called_damaged(form: str, tmp_path: Path) -> None:
    path = write(tmp_path, form, organisations=EVERYBODY)
    with subprocess.Popen([sys.executable, "-c", HOLDS[form] + "; print(flush=True); sys.stdin.read()", str(path)],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdout.readline()
        refused, told = match(path, tmp_path / "out", policies=(TIERS,)), ask("check", path, "--lang", "en")
        other.stdin.close()

    assert (refused.exit_code, told.exit_code) == (2, 2)
    assert f"{path}  E901" in refused.output
    assert "另一个进程" in refused.output
    assert "损坏" not in refused.output
    assert "another process is using this database" in told.output
    assert match(path, tmp_path / "out", policies=(TIERS,)).exit_code == 0


@pytest.mark.parametrize("where", ["first", "later", "unsorted", "value", "key"])
def test_texts_that_are_no_utf8_are_refused(where: str, tmp_path: Path) -> None:
    names = {"first": [b"\xff", b"A"], "later": [b"A", b"B\xff"], "unsorted": [b"B", b"A\xff"]}.get(where, [b"A", b"B"])
    people = pa.table({"organisation": unchecked(names),
                       "region": unchecked([b"\xff", b"12"] if where == "value" else [b"12", b"12"])})
    standards = pa.table({"organisation": unchecked([b"A"]),
                          "number": unchecked([b"\xff" if where == "key" else b"1"])})
    path = write(tmp_path, "parquet", organisations=people, standard=standards)

    for answer in (ask("check", path), match(path, tmp_path / "out", "--wrong-as-unknown"),
                   ask("explain", path, "A", FUND, "--on", DAY)):
        assert answer.exit_code == 2, answer.output
        assert f"{path / ('standard' if where == 'key' else 'organisations')}.parquet  E901" in answer.output


def unchecked(values: list[bytes]) -> pa.Array:
    """Bytes that a file calls texts."""
    return pa.array(values, pa.binary()).view(pa.string())


def test_blanks_are_nobodys_name(tmp_path: Path) -> None:
    path = write(tmp_path, "parquet", organisations=pa.table({"organisation": ["  ", "A", "\n", "　"]}),
                 standard=pa.table({"organisation": ["\t", "A"], "number": ["1", "2"]}))

    found = [(f["table"], f["code"], f["rows"])
             for f in json.loads(ask("check", path, "--format", "json").output)["findings"]]
    assert match(path, tmp_path / "out", "--wrong-as-unknown").exit_code == 0

    assert sorted(found) == [("organisations", "E910", 3), ("standard", "E910", 1)]
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["organisations"] == 1


def test_chinese_far_down_a_spreadsheet_is_read(tmp_path: Path) -> None:
    many = b"".join(b"A%07d,\r\n" % n for n in range(130_000))  # more than the first piece that is looked at
    (tmp_path / "organisations.csv").write_bytes(b"organisation,region\r\n" + many + "Z,天津市\r\n".encode("gb18030"))

    answer = ask("check", tmp_path)

    assert answer.exit_code == 0, answer.output


@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_file_is_refused_and_nothing_waits_for_it(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path, "csv", organisations=EVERYBODY)
    strange = path / "standard.parquet"
    {"folder": strange.mkdir, "pipe": lambda: os.mkfifo(strange),
     "link": lambda: strange.symlink_to(tmp_path / "nowhere")}[kind]()

    for answer in (ask("check", path), match(path, tmp_path / "out"), ask("near", FUND, path, "--on", DAY)):
        assert (answer.exit_code, f"{strange}  E901" in answer.output) == (2, True), answer.output


def test_days_that_no_calendar_has_are_told(tmp_path: Path) -> None:
    far = pa.array([2 ** 31 - 1, -2 ** 31], pa.int32()).cast(pa.date32())
    path = write(tmp_path, "parquet", organisations=EVERYBODY,
                 standard=pa.table({"organisation": EVERYBODY["organisation"].slice(0, 2), "published_on": far}))

    answer = ask("check", path)

    assert (answer.exit_code, "standard[published_on]:1  E114" in answer.output) == (1, True)
    assert "共 2 行" in answer.output


def test_one_row_is_told_as_several_are(tmp_path: Path) -> None:
    path = write(tmp_path, "csv", organisations=pa.table({"organisation": ["A", "B"], "revenue_y1": ["1", "0.5"]}))

    assert "（共 1 行；行（单位）：2(B): 0.5）" in ask("check", path).output


def test_a_path_that_can_not_be_is_refused(tmp_path: Path) -> None:
    beyond = tmp_path / ("x" * 5000)

    assert (ask("check", beyond).exit_code, budget(beyond, "--by", "equal").exit_code) == (2, 2)
    assert "E901" in ask("check", beyond).output
    assert "E916" in match(write(tmp_path, "csv", organisations=EVERYBODY), beyond).output


def _changed(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def changed(text: str) -> str:
        content = json.loads(text)
        change(content)
        return json.dumps(content)
    return changed


RECEIPTS: dict[str, Callable[[str], str]] = {
    "empty": lambda text: "", "cut": lambda text: text[:-9], "a list": lambda text: "[]",
    "nothing": lambda text: "null",
    "no outputs": _changed(lambda c: c.pop("outputs")), "no chunk": _changed(lambda c: c.update(outputs=[])),
    "no chunk and nobody": _changed(lambda c: c.update(outputs=[], organisations=0)),
    "a chunk twice": _changed(lambda c: c.update(outputs=c["outputs"] * 2)),
    "no number": _changed(lambda c: c.pop("run")), "another identity": _changed(lambda c: c.update(identity=None)),
    "fewer organisations": _changed(lambda c: c.update(organisations=3))}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    assert match(write(folder, "parquet", organisations=EVERYBODY), folder / "out").exit_code == 0
    return folder / "out"


@pytest.mark.parametrize("how", RECEIPTS)
def test_a_damaged_receipt_is_refused(how: str, results: Path) -> None:
    receipt = results / "run.json"
    whole = receipt.read_text("utf-8")
    try:
        receipt.write_text(RECEIPTS[how](whole), "utf-8")
        answer = budget(results, "--by", "equal")
    finally:
        receipt.write_text(whole, "utf-8")

    assert answer.exit_code == 2
    assert f"{receipt}  E9" in answer.output
    assert budget(results, "--by", "equal").exit_code == 0


@pytest.mark.parametrize("written", ["", "[]", "null", "{}", '{"policies": 5}', '{"policies": {}}',
                                     '{"policies": {"a": {"as_of": "x"}}}', '{"policies": {"a": {}}}'])
def test_a_damaged_identity_is_refused(written: str, results: Path) -> None:
    identity = results / "identity.json"
    whole = identity.read_text("utf-8")
    before = bytes_of(results / "chunks")
    try:
        identity.write_text(written, "utf-8")
        answers = [match(results.parent / "parquet", results), match(results.parent / "parquet", results, on=""),
                   ask("budget", results, "-p", FUND, "--budget", "5万元", "--by", "equal")]
    finally:
        identity.write_text(whole, "utf-8")

    assert [a.exit_code for a in answers] == [2] * 3
    assert all("E915" in a.output or "E901" in a.output for a in answers)
    assert bytes_of(results / "chunks") == before


@pytest.mark.parametrize("note", ["{}", "[]", "null", '{"run": "x"}', ""])
def test_a_chunk_that_is_not_what_it_says_is_made_again(note: str, results: Path) -> None:
    chunk = results / "chunks" / "00000.parquet"
    before = bytes_of(results)
    table = pq.read_table(chunk)
    name = next(iter(table.schema.metadata))
    # without another note: the same note over fewer rows
    pq.write_table(table.replace_schema_metadata({name: note.encode()}) if note else table.slice(0, 3), chunk)

    assert budget(results, "--by", "equal").exit_code == 2
    again = match(results.parent / "parquet", results)

    assert again.exit_code == 0, again.output
    assert bytes_of(results) == before


def test_nothing_is_written_over_the_data_or_the_results(results: Path, tmp_path: Path) -> None:
    data = results.parent / "parquet"
    before = bytes_of(results.parent)
    link = tmp_path / "link"
    link.symlink_to(data, target_is_directory=True)

    for answer in (budget(data, "--by", "equal", "-o", data / "organisations.parquet"),
                   budget(link, "--by", "equal", "-o", data / "standard.csv"),
                   budget(results, "--by", "equal", "-o", results / "chunks" / "00000.parquet"),
                   ask("simulate", data, "-p", FUND, "--change", tmp_path / "reform.yaml", "--out", data)):
        assert (answer.exit_code, answer.output.count("E915")) == (2, 1)

    assert bytes_of(results.parent) == before


@pytest.mark.parametrize("rows", ["", "单位,分数\n", "U01\n", '"U01,5\nU02,3\n', "U01,nan\nU02,5\n", "U01,5\nU02,inf\n",
                                  "U01,1_0\nU02,4\n", "U01,5,6\n", ",5\n", "U01;5\nU02;4\n", "U01," + "9" * 200_000,
                                  "U01,1e999\n"])
def test_a_list_that_can_not_be_read_ranks_nobody(rows: str, results: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(rows, "utf-8")

    answer = budget(results, "--by", "rank", "--ranking", listed)

    assert answer.exit_code == 2
    assert f"{listed}" in answer.output
    assert "E979" in answer.output


def test_a_list_that_is_not_there_is_told_as_any_file(results: Path, tmp_path: Path) -> None:
    missing, folder = (budget(results, "--by", "rank", "--ranking", path) for path in (tmp_path / "no.csv", tmp_path))

    assert (missing.exit_code, folder.exit_code) == (2, 2)
    assert f"{tmp_path / 'no.csv'}  E001  读不到文件：没有这个文件" in missing.output
    assert f"{tmp_path}  E001  读不到文件：这是文件夹" in folder.output


def test_a_list_is_read_as_tables_are_in_utf8_or_gb18030(results: Path, tmp_path: Path) -> None:
    answers = []
    for encoding in ("utf-8-sig", "gb18030"):
        listed = tmp_path / f"{encoding}.csv"
        listed.write_bytes("单位,得分\nU01,80\nU02,70\n某某研究院,60\n".encode(encoding))
        answers.append(budget(results, "--by", "rank", "--ranking", listed).output)
    (tmp_path / "no text.csv").write_bytes(b"U01,\xff\xff5\n")

    assert answers[0] == answers[1]
    assert "有 1 家不在数据里" in answers[0]
    assert "E979" in budget(results, "--by", "rank", "--ranking", tmp_path / "no text.csv").output


@pytest.mark.parametrize("line", ["nan", "inf", "1e400"])
def test_a_line_is_a_number_of_points(line: str, results: Path) -> None:
    answer = ask("rank", TIERS, results.parent / "parquet", "--on", DAY, "--goal", "specialised", "--line", line)

    assert answer.exit_code == 2
    assert "--line" in answer.output
    assert "E978" in answer.output
