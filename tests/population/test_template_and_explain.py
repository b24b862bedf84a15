"""`guiju population template` and `explain`."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from population_tables import write

from guiju.cli.main import cli
from guiju.language.library import load_library
from guiju.population.files.asked import needs_of

FUND, TIERS = "tianjin/standardisation-fund-2021", "national/sme-tiers-2022"
LIBRARY = load_library()


def ask(*words: object) -> Result:
    return CliRunner().invoke(cli, ["population", *map(str, words)])


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_the_template_has_what_the_policy_reads_and_fits(form: str, tmp_path: Path) -> None:
    made = ask("template", tmp_path / "new", "--policy", FUND, "--format", form)
    needs = needs_of([LIBRARY.policy(FUND)])
    with (tmp_path / "new" / "_schema.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))

    assert made.exit_code == 0
    assert {p.stem for p in (tmp_path / "new").glob(f"*.{form}")} == {"organisations", "_schema", *needs.records} - (
        {"_schema"} if form == "parquet" else set())
    assert {r["column"] for r in rows if r["table"] == "organisations"} == {"organisation", *needs.facts}
    assert needs.records["standard"] <= {r["column"] for r in rows if r["table"] == "standard"}
    assert {r["policies"] for r in rows if r["column"] == "level" and r["table"] == "standard"} == {FUND}
    assert ask("check", tmp_path / "new").exit_code == 0


def test_the_types_of_the_template_are_those_that_are_read(tmp_path: Path) -> None:
    ask("template", tmp_path / "new", "--policy", FUND)
    standards = pq.read_schema(tmp_path / "new" / "standard.parquet")

    assert [standards.field(n).type for n in ("organisation", "level", "published_on", "rank", "unranked")] == [
        pa.string(), pa.string(), pa.date32(), pa.float64(), pa.bool_()]


def test_without_its_libraries_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.cli.commands.population.NEEDED", ("numpy", "no_such_library"))
    refused = ask("check", "anything", "--lang", "en")

    assert refused.exit_code == 2
    assert "no_such_library is missing" in refused.stderr
    assert "pip install 'guiju[population]'" in refused.stderr


def test_a_template_never_goes_over_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")

    assert "E920" in ask("template", tmp_path, "--policy", FUND).stderr
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_one_organisations_answer_is_explained_from_its_rows(tmp_path: Path) -> None:
    people = pa.table({"organisation": ["A", "B"], "region": ["天津市", "北京市"], "fund_papers_true": [None, False],
                       "application_date": pa.array([None, dt.date(2023, 3, 1)])})
    rows = pa.table({"organisation": ["B", "A"], "level": ["国家标准", "国际标准"], "number": ["GB 1", "ISO 2"]})
    path = write(tmp_path, "csv", organisations=people, standard=rows)
    words = ("explain", path, "A", FUND, "--on", "2023-06-01")
    shown, english = ask(*words), ask(*words, "--lang", "en")
    nobody, unwritable = (ask("explain", path, name, FUND, *words[4:]) for name in ("C", "A\udced"))

    assert shown.exit_code == english.exit_code == 0
    assert "按 2023-06-01 计" in shown.output
    assert "资金申报材料真实 = 未给" in shown.output
    assert "申报日 = 2023-06-01" in shown.output
    assert "资金申报材料真实 = 否" in ask("explain", path, "B", *words[3:]).output
    assert "as of 2023-06-01" in english.output
    assert nobody.exit_code == unwritable.exit_code == 2
    assert "E919" in nobody.stderr
    assert "A\\udced" in unwritable.stderr


def test_what_match_took_as_unknown_is_unknown_to_explain_and_the_questions(tmp_path: Path) -> None:
    people = pa.table({"organisation": ["B", "A"], "region": ["天津市", "火星"], "industry": ["I65", "I65"],
                       "employees": ["50", "-5"], "revenue_y1[万元]": ["60", "60"]})
    path = write(tmp_path, "csv", organisations=people)
    words = ("explain", path, "A", TIERS, "--on", "2023-06-01", "--lang", "en")
    refused, shown = ask(*words), ask(*words, "--wrong-as-unknown")
    other = ask("explain", path, "B", *words[3:])
    question = ("near", TIERS, path, "--on", "2023-06-01", "--format", "json")
    stopped, answered = ask(*question), ask(*question, "--wrong-as-unknown", "--scratch", tmp_path / "scratch")

    assert (refused.exit_code, shown.exit_code, other.exit_code) == (2, 0, 0)
    assert "organisations[employees]:2  E108" in refused.stderr
    assert "organisations[employees]:2  E108" in shown.stderr
    assert other.stderr == ""
    assert (stopped.exit_code, answered.exit_code) == (2, 0)
    assert answered.stderr.count("E108") == 1
    assert json.loads(answered.stdout)["policy"] == TIERS
    assert list((tmp_path / "scratch").iterdir()) == []
