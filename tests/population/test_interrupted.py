"""A run that is killed, or that finds no room, goes on where it was and ends with the same bytes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from population_tables import write
from runs import DAY, EVERYBODY, FUND, STANDARDS, bytes_of, match

from guiju.language.library import POLICIES
from guiju.population.files.tablefile import TableFile
from guiju.source.diagnostics import GuijuError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes, disks and limits as Linux has them")
SMALL = "import guiju.population.files.source\nguiju.population.files.source.CHUNK = 5\n"
# Every process of the run counts what it does to the disk; whoever comes to the moment takes all with it.
KILLED = SMALL + """
import os, signal, sys, duckdb
left = [int(os.environ["MOMENT"])]
def counted(done):
    def call(*values, **more):
        left[0] -= 1
        if not left[0]:
            os.killpg(0, signal.SIGKILL)
        return done(*values, **more)
    return call
os.fsync, os.replace, os.mkdir, duckdb.connect = map(counted, (os.fsync, os.replace, os.mkdir, duckdb.connect))
from guiju.cli.main import main
if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module", autouse=True)
def _small_chunks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("guiju.population.files.source.CHUNK", 5)
        yield


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"), "parquet", organisations=EVERYBODY, standard=STANDARDS)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One policy, which a process has read soon."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(POLICIES / FUND, folder / FUND)
    return folder


