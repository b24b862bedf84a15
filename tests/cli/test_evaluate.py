"""What `guiju evaluate` prints, and with which exit status."""

import json
import re

import pytest
from organisations import BEIJING, TIANJIN, TIBET

from guiju.cli.layout import width


def test_a_fixed_grant_is_told_with_its_clauses_and_what_each_limit_took(run):
    done = run("evaluate", TIANJIN, "-p", "tianjin")

    assert done.exit_code == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == ("天津市标准化资助项目与资金管理办法（试行）"
                        "          2021-08-30 至 2024-08-29 有效 · 按 2024-05-20 计")
    assert lines[1] == "可得 60 万元（定额）"
    assert re.search(r"第七条 +制修订标准：国家标准·制定·主导 +7 项 × 8 万元 → 5 项 +40 万元", done.stdout)
    assert "同类标准一年至多五项 −8 万元（第十五条）" in done.stdout
    assert re.search(r"第十条 +国家标准化试点示范：国家级 +1 项 × 7 万元 +–", done.stdout)
    assert "一年至多两类 −7 万元（第十五条）" in done.stdout


def test_a_row_that_gets_nothing_is_named_with_the_reason_and_the_clause(run):
    assert re.search(r"第七条 +不予资助 GB/T 90107-2023：", run("evaluate", TIANJIN, "-p", "tianjin").stdout)


ZHENGZHOU = """
注册地: "410105"
单位类型: 事业单位
申报日: 2021-06-01
其余记录: 无
标准:
  - {编号: GB/T 1, 级别: 国家标准, 制修订: 制定, 位次: 1, 发布日期: 2020-05-01, 已批准发布: 是%s}
"""


def test_of_a_row_that_another_benefit_pays_for_no_table_is_said_not_to_fit(run, facts):
    done = run("evaluate", facts(ZHENGZHOU % ""), "-p", "henan/zhengzhou-quality-policy-2019")

    assert done.stdout.splitlines()[1] == "可得 100 万元（定额）"
    assert "不予资助" not in done.stdout


def test_what_another_benefit_pays_for_is_refused_under_the_name_of_this_one(run, facts):
    done = run("evaluate", facts(ZHENGZHOU % ", 自有知识产权转化: 是"), "-p", "henan/zhengzhou-quality-policy-2019")

    assert done.stdout.splitlines()[1] == "可得 100 万元（定额）"
    assert re.search(r"第十条 +自有知识产权转化追加.*：不含 GB/T 1：企业以自有知识产权转化", _joined(done.stdout))


def test_a_row_that_no_table_fits_is_named_once(run, facts):
    text = ZHENGZHOU.replace("国家标准", "企业标准") % ""
    done = run("evaluate", facts(text), "-p", "henan/zhengzhou-quality-policy-2019")

    assert done.stdout.count("价目表中没有对应的一格") == 1


def test_both_readings_of_an_ambiguity_stand_side_by_side(run):
    text = _joined(run("evaluate", TIANJIN, "-p", "tianjin").stdout)

    assert "按“同一标准归一”：60 万元（定额）；另读“同年主导合计一项”：20 万元（定额）" in text
    assert "第七条，A-TJ-7" in text


def test_a_ceiling_is_called_a_ceiling(run):
    assert "可申请，至多 130 万元（上限，实际由评审定）" in run("evaluate", BEIJING, "-p", "beijing").stdout


def test_an_unmet_principle_goes_to_a_person_with_both_numbers(run):
    text = _joined(run("evaluate", BEIJING, "-p", "laboratory").stdout)

    assert "需人工裁量：申报条件" in text
    assert "要求 科研用房面积 ≥ 3000 平方米；现为 2860 平方米（不动产权证与平面图）" in text
    assert "由人裁量" in text


def test_several_goals_stand_each_with_outcome_score_and_reasons(run):
    text = _joined(run("evaluate", TIANJIN, "-p", "sme").stdout)

    assert "符合：创新型中小企业（80 / 100 分）" in text
    assert re.search(r"不可计算 +专精特新中小企业 +57–72 / 100 分", text)
    assert re.search(r"不符合 +专精特新“小巨人”企业", text)
    assert "✗ 专精特新资格有效" in text


def test_missing_facts_are_counted_and_the_first_are_named(run):
    text = run("evaluate", TIBET, "-p", "laboratory").stdout

    assert "尚缺事实：申报条件" in text
    assert re.search(r"尚缺事实 +仪器设备现值、", text)
    assert "guiju ask" in text


