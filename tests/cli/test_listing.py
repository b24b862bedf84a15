"""`guiju policies` over a library in which something is wrong: the others are listed, and what to mend is said."""

import shutil
from pathlib import Path

import pytest

from guiju.language.library import POLICIES

BASE, VARIANT = "national/standard-leaders-2018", "shaanxi/standard-leaders-2019"
OTHER = "shandong/weihai-standardisation-fund-2019"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for id_ in (BASE, VARIANT, OTHER):
        shutil.copytree(POLICIES / id_, tmp_path / id_)
    return tmp_path


def damaged(library: Path, id_: str) -> str:
    """A line that no policy has; where it stands."""
    path = library / id_ / "policy.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    return f"{id_}/policy.yaml:{len(path.read_text(encoding='utf-8').splitlines())}:1"


def listed(stdout: str) -> list[str]:
    return [line.split()[0] for line in stdout.splitlines() if line.split()[0] in (BASE, VARIANT, OTHER)]


def test_one_broken_policy_is_named_with_its_place_and_the_others_are_listed(run, library: Path) -> None:
    place = damaged(library, OTHER)
    done = run("policies", "--policies", library)

    assert (done.exit_code, listed(done.stdout)) == (0, [BASE, VARIANT])
    first, second = done.stderr.splitlines()
    assert first == f"{OTHER} 有错，没有列入；改好再看：guiju check {library / OTHER}"
    assert (place in second, "E022" in second) == (True, True)
    assert run("check", library / OTHER).exit_code == 1


def test_what_keeps_several_from_being_read_is_said_once(run, library: Path) -> None:
    place = damaged(library, BASE)
    done = run("policies", "--policies", library, "--lang", "en")

    assert listed(done.stdout) == [OTHER]
    assert [line.split()[0] for line in done.stderr.splitlines()[:2]] == [BASE, VARIANT]
    assert done.stderr.count(place) == 1


def test_a_library_of_which_nothing_can_be_read_is_no_list(run, library: Path) -> None:
    places = [damaged(library, id_) for id_ in (BASE, OTHER)]
    done = run("policies", "--policies", library)

    assert (done.exit_code, done.stdout) == (2, "")
    assert [place in done.stderr for place in places] == [True, True]
