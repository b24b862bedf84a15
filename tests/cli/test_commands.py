"""The other commands: explain, improve, policies, show, template, receipt, check, test, tour, help."""

import re
import shutil

import openpyxl
import pytest
from organisations import BEIJING, TIANJIN, TIBET

from guiju.cli.layout import width
from guiju.cli.main import COMMANDS
from guiju.language.library import POLICIES

TIANJIN_FUND = POLICIES / "tianjin" / "standardisation-fund-2021"


def test_explain_shows_conditions_values_sources_and_judges(run):
    text = run("explain", TIANJIN, "-p", "tianjin").stdout

    assert "标准化资助：符合" in text
    assert re.search(r"├─ 在本市注册登记  满足 +第二条\n", text)
    assert "注册地 = 天津市滨海新区" in text
    assert "资金申报材料齐全 = 是（单位自查表）" in text
    assert "无其他违法情形 = 是（区市场监管局 2024-05-22 判定，依据 初审意见）" in text


def test_explain_gives_the_calculated_value_and_the_score_by_indicator(run):
    text = run("explain", TIANJIN, "-p", "sme", "--goal", "innovative").stdout

    assert re.search(r"总分 60 分以上  满足 .*\n.*要求 创新型评价得分 ≥ 60 分\n.*现为 80 分", text)
    assert "创新型评价得分：80 / 100 分" in text
    assert "专精特新“小巨人”" not in text


def test_explain_a_refusal_names_only_what_refuses(run, facts):
    text = run("explain", facts(without=("单位类型",), more="单位类型: 机关"), "-p", "tianjin").stdout

    assert "└─ 属三类单位  不满足" in text
    assert "在本市注册登记" not in text


def test_explain_an_unknown_goal(run):
    done = run("explain", TIANJIN, "-p", "sme", "--goal", "innovativ")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E132" in done.stderr
    assert "innovative" in done.stderr


def test_explain_out_of_force(run):
    assert "2024-08-29 已失效" in run("explain", TIANJIN, "-p", "tianjin", "--as-of", "2025-01-01").stdout


def test_improve_names_the_change_and_what_comes_of_it(run):
    text = run("improve", BEIJING, "-p", "laboratory").stdout

    assert re.search(r"1\. +科研用房面积：2860 平方米 → 3000 平方米 +→ 符合", text)


@pytest.mark.parametrize("words", [("多 1 项标准：制修订标准（国际标准·制定·主导）", "+20 万元，共 80 万元"),
                                   ("多 1 项领跑者：企业标准领跑者（国家级）", "至多 +6 万元，共 60 万元 至 66 万元")])
def test_a_step_that_brings_money_is_told_alike_by_evaluate_and_improve(run, words):
    for command in ("evaluate", "improve"):
        text = " ".join(run(command, TIANJIN, "-p", "tianjin").stdout.split()).replace(" ", "")
        assert " → ".join(words).replace(" ", "") in text, command


def test_improve_in_english(run):
    text = run("improve", BEIJING, "-p", "laboratory", "--lang", "en").stdout

    assert re.search(r"1\. +research floor area: 2860 .* → 3000 .*→ eligible", text)


def test_policies_are_listed_with_their_force(run):
    lines = run("policies").stdout.splitlines()

    folders = sorted(path.parent.relative_to(POLICIES).as_posix() for path in POLICIES.rglob("policy.yaml"))
    assert [line.split()[0] for line in lines if "/" in line] == folders
    assert "2024-08-29 已失效" in lines[-2]


