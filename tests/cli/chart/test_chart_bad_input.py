"""`guiju chart` with what can not be used: what, where, and how to mend it."""

import pytest
from permit import COMPLAINT


@pytest.mark.parametrize(("arguments", "code"), [
    (("run", "nothing"), "E500"),
    (("run", "complaint", "--round", "spring"), "E524"),
    (("run", "complaint", "--set", "complaint_handling"), "E131"),
    (("run", "complaint", "--set", "x=1"), "E141"),
    (("run", "complaint", "--set", "y.x=1"), "E141"),
    (("run", "complaint", "--set", "complaint_handling=三天"), "E220"),
    (("run", "complaint", "--as-of", "2024-13-01"), "E114"),
    (("run", "complaint", "--script", "/nowhere.yaml"), "E001"),
    (("run", "complaint", "--facts", "/nowhere.yaml"), "E001"),
    (("run", "complaint", "--facts", "facts.xlsx"), "E101"),
    (("run", "complaint", "--case", "/"), "E001"),
    (("run", "complaint", "--case", "/nowhere/c.jsonl"), "E001"),
    (("run", "complaint", "--json"), "--json"),
    (("run",), "CHART"),
    (("next", "/nowhere.jsonl"), "E001"),
    (("verify", "/nowhere.jsonl"), "E001"),
    (("calendar", "/nowhere.jsonl"), "E001"),
    (("check", "--charts", "/nowhere"), "E280"),
    (("test", "--charts", "/nowhere"), "E280"),
    (("list", "--policies", "/nowhere"), "E280"),
    (("check", "nothing"), "E500"),
])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bad_input_says_what_is_wrong_and_nothing_else(run, arguments, code, lang):
    done = run("chart", *arguments, "--lang", lang, typed="")

    assert (done.exit_code, done.stdout) == (2, "")
    assert code in done.stderr


def test_a_case_that_is_open_keeps_its_settings(run, case):
    done = run("chart", "run", "complaint", "--case", case, "--set", "complaint_handling=5 工作日", typed="")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E133" in done.stderr


def test_a_case_of_another_chart(run, case):
    done = run("chart", "run", "objection", "--case", case, typed="")

    assert done.exit_code == 2
    assert "E529" in done.stderr


def test_a_script_of_several_cases_fits_no_case_file(run, script, tmp_path):
    done = run("chart", "run", "complaint", "--script", script(COMPLAINT + COMPLAINT), "--case", tmp_path / "c.jsonl")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E133" in done.stderr


def test_an_empty_script(run, script):
    assert "E103" in run("chart", "run", "complaint", "--script", script("[]\n")).stderr


@pytest.mark.parametrize("head", ["abc", "g" * 64])
def test_a_head_that_is_no_digest(run, case, head):
    done = run("chart", "verify", case, "--head", head)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "64" in done.stderr


def test_a_calendar_is_written_as_ics_only(run, case, tmp_path):
    done = run("chart", "calendar", case, "-o", tmp_path / "c.txt")

    assert done.exit_code == 2
    assert "E101" in done.stderr
