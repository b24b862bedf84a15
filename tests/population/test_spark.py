"""`guiju population match --engine spark`: the very files that one machine writes, whatever is in the data."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from population_tables import write

from guiju.cli.main import cli
from guiju.language.library import load_library

FUND, TIERS = "tianjin/standardisation-fund-2021", "national/sme-tiers-2022"
ZAOZHUANG = "shandong/zaozhuang-standardisation-fund-2018"
SHORT = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto",
         "spark.sql.codegen.wholeStage": "false"}  # what is compiled is run once

# PySpark leaves its sockets to the collector.
pytestmark = [pytest.mark.filterwarnings("ignore::ResourceWarning"),
              pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.fixture(scope="module", autouse=True)
def _spark() -> Iterator[None]:
    """One session for all tests. Skipped without PySpark or Java; under CI=true that is a failure."""
    from guiju.population.spark.session import look_for_java, session
    from guiju.source.diagnostics import GuijuError

    try:
        if find_spec("pyspark") is None:
            pytest.skip("no PySpark")
        look_for_java()
    except (GuijuError, pytest.skip.Exception) as error:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"make tools installs what is missing: {error}")
        pytest.skip(str(error))
    with session("local[2]", SHORT) as spark:
        java = spark.sparkContext._gateway
        yield
    _end(java)


def _end(java: object) -> None:
    """Spark's process goes with the tests that need it, not with all tests."""
    from pyspark import SparkContext

    java.shutdown()  # type: ignore[attr-defined]  # PySpark's own
    process: subprocess.Popen[bytes] = java.proc  # type: ignore[attr-defined]  # the same
    process.stdin.close()  # type: ignore[union-attr]  # PySpark gave it a pipe
    process.wait(60)
    SparkContext._gateway = SparkContext._jvm = None


LIBRARY = load_library()


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one library, which takes as long to read as Spark takes to answer."""
    monkeypatch.setattr("guiju.population.files.source.CHUNK", 60)
    monkeypatch.setattr("guiju.cli.population.asking.library_at", lambda folder: LIBRARY)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["population", *map(str, words)], catch_exceptions=False)


def match(data: object, out: object, engine: str, *more: object) -> Result:
    here = ("--workers", 1) if engine == "local" else ("--engine", "spark", "--master", "local[2]")
    return run("match", data, "--out", out, "--on", "2023-06-01", *here, *more)


def files(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Organisations with records, gaps and wrong values; tables in no order, rows twice, of nobody and of strangers;
    columns of types that Spark does not have. Of every other record set nothing is known."""
    data = tmp_path_factory.mktemp("population") / "data"
    run("synthesise", 200, "--seed", 3, "--out", data, "--gaps", 0.1, "--dirty", 0.03, "--workers", 1)
    for table in sorted(data.glob("*.parquet"))[::2]:
        if table.stem not in ("organisations", "standard"):
            table.unlink()
    everybody = pq.read_table(data / "organisations.parquet")
    everybody = pa.concat_tables([everybody, everybody.slice(55, 9), everybody.slice(0, 1)])  # a chunk ends among them
    names = everybody["organisation"].to_pylist()
    names[-1] = None
    everybody = everybody.set_column(0, "organisation", pa.array(names).dictionary_encode())
    everybody = _in_types_of_their_own(everybody).take(pa.array(np.random.default_rng(5).permutation(len(everybody))))
    pq.write_table(everybody, data / "organisations.parquet", row_group_size=50)
    standards = pq.read_table(data / "standard.parquet")
    strange = standards.slice(0, 3).set_column(0, "organisation", pa.array(["", "nobody", None]))
    pq.write_table(pa.concat_tables([standards.slice(7), standards.slice(0, 7), strange]), data / "standard.parquet")
    return data


def _in_types_of_their_own(table: pa.Table) -> pa.Table:
    """The same values; a day as a moment in nanoseconds, a number without a sign, a column of nothing."""
    days = next(f.name for f in table.schema if pa.types.is_date32(f.type))
    small = next(f.name for f in table.schema if pa.types.is_int64(f.type)
                 and pc.all(pc.equal(pc.bit_wise_and(table[f.name], 2 ** 32 - 1), table[f.name])).as_py())
    for name, kind in ((days, pa.timestamp("ns")), (small, pa.uint32())):
        place = table.schema.names.index(name)
        table = table.set_column(place, name, table[name].cast(kind))
    return table.append_column("no entry", pa.array([dt.time(1)] * len(table)))


def test_all_policies_on_dirty_data_give_the_files_of_one_machine(dirty: Path, tmp_path: Path) -> None:
    here = match(dirty, tmp_path / "here", "local", "--wrong-as-unknown")
    there = match(dirty, tmp_path / "there", "spark", "--wrong-as-unknown")
    assert there.exit_code == 0, there.output
    assert there.output.replace("/there", "/here") == here.output
    one, other = files(tmp_path / "here"), files(tmp_path / "there")
    assert list(one) == list(other)
    assert len([name for name in one if name.startswith("chunks")]) > 2
    assert [name for name in one if one[name] != other[name]] == []