@pytest.mark.parametrize("policy", ["tianjin", "beijing", "sme", "laboratory"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_policy_can_be_shown(run, policy, lang):
    done = run("show", policy, "--clauses", "--lang", lang)

    assert (done.exit_code, done.stderr) == (0, "")
    assert max(map(width, done.stdout.splitlines())) <= 100
    assert "None" not in done.stdout


def test_show_gives_prices_limits_readings_and_duties_with_their_clauses(run):
    text = run("show", "tianjin").stdout

    assert re.search(r"第七条 +国家标准·制定\S* +8 万元", text)
    assert re.search(r"第十五条 +同类标准一年至多五项：每组取最高 5 项", text)
    assert "默认“同一标准归一”；另读“同年主导合计一项”" in text
    assert re.search(r"程序 +市市场监管委每年上半年发布申报通知（第十七条）", text)
    assert "条款索引" not in text


def test_show_says_what_a_condition_is_confined_to_and_how_an_amount_is_calculated(run):
    text = run("show", "huangpu").stdout

    assert "适用范围含本区" in text
    assert "只限：级别 属于 地方标准、团体标准" in text
    assert re.search(r"第九条\(五\) +国际与大湾区活动资助 +min\(30% \* 实际费用, 100 万元\)", text)
    assert "减去：升级只补差额" in text


def test_show_names_what_a_policy_amends_and_whose_clause_is_cited(run):
    text = run("show", "taizhou").stdout

    bases = ["江苏省企业标准“领跑者”制度实施方案（jiangsu/standard-leaders-2018）",
             "关于实施企业标准“领跑者”制度的意见（national/standard-leaders-2018）"]
    assert re.findall(r"在此之上 +(\S+)", text) == bases
    assert re.search(r"严于国家标准、行业标准（人工判定） +84号四\(四\)", text)
    assert re.search(r"标准已实施一年以上 +泰三\(二\)", text)


def test_show_gives_scores_with_their_tiers(run):
    text = run("show", "sme").stdout

    assert "创新型评价得分（满分 100）" in text
    assert re.search(r"创新型研发费用占比得分 +20 +>= 5% → 20；", text)


def test_a_template_states_nothing_and_holds_only_what_is_read(run, tmp_path):
    text = run("template", "tianjin").stdout
    (tmp_path / "blank.yaml").write_text(text, encoding="utf-8")

    assert "申报通知截止日:" in text
    assert "科研用房面积" not in text
    assert "实际费用" not in text
    assert "尚缺事实" in run("evaluate", tmp_path / "blank.yaml", "-p", "tianjin", "--as-of", "2022-06-01").stdout


@pytest.mark.parametrize("columns", [48, 80, 100])
def test_an_identifier_is_whole_at_any_width(run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run("policies").stdout.splitlines()

    assert [p.parent.name for p in POLICIES.glob("*/*/policy.yaml")
            if not any(line.startswith(f"{p.parent.parent.name}/{p.parent.name}") for line in lines)] == []
    assert [line for line in lines if width(line) > columns] == []


def test_a_template_for_several_policies(run):
    text = run("template", "tianjin", "laboratory").stdout

    assert "申报通知截止日:" in text
    assert "科研用房面积:" in text


def test_a_workbook_goes_out_blank_and_comes_back_filled(run, tmp_path):
    path = tmp_path / "facts.xlsx"
    done = run("template", "tianjin", "--output", path)
    assert "10 类记录" in done.stdout

    book = openpyxl.load_workbook(path)
    facts = {"单位类型": "企业", "注册地": "120104", "申报日": "2022-06-01", "提交日": "2022-05-01",
             "申报通知截止日": "2022-06-30", "资金申报材料齐全": "是", "资金申报材料真实": "是"}
    sheet = book["事实"]
    for row in range(2, sheet.max_row + 1):
        name = sheet.cell(row, 1).value
        if name in facts:
            sheet.cell(row, 3, facts[name])
        if name == "无其他违法情形":
            for column, value in ((3, "是"), (8, "市局"), (9, "2022-05-20"), (10, "初审意见")):
                sheet.cell(row, column, value)
    _fill(book["标准"], [
        {"编号": "GB/T 1-2021", "级别": "国家标准", "制修订": "制定", "位次": "1", "发布日期": "2021-05-01",
         "已批准发布": "是", "已获市级财政支持": "否"}])
    for name in ("合规记录", "违规记录", "奖项", "技术组织", "试点示范", "领跑者", "领跑者评估", "境外采信",
                 "标准化会议"):
        book[name].cell(2, 1, "无")
    book.save(path)

    done = run("evaluate", path, "-p", "tianjin")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == "可得 8 万元（定额）"


def _fill(sheet, rows):
    columns = {sheet.cell(1, c).value: c for c in range(1, sheet.max_column + 1)}
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            sheet.cell(number, columns[name], value)


@pytest.mark.parametrize("output", ["facts.docx", "nowhere/facts.yaml", "nowhere/facts.xlsx"])
def test_a_template_that_can_not_be_written(run, tmp_path, output):
    done = run("template", "tianjin", "-o", tmp_path / output)

    assert (done.exit_code, done.stdout) == (2, "")
    assert output in done.stderr


def test_a_receipt_holds_until_a_fact_changes(run, facts):
    path = facts()
    number = re.search(r"收据 +(\w{16})", run("evaluate", path, "-p", "tianjin").stdout)[1]

    held = run("receipt", number, path)
    assert (held.exit_code, "成立：" in held.stdout) == (0, True)
    changed = run("receipt", number, facts(without=("提交日",), more="提交日: 2022-05-02"))
    assert (changed.exit_code, "不成立：" in changed.stdout) == (1, True)


@pytest.fixture
def library(tmp_path):
    """A copy of the Tianjin fund, to break."""
    shutil.copytree(TIANJIN_FUND, tmp_path / "policies" / "tianjin" / TIANJIN_FUND.name)
    return tmp_path / "policies"


def _edit(library, file, old, new):
    path = library / "tianjin" / TIANJIN_FUND.name / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_check_names_the_file_and_the_line(run, library):
    _edit(library, "applicants.yaml", "注册地 under 12", "注册点 under 12")
    done = run("check", library)

    assert done.exit_code == 1
    assert re.search(r"applicants\.yaml:\d+:\d+  E\d+  .*注册地", done.stdout)


def test_check_takes_the_folder_of_one_policy(run, library):
    done = run("check", library / "tianjin" / TIANJIN_FUND.name)

    assert (done.exit_code, "1 个政策：0 处错误" in done.stdout) == (0, True)


@pytest.mark.parametrize(("command", "says"), [("check", "1 个政策：0 处错误"), ("test", "131 例通过")])
def test_an_installed_policy_is_named_by_its_id(run, command, says):
    done = run(command, "tianjin/standardisation-fund-2021")

    assert (done.exit_code, says in done.stdout) == (0, True)


def test_what_does_not_compile_in_a_library_is_said_by_its_test(run, library):
    shutil.copytree(library / "tianjin", library / "south")
    _edit(library, "policy.yaml", "title:", "titel:")
    done = run("test", library)

    assert (done.exit_code, "titel" in done.stderr) == (2, True)


def test_test_names_the_case_that_fails(run, library):
    _edit(library, "benefits.yaml", "| 8 万元        | 7", "| 9 万元        | 7")
    done = run("test", library)

    assert done.exit_code == 1
    assert re.search(r"cases\.yaml:\d+:\d+  E401  ", done.stdout)
    assert re.search(r"[1-9]\d* 例不符", done.stdout)


def test_test_lists_rules_without_a_case(run, library):
    _edit(library, "limits.yaml", "id: K-TJ-03\n", "id: K-TJ-99\n")
    done = run("test", library)

    assert done.exit_code == 1
    assert "K-TJ-99" in done.stdout
    assert "E406" in done.stdout


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_folder_without_policies(run, tmp_path, command):
    done = run(command, tmp_path)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E280" in done.stderr


def test_another_library_can_be_asked(run, library):
    assert "可得 60 万元" in run("evaluate", TIANJIN, "--policies", library).stdout
    assert len(run("policies", "--policies", library).stdout.splitlines()) == 2


def test_the_tour_tells_what_three_organisations_get_under_four_policies(run):
    text = run("tour").stdout

    assert text.count("━" * 100) == 6
    told = ["可得 60 万元（定额）", "至多 130 万元（上限", "需人工裁量：申报条件", "尚缺事实：申报条件", "不可计算",
            "已于 2024-08-29 失效", "地区不适用", "（虚构）"]
    assert [words for words in told if words not in text] == []


def test_the_tour_takes_another_folder_and_says_if_it_is_empty(run, tmp_path):
    assert run("tour", tmp_path).exit_code == 2
    shutil.copy(TIBET, tmp_path)
    assert "高原示例大学" in run("tour", tmp_path).stdout


def test_every_command_has_a_help_page_in_both_languages(run):
    for name in COMMANDS:
        chinese, english = run(name, "--help").stdout, run(name, "--help", "--lang", "en").stdout
        assert chinese.startswith(f"用法：guiju {name}")
        assert english.startswith(f"Usage: guiju {name}")
        assert "Options:" not in chinese
        assert not re.search(r"[\u4e00-\u9fff]", english.replace("同年主导合计一项", "")), english


def test_what_an_option_needs_and_takes_is_told_in_the_readers_language(run):
    for path in [["population", "budget"], ["population", "rank"], ["population", "synthesise"], ["serve"]]:
        chinese, english = run(*path, "--help").stdout, run(*path, "--help", "--lang", "en").stdout
        assert not re.search(r"required|default|<=x|x[<>]=", chinese), chinese
        assert "（默认" in chinese
        assert "[default: " in english
    budget = run("population", "budget", "--help").stdout
    for words in ("哪个政策（必填）", "多少名（--by quota）（至少 1）", "（默认 10；0 至"):
        assert words in budget


def test_without_a_command_the_commands_are_listed(run):
    done = run()

    assert (done.exit_code, done.stdout) == (2, "")
    assert [name for name in COMMANDS if name not in done.stderr] == []


def test_the_version_is_told(run):
    assert re.fullmatch(r"guiju \d+\.\d+\.\d+\n", run("--version").stdout)
