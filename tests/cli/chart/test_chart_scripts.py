"""`guiju chart run --script`."""

import json
import re

from permit import COMPLAINT


def test_a_script_tells_every_step(run, script):
    done = run("chart", "run", "complaint", "--script", script(COMPLAINT))

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "投诉举报处理（common/complaint，版本 1）",
        "",
        "“举报一例”（complaint_handling = 15 工作日）",
        "2024-04-28  提出举报（file）：未开启 → 已提出举报",
        "            举报人；团优九；源文件未写，平台默认",
        "            给出 举报内容 = 以团体标准名义收费",
        "2024-04-28  核查属实（confirm）：没有办成",
        "            stage  现在是“已提出举报”；“核查属实”只能在“举报核查中”时办理（团优九）",
        "              怎样才行：先到达“举报核查中”",
        "            （案例正是这样预期的）",
        "2024-04-29  受理举报（accept）：已提出举报 → 举报核查中",
        "            举报处理人；团优九；源文件未写，平台默认",
        "            期限“举报核查期限”至 2024-05-22（团优九）；过期：登记在案"]


def test_a_step_that_is_refused_against_expectation(run, script):
    done = run("chart", "run", "complaint", "--lang", "en",
               "--script", script(COMPLAINT.replace(", refused: stage", "")))

    assert done.exit_code == 1
    assert re.search(r"confirm the complaint \(confirm\): refused\n +stage  .*\n.*\(团优九\)\n"
                     r" +what would lift it: reach ", done.stdout)
    assert "not as expected: " in done.stdout


def test_a_step_that_is_let_against_expectation(run, script):
    text = COMPLAINT.replace("do: accept,", "do: accept, refused: role,")

    assert "应被拒绝（role），却办成了" in run("chart", "run", "complaint", "--script", script(text)).stdout


def test_automatic_moves_bans_and_marks_are_told_where_they_happen(run, charts, script):
    path = script("""
- name: 逾期
  round: spring
  walk:
    - {on: 2024-03-01, do: ask, give: {用房面积: 80 平方米}}
    - {on: 2024-03-04, do: show}
""")
    done = run("chart", "run", "permit", "--charts", charts, "--script", path)

    assert done.exit_code == 1
    assert "另一种读法：“面积下限”读作“60" in done.stdout
    done = run("chart", "run", "permit", "--charts", charts, "--script", path, "--set", "area=60 平方米")
    assert "guard  " not in done.stdout
    assert "decision  须由人裁量：一般应有余量（第三条）" in done.stdout

    done = run("chart", "run", "permit", "--charts", charts, "--script", charts / "demo" / "permit" / "cases.yaml",
               "--as-of", "2024-05-01")
    assert "2024-04-08  看：已终止，已终结（自 2024-04-08 起）" in done.stdout
    assert done.stdout.splitlines()[-1] == "  禁限：一年内不得申请，2024-04-08 – 2025-04-08（第四条）"


def test_a_script_may_go_on_from_a_timeline_of_the_chart(run, charts, script):
    done = run("chart", "run", "permit", "--charts", charts, "--script", script("""
- name: 逾期之后
  continues: 逾期未整改，系统终止
  walk:
    - {on: 2024-04-09, do: mended, refused: stage}
"""))

    assert done.exit_code == 0
    assert "2024-03-05  责令整改（mend）：公示中 → 整改中" in done.stdout


def test_a_script_for_programs(run, script):
    done = run("chart", "run", "complaint", "--json", "--script", script(COMPLAINT))
    told = json.loads(done.stdout)
    filed, refused, accepted = told["walks"][0]["steps"]

    assert (told["contract"], told["chart"]["id"], told["walks"][0]["as_expected"]) == (1, "common/complaint", True)
    assert filed["events"][0]["given"] == {"举报内容": "以团体标准名义收费"}
    assert filed["events"][0]["before"] is None
    assert [r["code"] for r in refused["refusal"]["reasons"]] == ["stage"]
    assert accepted["events"][0]["begins"][0] == {
        "kind": "term", "id": "complaint_term", "label": {"zh": "举报核查期限", "en": "time to settle the complaint"},
        "end": "2024-05-22", "then": ["register"], "thread": "", "clauses": [], "unknown_years": [],
        "overdue": False}
