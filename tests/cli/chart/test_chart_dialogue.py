"""`guiju chart run`: lines typed in, to the end of a case."""

import json
import re

import pytest
from permit import COMPLAINT, FILED


def test_a_complaint_is_walked_to_its_end(run):
    done = run("chart", "run", "complaint", "--as-of", "2024-04-28",
               typed=FILED + "1\n2024-04-29\n1\n2024-05-06\n收费属实\n")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "2024-04-28  还没有开启\n  1. 备齐可办  提出举报（file）  举报人  团优九\n" in done.stdout
    assert "2024-05-06  核查属实（confirm）：举报核查中 → 属实\n" in done.stdout
    assert done.stdout.endswith("已经终结。\n3 条记录没有存。\n到此为止。\n")


def test_the_dialogue_in_english(run):
    done = run("chart", "run", "complaint", "--as-of", "2024-04-28", "--lang", "en", typed="1\n\n收费\n\nyes\n\nq\n")

    assert "what is reported (text)> 收费\n" in done.stdout
    assert "the complainant gave a name (yes/no; Enter to skip)> " not in done.stdout.split("yes\n")[1]
    assert "2024-04-28  file a complaint (file): not open → complaint filed\n" in done.stdout
    assert "1. ready  take on the complaint (accept)  handler of the complaint  团优九\n" in done.stdout


def test_what_can_not_be_read_is_asked_again(permit):
    done = permit("1\n昨天\n2024-09-26\n3\n2\n很大\n300 平方米\n丙\n乙\n\nq\n")

    assert re.search(r"E114  .*\n     日期 \[2024-09-02\]> 2024-09-26\n", done.stdout)
    assert "请填 1 到 2\n" in done.stdout
    assert re.search(r"用房面积（数，单位 平方米）> 很大\n     E\d+ ", done.stdout)
    assert re.search(r"等级（甲、乙；回车跳过）> 丙\n     E111 ", done.stdout)
    assert re.search(r"\n +代理机构；第一条\n +给出 用房面积 = 300 平方米；等级 = 乙\n +交来 书面申请\n", done.stdout)


def test_a_fact_that_must_be_given(permit):
    done = permit("1\n\n\n\nc\nq\n")

    assert "这一项必须给出；不办这一步就输入 c" in done.stdout
    assert "没有存" not in done.stdout


