"""`guiju chart` itself, and for those who keep charts: check, test, list."""

import re

import pytest

from guiju.cli.commands.chart import COMMANDS


def test_without_a_command_it_shows_its_help(run):
    done = run("chart")

    assert "用法：guiju chart [选项] 命令 [参数]…" in done.output
    assert {"list", "run", "next", "verify", "calendar", "check", "test"} <= set(COMMANDS)
    assert all(re.search(rf"^  {name} ", done.output, re.M) for name in ("list", "run", "next", "verify", "check"))


@pytest.mark.parametrize("command", ["list", "run", "next", "verify", "calendar", "check", "test"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_help(run, command, lang):
    done = run("chart", command, "--help", "--lang", lang)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "--charts" in done.stdout


def test_a_command_that_there_is_not(run):
    done = run("chart", "nxet")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "没有命令“nxet”。是不是“next”" in done.stderr


def test_check_is_content_with_sound_charts(run, charts):
    done = run("chart", "check", "complaint", "objection", "--charts", charts)

    assert (done.exit_code, done.stdout) == (0, "2 张流程图：0 处错误，0 处警告，0 处提示\n")


def test_check_tells_every_mistake_with_its_place(run, charts):
    (charts / "demo" / "bad").mkdir()
    (charts / "demo" / "bad" / "chart.yaml").write_text("id: demo/bad\ntitle: 坏\nfoo: 1\n", encoding="utf-8")
    done = run("chart", "check", "demo/bad", "--charts", charts)

    assert done.exit_code == 1
    assert re.search(r"^charts/demo/bad/chart.yaml:\d.*  E\d{3}  ", done.stdout)
    assert re.search(r"^1 张流程图：[1-9]\d* 处错误", done.stdout, re.M)


def test_check_reads_the_timelines_too(run, charts):
    cases = charts / "demo" / "permit" / "cases.yaml"
    cases.write_text(cases.read_text("utf-8") + "- {name: 又一例, wakl: []}\n", encoding="utf-8")
    done = run("chart", "check", "permit", "--charts", charts)

    assert done.exit_code == 1
    assert "demo/permit/cases.yaml:18:15  E022  " in done.stdout


def test_test_walks_all_timelines(run, charts):
    done = run("chart", "test", "--charts", charts)

    assert done.exit_code == 0
    assert re.search(r"^demo/permit +2 例通过 +0 例不符 +0 处缺案例$", done.stdout, re.M)


def test_test_tells_where_a_timeline_goes_another_way(run, charts):
    cases = charts / "demo" / "permit" / "cases.yaml"
    cases.write_text(cases.read_text("utf-8").replace("N1: 2024-10-10", "N1: 2024-10-04"), encoding="utf-8")
    done = run("chart", "test", "permit", "--charts", charts)

    assert done.exit_code == 1
    assert re.search(r"^charts/demo/permit/cases.yaml:7:\d+  E531  公示跨国庆，期满发证：.*2024-10-10，"
                     r"应是 2024-10-04$", done.stdout, re.M)
    assert re.search(r"1 例通过 +1 例不符", done.stdout)


def test_test_names_the_stage_after_the_automatic_moves(run, charts):
    cases = charts / "demo" / "permit" / "cases.yaml"
    cases.write_text(cases.read_text("utf-8").replace("stage: closed", "stage: asked"), encoding="utf-8")

    assert "环节是 closed，应是 asked" in run("chart", "test", "permit", "--charts", charts).stdout


def test_test_tells_what_no_timeline_covers(run, charts):
    cases = charts / "demo" / "permit" / "cases.yaml"
    cases.write_text(cases.read_text("utf-8").replace("mended, mending_term", "mended"), encoding="utf-8")
    done = run("chart", "test", "permit", "--charts", charts, "--lang", "en")

    assert done.exit_code == 1
    assert re.search(r"^charts/demo/permit/chart.yaml:\d+:\d+  E530  no timeline covers 'mending_term'", done.stdout)


def test_test_walks_some_timelines_by_name_without_asking_for_coverage(run, charts):
    cases = charts / "demo" / "permit" / "cases.yaml"
    cases.write_text(cases.read_text("utf-8").replace("mended, mending_term", "mended"), encoding="utf-8")

    assert run("chart", "test", "permit", "--name", "国庆", "--charts", charts).exit_code == 0
    assert run("chart", "test", "permit", "--name", "端午", "--charts", charts).exit_code == 2


def test_list_counts_what_is_in_each_chart(run, charts):
    assert run("chart", "list", "--charts", charts).stdout.splitlines()[-3:] == [
        "demo/permit", "  许可证", "  版本 1，5 个环节，6 步，2 个走法案例，批次 spring"]
    assert run("chart", "list", "--charts", charts, "--lang", "en").stdout.splitlines()[-2:] == [
        "  permit", "  revision 1, 5 stages, 6 moves, 2 timelines, rounds spring"]


def test_list_goes_on_where_a_chart_does_not_compile(run, charts):
    (charts / "common" / "objection" / "chart.yaml").write_text("id: x\n", encoding="utf-8")
    done = run("chart", "list", "--charts", charts)

    assert done.exit_code == 0
    assert re.search(r"^common/objection\n  不能编译：\d+ 处错误，见 guiju chart check common/objection$",
                     done.stdout, re.M)
