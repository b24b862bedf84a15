"""Case files, settings and scripts that are hostile: nothing is lost, nothing breaks, and it is said what is wrong."""

import datetime as dt
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from permit import COMPLAINT

from guiju.cli.chart.casefiles import case_at_path, store
from guiju.lifecycle.entry import move
from guiju.lifecycle.events import Actor, Evidence
from guiju.lifecycle.library import installed_charts
from guiju.source.diagnostics import GuijuError

CONFIRM = "1\n2024-05-20\n属实\n\nq\n"


def confirm(run, case):
    return run("chart", "run", "complaint", "--case", case, typed=CONFIRM)


def test_a_file_that_may_not_be_written_is_left_alone_and_the_work_is_kept_elsewhere(run, case):
    before = case.read_bytes()
    case.chmod(0o444)
    done = confirm(run, case)

    assert (done.exit_code, case.read_bytes()) == (2, before)
    assert "E001" in done.stderr
    kept = next(line for line in done.stdout.splitlines() if line.startswith("已存 "))
    kept = kept.removeprefix("已存 ").partition("：")[0]
    assert run("chart", "verify", kept).stdout.startswith("3 条记录，链条完整")


def test_a_private_file_stays_private(run, case):
    case.chmod(0o600)

    assert confirm(run, case).exit_code == 0
    assert stat.S_IMODE(case.stat().st_mode) == 0o600


def test_of_those_who_store_at_once_one_succeeds_and_the_others_are_told(case):
    """Each made a move of his own; the file holds one of them, and no one believes his in it that is not."""
    begun = case_at_path(case, installed_charts())
    actor, given = Actor("H", "", frozenset({"handler"}), "H"), Evidence({"举报核查意见": "属实"})
    made = [move(begun, "confirm", actor, given, dt.date(2024, 5, 6 + n)) for n in range(8)]
    start = threading.Barrier(len(made))

    def stored(one):
        start.wait()
        try:
            return store(case, one)
        except GuijuError as error:
            return error.diagnostics[0].code

    with ThreadPoolExecutor(len(made)) as pool:
        told = list(pool.map(stored, made))
    assert sorted(map(str, told)) == ["1", *["E526"] * 7]
    assert case_at_path(case, installed_charts()).head == made[told.index(1)].head


@pytest.mark.parametrize("name", ["n" * 300, "c-1.jsonl/inner"])
def test_a_name_that_no_file_can_have_is_refused_before_anything_is_done(run, case, name):
    done = run("chart", "run", "complaint", "--case", case.parent / name, typed=CONFIRM)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E001" in done.stderr


def test_a_file_of_endless_lines_is_no_case(run, case):
    line = case.read_text("utf-8").splitlines(keepends=True)[1]
    case.write_text(line * 10_001, encoding="utf-8")
    done = run("chart", "next", case)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E520" in done.stderr


@pytest.mark.parametrize("words", ["-5 工作日", "1.5 工作日"])
def test_a_length_of_time_that_can_not_be(run, script, words):
    done = run("chart", "run", "complaint", "--script", script(COMPLAINT), "--set", f"complaint_handling={words}")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E245" in done.stderr


@pytest.mark.parametrize("expected", ["due: 2024-05-22", "due: [a]", "bans: x", "because: [[a]]", "stage: [a]",
                                      "marks: {a: b}", "refused: [guard]"])
def test_expectations_of_another_shape_are_found(run, script, expected):
    done = run("chart", "run", "complaint", "--script", script(
        f"- name: x\n  walk:\n    - {{on: 2024-04-28, do: file, give: {{举报内容: x}}, {expected}}}\n"))

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E02" in done.stderr


def test_a_script_does_not_steer_the_terminal(run, script):
    done = run("chart", "run", "complaint", "--script", script(
        '- name: "x\\e]0;y\\a"\n  walk:\n    - {on: 2024-04-28, do: file, give: {举报内容: x}}\n'))

    assert (done.exit_code, done.stdout) == (2, "")
    assert ":1:" in done.stderr
    assert "E115" in done.stderr
    assert "\x1b" not in done.stderr


def test_bans_of_a_walk_end_on_a_day(run, script):
    done = run("chart", "run", "complaint", "--script", script(
        "- name: x\n  bans: {a:b: 明年}\n  walk:\n    - {on: 2024-04-28, do: file, give: {举报内容: x}}\n"))

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E026" in done.stderr


def test_the_last_day_there_is_breaks_nothing(run, case):
    for command in ("next", "calendar"):
        done = run("chart", command, case, *(("--on", "9999-12-31") if command == "next" else ()))
        assert done.exit_code in (0, 2)


def test_nothing_is_left_beside_the_file(run, case):
    confirm(run, case)

    assert [name for name in os.listdir(case.parent) if name.endswith(".tmp")] == []