def test_papers_are_asked_for_and_may_be_files(permit, tmp_path):
    paper = tmp_path / "申请.pdf"
    paper.write_bytes(b"abc")
    path = tmp_path / "p.jsonl"
    done = permit(f"1\n\n\n300 平方米\n\nn\n1\n\n\n300 平方米\n\n/nowhere\n{paper}\nq\n", "--case", path)

    assert "documents  缺少“书面申请”（第一条）\n              怎样才行：交来“书面申请”\n" in done.stdout
    assert "读不到文件“/nowhere”" in done.stdout
    assert json.loads(path.read_text("utf-8"))["documents"] == [
        {"name": "书面申请", "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}]


def test_a_principle_asks_for_a_written_reason(permit):
    asked = "1\n\n\n120 平方米\n\n\n"
    left = permit(asked + "1\n\n\nq\n")
    gone = permit(asked + "1\n\n布局合理\nq\n")

    assert "要写明理由：须由人裁量：一般应有余量（第三条）" in left.stdout
    assert "公示（show）：没有办成\n            decision  " in left.stdout
    assert "            裁量理由（roomy）：布局合理\n            产生 公示文本\n" in gone.stdout
    assert "            主管部门（某市市场监管局）；第三条\n" in gone.stdout


def test_what_can_not_be_done_yet_says_why_and_until_when(permit):
    done = permit("1\n2024-09-26\n\n300 平方米\n\n\n1\n2024-09-27\n1\n2024-09-29\nq\n")

    assert re.search(r"1\. 还不能  发证（grant）  主管部门  第一条\n       要给出：条件属实\n.*\n"
                     r"       notice  .*（第三条）；公示期满后再办\n", done.stdout)
    assert "  2024-10-10  公示  还有 13 天  许可公示；第三条\n" in done.stdout
    assert "3. 备齐可办  公示异议·提出异议（objection:raise）  公众  第三条\n" in done.stdout
    assert "2024-09-29  发证（grant）：没有办成\n            notice  " in done.stdout


def test_an_objection_runs_beside_the_case(permit):
    shown = "1\n2024-09-26\n\n300 平方米\n\n\n1\n2024-09-27\n"
    done = permit(shown + "objection:raise\n2024-09-29\n面积不实\n\n\n1\n2024-10-10\n是\nq\n")

    assert re.search(r"公示异议#1·提出异议（objection#1:raise）：未开启 → 已提出异议\n +公众；第三条", done.stdout)
    assert "  公示异议#1：已提出异议\n" in done.stdout
    assert "objection  公示异议还有 1 件未办结（第 1 件）（第三条）" in done.stdout


def test_dates_history_and_help(permit):
    shown = "1\n2024-09-26\n\n300 平方米\n\n\n1\n2024-09-27\n2\n2024-09-29\n"
    done = permit(shown + "d\nd 2024-11-01\nd 2024-01-01\nd x\nh\n?\nxyz\nq\n")

    assert "  2024-10-29  期限  还有 30 天  整改期限；过期：逾期终止；第四条\n> d 2024-11-01\n" in done.stdout
    assert "2024-11-01  已终止，已终结（自 2024-10-30 起）\n现在没有可以办的。\n" in done.stdout
    assert "早于上一步（2024-09-29）" in done.stdout
    assert "E114" in done.stdout
    assert done.stdout.count("2024-09-27  公示（show）：已申请 → 公示中\n") == 2
    assert "q  结束（有案件文件的存回）；q! 结束不存" in done.stdout
    assert "没有“xyz”这一项；输入 ? 看说明" in done.stdout


def test_a_move_after_an_automatic_one_tells_both(permit):
    shown = "1\n2024-09-26\n\n300 平方米\n\n\n1\n2024-09-27\n2\n2024-09-29\n"
    done = permit(shown + "1\n2024-11-01\nq\n")

    assert "2024-11-01  整改完成（mended）：没有办成\n            stage  现在是“已终止”，已经终结" in done.stdout


@pytest.mark.parametrize("typed", ["", "1\n", "1\n2024-09-26\n1\n", "?\nh\nd\ns\n"])
def test_the_end_of_input_ends_politely(permit, typed):
    done = permit(typed)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.endswith("到此为止。\n")


def test_a_case_is_saved_and_gone_on_with(run, tmp_path):
    path = tmp_path / "c-7.jsonl"
    first = run("chart", "run", "complaint", "--case", path, "--as-of", "2024-04-28", typed=FILED)
    kept = path.read_text("utf-8")
    second = run("chart", "run", "complaint", "--case", path, typed="1\n\ns\n1\n2024-05-06\n属实\n")

    assert re.search(r"已存 \S+c-7.jsonl：1 条记录，末条摘要 [0-9a-f]{64}\n", first.stdout)
    assert "案件 c-7\n" in second.stdout
    assert "2024-04-28  已提出举报（自 2024-04-28 起）" in second.stdout
    assert path.read_text("utf-8").startswith(kept)
    assert path.read_text("utf-8").count("\n") == 3
    assert [p.name for p in tmp_path.iterdir()] == ["c-7.jsonl"]


def test_leaving_without_saving(run, tmp_path):
    path = tmp_path / "c.jsonl"
    done = run("chart", "run", "complaint", "--case", path, "--as-of", "2024-04-28", typed=FILED + "q!\n")

    assert "1 条记录没有存。" in done.stdout
    assert not path.exists()


def test_a_file_that_holds_something_else_stays(run, tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("not a case\n", encoding="utf-8")
    done = run("chart", "run", "complaint", "--as-of", "2024-04-28", typed=FILED + f"s\ns {other}\nq\n")

    assert "写明文件名：s 文件" in done.stdout
    assert "E526" in done.stdout
    assert other.read_text("utf-8") == "not a case\n"


def test_a_script_never_overwrites_another_case(run, case, script):
    kept = case.read_bytes()
    again = run("chart", "run", "complaint", "--script", script(COMPLAINT), "--case", case)
    done = run("chart", "run", "complaint", "--script", script(COMPLAINT.replace("收费", "敛财")), "--case", case)

    assert again.exit_code == 0
    assert (done.exit_code, done.stdout) == (2, "")
    assert "E526" in done.stderr
    assert case.read_bytes() == kept


def test_facts_of_a_file_come_with_the_first_move(permit, tmp_path):
    facts = tmp_path / "facts.yaml"
    facts.write_text("用房面积: 300 平方米\n注册地: 120101\n", encoding="utf-8")
    done = permit("1\n\n\n\n\nq\n", "--facts", facts)

    assert "用房面积（" not in done.stdout
    assert re.search(r"给出 用房面积 = 300 平方米；\S+ = 120101\n", done.stdout)
