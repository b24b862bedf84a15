"""`guiju chart next` and `verify`: stored cases."""

import datetime as dt
import json
import re

import pytest


def test_next_says_what_may_be_done_and_what_is_due(run, case):
    done = run("chart", "next", case, "--on", "2024-05-20")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "投诉举报处理（common/complaint，版本 1）  案件 举报一例",
        "2024-05-20  举报核查中（自 2024-04-29 起）",
        "  1. 备齐可办  核查属实（confirm）  举报处理人  团优九",
        "       要给出：举报核查意见",
        "  2. 备齐可办  核查不实（dismiss）  举报处理人  团优九",
        "       要给出：举报核查意见",
        "到期：",
        "  2024-05-22  期限  还有 2 天  举报核查期限；过期：登记在案；团优九"]


def test_next_tells_what_was_missed(run, case):
    text = run("chart", "next", case, "--on", "2024-05-25").stdout

    assert "已过 3 天" in text
    assert "登记逾期：举报核查期限 应在 2024-05-22 前完成" in text


@pytest.mark.parametrize("role", ["complainant", "举报人"])
def test_next_for_a_role(run, case, role):
    text = run("chart", "next", case, "--on", "2024-05-20", "--role", role).stdout

    assert "现在没有可以办的。\n另有 2 步由别人办理。\n" in text


def test_next_for_programs(run, case):
    told = json.loads(run("chart", "next", case, "--on", "2024-05-20", "--role", "handler", "--json").stdout)

    assert (told["on"], told["stage"]["id"], told["case"]["events"]) == ("2024-05-20", "accepted", 2)
    assert [(o["name"], o["ready"], o["wants"][0]["name"]["zh"]) for o in told["options"]] == [
        ("confirm", True, "举报核查意见"), ("dismiss", True, "举报核查意见")]
    assert [d["id"] for d in told["due"]] == ["complaint_term"]


def test_next_takes_today_where_no_day_is_said(run, case):
    assert f"\n{dt.date.today()}  举报核查中" in run("chart", "next", case).stdout


@pytest.mark.parametrize(("options", "code"), [
    (("--on", "2024-04-01"), "E527"), (("--on", "明天"), "E114"), (("--role", "nobody"), "E504")])
def test_next_with_what_can_not_be(run, case, options, code):
    done = run("chart", "next", case, *options)

    assert (done.exit_code, done.stdout) == (2, "")
    assert code in done.stderr


def test_a_sound_case_is_verified(run, case):
    head = json.loads(case.read_text("utf-8").splitlines()[-1])["sha256"]
    done = run("chart", "verify", case, "--head", head)

    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "2 条记录，链条完整。"
    assert head in done.stdout
    assert "与另存的摘要相符。\n按流程图重走一遍，每一步都合乎规定。\n" in done.stdout


def test_without_a_kept_digest_it_says_what_can_not_be_seen(run, case):
    assert "没有给 --head" in run("chart", "verify", case).stdout


def test_an_earlier_digest_holds_for_what_was_added_since(run, case):
    first = json.loads(case.read_text("utf-8").splitlines()[0])["sm3"]

    assert "第 1 条的摘要，相符；此后又记了 1 条。" in run("chart", "verify", case, "--head", first).stdout


@pytest.mark.parametrize(("change", "line", "said"), [
    (lambda t: t.replace("收费", "敛财"), 1, "内容与摘要不符"),
    (lambda t: t.splitlines(keepends=True)[1], 1, "编号是 2，应是 1"),
    (lambda t: t[:-1], 2, "文件被截断"),
    (lambda t: t.replace('":', '": ', 1), 1, "不是写入时的样子"),
    (lambda t: "", 1, "文件是空的"),
    (lambda t: t + "{}\n", 3, "这一行不是一条事件记录"),
])
def test_tampering_is_found_where_it_is(run, case, change, line, said):
    case.write_text(change(case.read_text("utf-8")), encoding="utf-8")
    done = run("chart", "verify", case)

    assert done.exit_code == 1
    assert re.search(rf"^c-1.jsonl:{line}  .*{said}", done.stdout, re.M)


def test_a_cut_end_is_seen_by_the_kept_digest(run, case):
    lines = case.read_text("utf-8").splitlines(keepends=True)
    case.write_text(lines[0], encoding="utf-8")

    assert run("chart", "verify", case).exit_code == 0
    done = run("chart", "verify", case, "--head", json.loads(lines[1])["sha256"])
    assert done.exit_code == 1
    assert "末尾被删去，或者整条链被重做" in done.stdout


def test_a_chain_made_anew_is_found_by_walking_it_again(run, case):
    """Whoever rewrites all digests still can't make an unlawful step lawful."""
    from guiju.lifecycle.casefile import read_case, write_case
    from guiju.lifecycle.events import Event, sealed

    first, second = read_case(case.read_text("utf-8"))
    forged = sealed(Event(2, second.at, second.actor, second.role, "confirm", "", second.evidence, second.basis,
                          first.digests))
    case.write_text(write_case([first, forged]), encoding="utf-8")
    done = run("chart", "verify", case)

    assert done.exit_code == 1
    assert re.search(r"^c-1.jsonl:2  按流程图办不成这一步：", done.stdout)


def test_a_broken_case_is_not_used(run, case):
    case.write_text(case.read_text("utf-8").replace("收费", "敛财"), encoding="utf-8")

    for command in (("next", case), ("calendar", case), ("run", "complaint", "--case", case)):
        done = run("chart", *command)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{case}:1  E521" in done.stderr


def test_a_case_keeps_the_revision_with_which_it_began(run, charts, case):
    chart = charts / "common" / "complaint" / "chart.yaml"
    assert run("chart", "next", case, "--charts", charts).exit_code == 0
    chart.write_text(chart.read_text("utf-8").replace('revision: "1"', 'revision: "2"'), encoding="utf-8")
    done = run("chart", "next", case, "--charts", charts)

    assert (done.exit_code, done.stdout) == (2, "")
    assert re.search(r"c-1.jsonl:1  E522  .*common/complaint 的 [0-9a-f]{12} 版.*--charts", done.stderr)
    verified = run("chart", "verify", case, "--charts", charts)
    assert verified.exit_code == 0
    assert "没有按流程图重走" in verified.stdout


def test_a_chart_that_the_library_does_not_have(run, charts, case):
    done = run("chart", "next", case, "--charts", charts / "demo", "--lang", "en")

    assert done.exit_code == 2
    assert "E522  there is no chart 'common/complaint', with which the case began" in done.stderr