EVERYBODY = pa.table({"organisation": [f"U{n * 7 % 170:03d}" for n in range(170)], "region": ["天津市", "120101"] * 85,
                      "revenue_y1[万元]": [n * 1000.5 for n in range(170)], "employees": [n * 6 for n in range(170)]})
STANDARDS = pa.table({"organisation": [f"U{n * n % 170:03d}" for n in range(400)],
                      "number": [f"N{n}" for n in range(400)], "rank": [1, 2, None, 3] * 100,
                      "level": ["international", "national", "local", None] * 100,
                      "published_on": ["2021-05-01", "2021", None, "2020-01-01"] * 100})


@pytest.mark.parametrize("tables", [
    {"no_such_fact": ["1"] * 170},
    {"region": ["nowhere"] * 170, "organisation": [f"U{n // 2:03d}" for n in range(170)]}])
def test_data_that_do_not_fit_are_refused_in_the_same_words(tables: dict[str, list[str]], tmp_path: Path) -> None:
    everybody = EVERYBODY
    for name, values in tables.items():
        everybody = everybody.drop_columns([n for n in everybody.column_names if n == name]).append_column(
            name, pa.array(values))
    data = write(tmp_path, "parquet", organisations=everybody, standard=STANDARDS)
    here, there = (match(data, tmp_path / engine, engine, "-p", FUND, "-p", TIERS) for engine in ("local", "spark"))
    assert here.exit_code == 2
    assert (there.exit_code, there.output) == (2, here.output)


@pytest.mark.parametrize("twice", ["employees", "organisation"])
def test_two_columns_of_one_name_are_refused_as_here(twice: str, tmp_path: Path) -> None:
    data = write(tmp_path, "parquet", organisations=pa.Table.from_arrays(
        [*EVERYBODY.columns, EVERYBODY[twice]], names=[*EVERYBODY.column_names, twice]))
    here, there = (match(data, tmp_path / engine, engine, "-p", TIERS) for engine in ("local", "spark"))
    assert here.exit_code == 2
    assert f"organisations[{twice}]  E904" in here.output
    assert (there.exit_code, there.output) == (2, here.output)
    for place in (data, f"file://{data}"):
        taken = match(place, tmp_path / "none", "spark", "-p", TIERS, "--wrong-as-unknown")
        assert taken.exit_code == 2
        assert "E904" in taken.output
        assert f"[{twice}]" in taken.output


def test_either_engine_goes_on_where_the_other_was_stopped(tmp_path: Path) -> None:
    data, out = write(tmp_path, "parquet", organisations=EVERYBODY, standard=STANDARDS), tmp_path / "out"
    done = match(data, out, "local", "-p", FUND)
    before = files(out)
    (out / "chunks" / "00001.parquet").unlink()
    (out / "run.json").unlink()
    untouched = (out / "chunks" / "00000.parquet").stat().st_mtime_ns
    assert match(data, out, "spark", "-p", FUND).output == done.output
    assert files(out) == before
    assert (out / "chunks" / "00000.parquet").stat().st_mtime_ns == untouched


def test_a_budget_over_the_results_of_spark_falls_as_over_the_data(tmp_path: Path) -> None:
    owners = [f"U{n:03d}" for n in range(0, 170, 3)]
    standards = pa.table({"organisation": owners, "number": owners, "level": ["industry"] * len(owners),
                          "action": ["made"] * len(owners), "rank": [1] * len(owners),
                          "published_on": ["2020-06-01"] * len(owners), "like_award": [0] * len(owners)})
    everybody = EVERYBODY.drop_columns(["region"]).append_column("region", pa.array(["370402"] * 170))
    sets = {b.record for b in LIBRARY.policy(ZAOZHUANG).benefits if b.record} - {"standard"}
    empty = pa.table({"organisation": pa.array([], pa.string())})
    data = write(tmp_path, "parquet", organisations=everybody, standard=standards, **dict.fromkeys(sets, empty))
    law = ("-p", ZAOZHUANG, "--on", "2020-11-10", "--presume")
    assert match(data, tmp_path / "out", "spark", *law).exit_code == 0
    shared = [run("budget", place, *law, "--by", "equal", "--budget", "100万元", "--format", "json").output
              for place in (data, tmp_path / "out")]
    assert '"granted": 100000000' in shared[0]
    assert shared[1] == shared[0]