def test_without_a_choice_all_policies_are_answered_and_those_of_other_regions_take_one_line(run):
    text = run("evaluate", TIANJIN).stdout

    assert [t in text for t in ("天津市标准化资助", "优质中小企业梯度培育", "国家质量标准实验室")] == [True] * 3
    assert "– 实施首都标准化战略补助资金管理办法：地区不适用，限北京市的单位" in text


def test_an_expired_policy_takes_one_line_unless_it_is_asked_for(run, facts):
    path = facts(without=("申报日",), more="申报日: 2025-03-01")

    assert "– 天津市标准化资助项目与资金管理办法（试行）：已于 2024-08-29 失效（第三十三条）" in run(
        "evaluate", path).stdout
    named = run("evaluate", path, "-p", "tianjin")
    assert (named.exit_code, named.stdout.splitlines()[1]) == (0, "2024-08-29 已失效（第三十三条）")


def test_a_policy_of_the_future_takes_one_line_unless_it_is_asked_for(run, facts):
    text = run("evaluate", facts()).stdout

    assert "– 优质中小企业梯度培育管理暂行办法：2022-08-01 起施行，2022-06-01 尚未生效（第二十三条）" in text


PILOTS = """
注册地: "110105"
申报日: 2024-03-01
资金申报材料齐全: 是
资金申报材料真实: 是
合规记录: []
标准: []
标准化服务: []
海外示范: []
技术组织: []
判定记录: {判定人: 专家组, 日期: 2024-02-01, 依据: 评审意见}
试点示范:
  - {项目编号: A, 级别: 国家级, 国家另有资金规定: 是, 主要目的: 服务业发展, 国家标准化部门下达: 是, 市局申报并组织: 是,
     在支持清单内: 是, 通过验收评估: 是, 已获市级财政支持: 否}
  - {项目编号: B, 级别: 市级, 主要目的: 服务业发展, 实际费用: 12345.67 元, 在支持清单内: 是, 通过验收评估: 是}
"""


def test_what_is_fixed_elsewhere_or_not_yet_sure_is_told_as_such(run, facts):
    text = run("evaluate", facts(PILOTS), "-p", "beijing").stdout

    assert text.splitlines()[1] == "可申请，至多 12 345.67 元（上限，实际由评审定）；另有 1 项金额另有规定"
    assert re.search(r"第十七条\(一\) +试点示范补助：国家级·国家另有资金 +1 项 +另有规定", text)
    assert re.search(r"第十七条\(三\) +试点示范补助：省级、市级 +1 项 × 15 万元 +至多 12 345.67 元", text)
    assert "能否算上，尚缺事实；不超过实际费用 −137 654.33 元" in text
    assert re.search(r"尚缺事实 +.*试点示范·已获市级财政支持（第 2 条）", _joined(text))


def test_records_that_are_not_given_leave_the_amount_open(run, facts):
    done = run("evaluate", facts(without=("标准:", "  - {", "     已"), more=""), "-p", "tianjin")

    assert re.fullmatch(r"尚缺事实；(至多 \d+ 万元|上限要等记录补齐)", done.stdout.splitlines()[1])
    assert re.search(r"尚缺事实 +标准\n", done.stdout)


def test_a_refusal_gives_the_requirement_the_value_and_the_clause(run, facts):
    done = run("evaluate", facts(without=("单位类型",), more="单位类型: 机关"), "-p", "tianjin")

    assert "不符合，不予资助" in done.stdout
    assert re.search(r"第二条 +✗ 属三类单位：要求 单位类型 属于 企业、事业单位、社会组织；现为 机关",
                     _joined(done.stdout))


def test_a_ban_is_told_with_its_last_day(run, facts):
    banned = facts(without=("违规记录",), more="违规记录:\n"
                   "  - {种类: 骗取资金, 办法: 天津标准化资助, 发现日期: 2020-03-01}")

    text = run("evaluate", banned, "-p", "tianjin").stdout

    assert re.search(r"禁申 +骗取资金五年禁申，到 2025-03-01（含当日）（第二十九条）", text)
    assert re.search(r"✗ 骗取资金五年禁申：现为? ", text)


def test_a_reading_can_be_set_by_id_by_name_and_for_one_policy(run):
    for setting in ("multipart=同年主导合计一项", "若干部分的读法=同年主导合计一项",
                    "tianjin:multipart=同年主导合计一项"):
        assert "可得 20 万元（定额）" in run("evaluate", TIANJIN, "-p", "tianjin", "--set", setting).stdout


