"""Whose a folder of results is: a run goes on only with the same program, dictionary, policies, settings and data."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from population_tables import write
from runs import DAY, EVERYBODY, FUND, TIERS, bytes_of, match

from guiju.evaluate.evaluation import setting_for
from guiju.language.library import load_library
from guiju.population.files.folder import Folder
from guiju.population.files.identity import code_files, dictionary_digest, identity_of
from guiju.population.files.places import IDENTITY
from guiju.population.files.run import answer_all
from guiju.vocabulary import load_vocabulary
from guiju.vocabulary.loader import DATA

VOCABULARY = load_vocabulary()

pytestmark = pytest.mark.usefixtures("small_chunks")


def test_everything_that_a_run_runs_is_part_of_its_identity() -> None:
    told = ("import sys\nimport guiju.population.files.run, guiju.population.files.one\n"
            "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('guiju.')), sep='\\n')\n")
    used = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True).stdout.split()

    assert len(used) > 50
    assert set(map(Path, used)) <= set(code_files())


def test_what_the_dictionary_says_is_part_of_it_and_how_it_is_laid_out_is_not(tmp_path: Path) -> None:
    copy = tmp_path / "dictionary"
    shutil.copytree(DATA, copy)
    for file in copy.glob("*.yaml"):
        file.write_text("# laid out otherwise\n\n" + file.read_text("utf-8"), "utf-8")
    fact = next(f for f in VOCABULARY.all_facts() if f.kind == "fact")
    enumeration = next(iter(VOCABULARY.enumerations.values()))
    fewer = replace(enumeration, members=enumeration.members[:-1])
    others = [replace(fact, kind="judgement"), replace(fact, aliases=(*fact.aliases, "又名"))]
    changed = [*(replace(VOCABULARY, facts={w: other if f is fact else f for w, f in VOCABULARY.facts.items()})
                 for other in others),
               replace(VOCABULARY, regions={**VOCABULARY.regions, "990000": "海外省"}),
               replace(VOCABULARY, enumerations={**VOCABULARY.enumerations, enumeration.id: fewer})]
    found = [dictionary_digest(vocabulary) for vocabulary in changed]

    assert dictionary_digest(load_vocabulary(copy)) == dictionary_digest(VOCABULARY)
    assert len({*found, dictionary_digest(VOCABULARY)}) == 5


@pytest.mark.parametrize(("key", "said"), [("dictionary", "词典"), ("engine", "程序"), ("policies", "政策或设定")])
def test_a_run_of_another_program_or_dictionary_does_not_go_on(key: str, said: str, data: Path, tmp_path: Path) -> None:
    match(data, tmp_path / "out", policies=(FUND,))
    path = tmp_path / "out" / IDENTITY
    before = json.loads(path.read_text("utf-8"))
    other = "0" * 64 if key == "dictionary" else {**before[key], FUND: {"as_of": str(DAY), "region": "99"}}
    path.write_text(json.dumps({**before, key: other}), "utf-8")

    refused = match(data, tmp_path / "out", policies=(FUND,))

    assert refused.exit_code == 2
    assert "E915" in refused.stderr
    assert said in refused.stderr


def test_a_policy_for_another_region_is_another_policy() -> None:
    policy = load_library().policy(FUND)
    setting = setting_for(policy, DAY)
    found = [identity_of([(p, setting)], False, {}, 5, False)["policies"]
             for p in (policy, replace(policy, region="11"))]

    assert found[0] != found[1]


def test_rows_that_a_database_keeps_beside_it_are_part_of_the_data(tmp_path: Path) -> None:
    path = write(tmp_path, "sqlite", organisations=EVERYBODY)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    match(path, tmp_path / "out", policies=(TIERS,))
    file = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE organisations SET employees = 1")
        connection.commit()
        again = match(path, tmp_path / "out", policies=(TIERS,))
        assert path.read_bytes() == file

    assert again.exit_code == 2
    assert "数据" in again.stderr


def test_a_run_goes_on_with_the_day_it_began_with(data: Path, tmp_path: Path) -> None:
    match(data, tmp_path / "out", policies=(FUND,))
    before = bytes_of(tmp_path / "out")
    (tmp_path / "out" / "chunks" / "00001.parquet").unlink()
    (tmp_path / "out" / "run.json").unlink()
    again = match(data, tmp_path / "out", policies=(FUND,), on="")

    assert again.exit_code == 0
    assert str(DAY) in again.output
    assert bytes_of(tmp_path / "out") == before


def test_how_far_it_is_counts_what_is_done(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    match(data, tmp_path / "out", policies=(FUND,))
    (tmp_path / "out" / "chunks" / "00001.parquet").unlink()
    told: list[tuple[int, ...]] = []
    monkeypatch.setattr("guiju.population.files.run.answer_all",
                        lambda *words: answer_all(*words[:-1], lambda *at: told.append(at)))
    match(data, tmp_path / "out", policies=(FUND,))

    assert told == [(3, 4), (4, 4)]


def test_a_chunk_that_was_changed_is_made_anew_and_that_is_said(data: Path, tmp_path: Path) -> None:
    """One bit anywhere will do: in the pages, in the notes of the footer, in its seal; the number of rows stays."""
    match(data, tmp_path / "out", policies=(FUND,))
    before = bytes_of(tmp_path / "out")
    chunk = tmp_path / "out" / "chunks" / "00002.parquet"
    whole = chunk.read_bytes()
    seal = whole.rindex(b"guiju.seal")
    for place in (*range(20, len(whole), len(whole) // 12), seal + 3, seal + 20, len(whole) - 2):
        changed = bytearray(whole)
        changed[place] ^= 1
        chunk.write_bytes(changed)
        again = match(data, tmp_path / "out", policies=(FUND,))

        assert again.exit_code == 0
        assert "1 批的文件写成以后改动过或已损坏，重新算了" in again.output
        assert bytes_of(tmp_path / "out") == before
    chunk.write_bytes(whole[:-20])
    assert "重新算了" in match(data, tmp_path / "out", policies=(FUND,)).output
    assert bytes_of(tmp_path / "out") == before
    assert "重新算了" not in match(data, tmp_path / "out", policies=(FUND,)).output


@pytest.mark.skipif(sys.platform == "win32", reason="no such locks")
def test_two_do_not_write_to_one_folder(data: Path, tmp_path: Path) -> None:
    match(data, tmp_path / "out", policies=(FUND,))
    copies = tmp_path / "out" / "sorted" / "guiju-other"
    copies.mkdir(parents=True)
    with Folder(tmp_path / "out", json.loads((tmp_path / "out" / IDENTITY).read_text("utf-8"))):
        copies.mkdir(parents=True)  # what was left there has just been taken away
        refused = match(data, tmp_path / "out", policies=(FUND,))
        stays = copies.exists()
    stranger = match(data, tmp_path / "out", policies=(TIERS,))

    assert (refused.exit_code, stranger.exit_code) == (2, 2)
    assert "E921" in refused.stderr
    assert "E915" in stranger.stderr
    assert stays
    assert copies.exists()
    assert match(data, tmp_path / "out", policies=(FUND,)).exit_code == 0
    assert not copies.exists()


def test_what_is_no_copy_of_ours_is_left_alone(data: Path, tmp_path: Path) -> None:
    letter = tmp_path / "out" / "sorted" / "letter.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text("keep me")

    assert "E915" in match(data, tmp_path / "out", policies=(FUND,)).stderr
    assert letter.read_text() == "keep me"