def test_tables_of_many_files_at_an_address_into_results_at_an_address(tmp_path: Path) -> None:
    """As other systems write them; the addresses go through the file systems that Spark has, here the one of files."""
    whole = write(tmp_path, "parquet", organisations=EVERYBODY, standard=STANDARDS)
    parted = tmp_path / "parted"
    for name, table in (("organisations", EVERYBODY), ("standard", STANDARDS)):
        folder = parted / f"{name}.parquet"
        folder.mkdir(parents=True)
        (folder / "_SUCCESS").touch()
        for part in range(3):
            pq.write_table(table.slice(part * 150, 150 if part < 2 else None), folder / f"part-{part}.parquet")
    out, again = tmp_path / "out", tmp_path / "again"
    match(whole, tmp_path / "whole", "local", "-p", FUND)
    done = match(f"file://{parted}", f"file://{out}", "spark", "-p", FUND)
    assert done.exit_code == 0, done.output
    assert match(parted, again, "spark", "-p", FUND).exit_code == 0
    for found in (out, again):
        assert pq.read_table(found / "chunks").equals(pq.read_table(tmp_path / "whole" / "chunks"))
        assert (found / "run.json").exists()
    held = files(out)
    again_there = match(f"file://{parted}", f"file://{out}", "spark", "-p", FUND)
    assert (again_there.exit_code, again_there.output) == (0, done.output)
    assert files(out) == held


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Which chunks each run that is begun sends to Spark."""
    from guiju.population.spark import run as module

    sent: list[list[int]] = []
    own = module.answer_missing

    def watched(spark: Any, frames: Any, work: Any, cut: Any, far: Any) -> None:
        sent.append(np.flatnonzero(~cut.done).tolist())
        own(spark, frames, work, cut, far)

    monkeypatch.setattr(module, "answer_missing", watched)
    return sent


@pytest.fixture
def interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, dict[str, bytes]]:
    """Data; results at an address as a run leaves them that is cut short when two of its three tasks have ended; and
    what they come to on one machine."""
    from guiju.population.spark.far import Far

    data = write(tmp_path, "parquet", organisations=EVERYBODY, standard=STANDARDS)
    assert match(f"file://{data}", f"file://{tmp_path / 'whole'}", "spark", "-p", FUND).exit_code == 0
    with monkeypatch.context() as patch:
        patch.setattr(Far, "_take", lambda far, attempt: (_ for _ in ()).throw(KeyboardInterrupt))
        stopped = match(f"file://{data}", f"file://{tmp_path / 'out'}", "spark", "-p", FUND)
    assert stopped.exit_code == 130
    parts = [p for p in sorted((tmp_path / "out/_parts/0").glob("*.parquet")) if pq.read_table(p).num_rows]
    assert len(parts) == 3
    next(p for p in parts if pq.read_table(p)["chunk"].to_pylist() == [1]).unlink()
    return data, tmp_path / "out", files(tmp_path / "whole")


def test_results_at_an_address_go_on_after_an_interruption(interrupted: tuple[Path, Path, dict[str, bytes]],
                                                           answered: list[list[int]]) -> None:
    data, out, whole = interrupted
    done = match(f"file://{data}", f"file://{out}", "spark", "-p", FUND)
    assert done.exit_code == 0, done.output
    assert answered == [[1]]
    assert files(out) == whole
    assert not (out / "_parts").exists()


def test_another_run_does_not_go_on_with_what_stands_at_an_address(interrupted: tuple[Path, Path, dict[str, bytes]],
                                                                   answered: list[list[int]]) -> None:
    data, out, _ = interrupted
    before = files(out)
    for language, words in (("zh", "政策或设定不同"), ("en", "policies or settings differ")):
        other = match(f"file://{data}", f"file://{out}", "spark", "-p", TIERS, "--lang", language)
        assert (other.exit_code, "E915" in other.output, words in other.output) == (2, True, True)
        assert f"file:{out}" in other.output
    assert (files(out), answered) == (before, [])


def test_a_chunk_at_an_address_that_was_changed_is_made_anew(interrupted: tuple[Path, Path, dict[str, bytes]],
                                                             answered: list[list[int]]) -> None:
    data, out, whole = interrupted
    match(f"file://{data}", f"file://{out}", "spark", "-p", FUND)
    for chunk, damage in (("00000", b"x"), ("00002", b"")):
        file = out / "chunks" / f"{chunk}.parquet"
        file.write_bytes(file.read_bytes()[:-1] + damage)
    again = match(f"file://{data}", f"file://{out}", "spark", "-p", FUND)
    assert "有 2 批的文件写成以后改动过或已损坏，重新算了" in again.output
    assert answered == [[1], [0, 2]]
    assert files(out) == whole


def test_what_spark_can_not_read_is_named(tmp_path: Path) -> None:
    words = write(tmp_path, "csv", organisations=EVERYBODY)
    assert "E943" in match(words, tmp_path / "one", "spark", "-p", FUND).output
    data = write(tmp_path, "parquet", organisations=EVERYBODY, standard=STANDARDS)
    held = bytearray((data / "standard.parquet").read_bytes())
    held[40:200] = bytes(160)
    (data / "standard.parquet").write_bytes(held)
    assert "E901" in match(data, tmp_path / "two", "spark", "-p", FUND).output
    times = EVERYBODY.drop_columns(["employees"]).append_column("employees", pa.array([dt.time(1)] * 170))
    pq.write_table(times, data / "organisations.parquet")
    assert "E906" in match(data, tmp_path / "three", "spark", "-p", TIERS).output