def test_a_setting_reaches_the_policies_that_know_it(run):
    assert "可得 20 万元（定额）" in run("evaluate", TIANJIN, "--set", "multipart=同年主导合计一项").stdout


def test_what_is_presumed_is_listed(run, facts):
    done = run("evaluate", facts(without=("资金申报材料",)), "-p", "tianjin", "--presume")

    assert "可得 8 万元（定额）" in done.stdout
    assert re.search(r"推定 +", done.stdout)


def test_the_day_is_the_application_date_unless_another_is_given(run, facts):
    path = facts()

    assert "按 2022-06-01 计" in run("evaluate", path, "-p", "tianjin").stdout
    assert "按 2022-07-15 计" in run("evaluate", path, "-p", "tianjin", "--as-of", "2022年7月15日").stdout


def test_what_became_known_later_is_left_out(run, facts):
    path = facts(without=("单位类型",), more="单位类型: {值: 企业, 知悉日: 2022-06-20}")

    assert "可得 8 万元" in run("evaluate", path, "-p", "tianjin").stdout
    assert "尚缺事实" in run("evaluate", path, "-p", "tianjin", "--known-at", "2022-06-10").stdout


def test_how_numbers_were_read_is_said_once(run):
    text = run("evaluate", TIANJIN).stdout

    assert text.count("“１８６ 人”读作 186 人") == 1


def test_the_same_input_gives_the_same_page(run):
    assert run("evaluate", TIANJIN).stdout == run("evaluate", TIANJIN).stdout


@pytest.mark.parametrize("columns", [48, 60, 80, 100, 200])
@pytest.mark.parametrize("path", [TIANJIN, BEIJING, TIBET])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_page(run, monkeypatch, path, columns, lang):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run("evaluate", path, "--lang", lang).stdout.splitlines()

    assert lines
    assert [line for line in lines if width(line) > min(columns, 100)] == []


def test_columns_align_though_characters_are_wide(run):
    lines = [line for line in run("evaluate", TIANJIN, "-p", "tianjin").stdout.splitlines() if " 项 × " in line]
    counts = {width(line[:re.search(r"\d+ 项 ×", line).start()]) for line in lines}
    amounts = {width(line) for line in lines}

    assert len(lines) == 4
    assert len(counts) == 1
    assert len(amounts) == 1


def test_english_has_no_chinese_headings(run):
    text = run("evaluate", TIANJIN, "--lang", "en").stdout
    chinese = ["可得", "不符合", "不可计算", "满足", "尚缺", "歧义", "原则", "收据", "读入", "有效", "万元", "依据"]

    assert "Payable: 600 000 yuan (fixed)" in text
    assert "art. 7" in text
    assert [w for w in chinese if w in text] == []


def test_the_environment_can_choose_the_language(run, monkeypatch):
    monkeypatch.setenv("GUIJU_LANG", "en")

    assert "Payable: 600 000 yuan" in run("evaluate", TIANJIN, "-p", "tianjin").stdout
    assert "可得 60 万元" in run("evaluate", TIANJIN, "-p", "tianjin", "--lang", "zh").stdout


def test_json_and_text_tell_the_same_amount(run):
    done = run("evaluate", TIANJIN, "-p", "tianjin", "--json")

    assert json.loads(done.stdout)["policies"][0]["amount"] == {
        "kind": "exact", "low_fen": 60_000_000, "high_fen": 60_000_000}


def _joined(text: str) -> str:
    """The text without the breaks that wrapping put in."""
    return re.sub(r"\n +", "", text)


def test_the_command_that_leads_on_can_be_run_as_it_stands(run):
    shown = run("evaluate", TIANJIN).stdout
    command = re.search(r"逐条依据：guiju (explain .+ -p \S+)", " ".join(shown.split()))

    assert command
    proof = run(*command[1].split())
    assert proof.exit_code == 0
    assert proof.stdout.splitlines()[0].split("  ")[0] == shown.splitlines()[0].split("  ")[0]


def test_what_a_condition_reads_beside_others_stands_by_its_name(run):
    text = run("evaluate", TIANJIN, "-p", "national/standard-leaders-2018").stdout

    assert re.search(r"取消称号三年禁入：现 申报日 = 2024-05-20", text)