@pytest.fixture(scope="module")
def whole(data: Path, library: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an undisturbed run writes."""
    out = tmp_path_factory.mktemp("whole")
    assert match(data, out, "--policies", str(library), policies=(FUND,)).exit_code == 0
    return bytes_of(out)


def started(program: str, data: Path, out: Path, library: Path, workers: int, **more: str) -> subprocess.Popen[str]:
    """The command in processes of their own, which are one group."""
    script = out.parent / "script.py"
    script.write_text(program)
    words = ["population", "match", str(data), "--out", str(out), "--policies", str(library), "--policy", FUND, "--on",
             str(DAY), "--workers", str(workers)]
    return subprocess.Popen([sys.executable, str(script), *words], env={**os.environ, "GUIJU_LANG": "en", **more},
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


@pytest.mark.parametrize(("workers", "kills", "last"), [(1, 2, 14), (2, 2, 9)])
def test_killed_at_any_moment_it_goes_on_and_ends_the_same(workers: int, kills: int, last: int, data: Path,
                                                           library: Path, tmp_path: Path,
                                                           whole: dict[str, bytes]) -> None:
    chance = random.Random(f"moments {workers}")
    out = tmp_path / "cut"
    ends = []
    for _ in range(kills):
        run = started(KILLED, data, out, library, workers, MOMENT=str(chance.randint(2, last)))
        run.communicate()
        ends.append(run.returncode)
        assert {name: content for name, content in bytes_of(out).items() if not name.endswith(".partial")
                and not name.startswith("sorted")}.items() <= whole.items()
    again = match(data, out, "--policies", str(library), policies=(FUND,))

    assert ends[0] == -signal.SIGKILL
    assert set(ends) <= {-signal.SIGKILL, 0}
    assert again.exit_code == 0
    assert bytes_of(out) == whole


def test_where_the_first_process_is_killed_the_others_end(data: Path, library: Path, tmp_path: Path) -> None:
    alone = KILLED.replace("os.killpg(0, signal.SIGKILL)", "os.kill(os.getppid(), signal.SIGKILL)")
    # A worker comes to the moment; it and the others hold the pipes until they end.
    run = started(alone.replace("left = [", "left = [10 ** 9 if __name__ == '__main__' else "), data, tmp_path / "out",
                  library, 2, MOMENT="2")
    run.communicate(timeout=60)

    assert run.returncode == -signal.SIGKILL
    assert not (tmp_path / "out" / "run.json").exists()


class Disk:
    """A small file system of its own."""

    def __init__(self, path: Path) -> None:
        self.path, self._ballast = path, path / ".ballast"

    def leave(self, room: int) -> None:
        """Fill it until there is but so much room."""
        self._ballast.unlink(missing_ok=True)
        held = os.statvfs(self.path)
        self._ballast.write_bytes(bytes(max(0, held.f_bavail * held.f_frsize - room)))

    def clear(self) -> None:
        self._ballast.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True,
                          check=False)
    if made.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail("these tests need to be run by root where they count")
        pytest.skip("only root may make a file system")
    try:
        yield Disk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def pages(files: dict[str, bytes]) -> int:
    """The room that files take."""
    return sum(-(-len(content) // 4096) * 4096 for content in files.values())


@pytest.mark.parametrize("stage", ["identity", "first chunk", "third chunk", "receipt"])
def test_no_room_for_results_is_said_and_after_that_it_goes_on(stage: str, data: Path, library: Path, disk: Disk,
                                                               tmp_path: Path, whole: dict[str, bytes]) -> None:
    before = {"identity": (), "first chunk": ("identity",), "third chunk": ("identity", "chunks/00000", "chunks/00001"),
              "receipt": ("identity", "chunks")}[stage]
    disk.leave(pages({name: content for name, content in whole.items() if name.startswith(before)}) if before else 0)
    out = disk.path / "out"
    scratch = ("--scratch", str(tmp_path / "scratch"), "--policies", str(library))
    refused = match(data, out, *scratch, "--lang", "en", policies=(FUND,))
    left = bytes_of(out)
    disk.clear()
    again = match(data, out, *scratch, policies=(FUND,))

    assert refused.exit_code == 2
    assert "E916" in refused.stderr
    assert f"{out}/" in refused.stderr
    assert "free some space and run again" in refused.stderr
    assert left == {name: content for name, content in whole.items() if name.startswith(before)} if before else not left
    assert again.exit_code == 0
    assert bytes_of(out) == whole


def test_no_room_for_sorting_is_said_and_leaves_nothing(data: Path, library: Path, disk: Disk, tmp_path: Path,
                                                        whole: dict[str, bytes]) -> None:
    disk.leave(0)
    asked = ("--scratch", str(disk.path / "scratch"), "--policies", str(library))
    refused = match(data, tmp_path / "out", *asked, "--lang", "en", policies=(FUND,))
    left = list((disk.path / "scratch").iterdir())
    disk.clear()
    again = match(data, tmp_path / "out", *asked, policies=(FUND,))

    assert refused.exit_code == 2
    assert "E913" in refused.stderr
    assert str(disk.path) in refused.stderr
    assert "--scratch" in refused.stderr
    assert left == []
    assert again.exit_code == 0
    assert bytes_of(tmp_path / "out") == whole


def many(path: Path, table: pa.Table) -> None:
    """The rows ten times in one file."""
    with TableFile(path, table.schema) as file:
        for _ in range(10):
            file.add(table)


@pytest.mark.parametrize("name", ["list.parquet", "list.csv"])
def test_a_list_for_which_there_is_no_room_is_not_half_there(name: str, disk: Disk) -> None:
    chance = random.Random(name)
    table = pa.table({"organisation": [chance.randbytes(40).hex() for _ in range(3000)]})
    disk.leave(2 * table.nbytes)
    with pytest.raises(GuijuError) as caught:
        many(disk.path / name, table)
    left = [path.name for path in disk.path.iterdir()]
    disk.clear()
    with TableFile(disk.path / name, table.schema) as file:
        file.add(table)

    assert [d.code for d in caught.value.diagnostics] == ["E916"]
    assert left == [".ballast"]
    assert [path.name for path in disk.path.iterdir()] == [name]
    assert file.rows == 3000


def test_a_limit_of_a_process_is_no_room_either(library: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    # Sorted data needs no copy, so that results are what there is no room for.
    data = write(tmp_path, "parquet", organisations=EVERYBODY.sort_by("organisation"),
                 standard=STANDARDS.sort_by("organisation"))
    out = tmp_path / "out"
    room = min(len(content) for name, content in whole.items() if name.startswith("chunks")) - 1
    run = started(f"import resource\n{SMALL}resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
                  "from guiju.cli.main import main\nmain()\n", data, out, library, 1)
    told = run.communicate()[1]

    assert run.returncode == 2
    assert "E916" in told
    assert not list((out / "chunks").iterdir())
    assert match(data, out, "--policies", str(library), policies=(FUND,)).exit_code == 0
    assert json.loads((out / "run.json").read_text("utf-8"))["organisations"] == 17
