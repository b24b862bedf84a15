"""Types and units: what goes together, what does not, and at which column that is said."""

from collections.abc import Callable

import pytest

from guiju.language.policy import Policy

Fault = Callable[..., str]


@pytest.mark.parametrize("expression", [
    "面积 >= 3000 平方米", "面积 * 2 >= 3000 平米", "资产 >= 20 万元 + 5000 元", "资产 * 3 > 利润", "3 * 资产 > 利润",
    "资产 * 30% > 利润 / 2", "资产 / 利润 > 50%", "占比 + 5% > 增长率",
    "人数 > 30", "人数 > 30 人", "人数 / 2 > 15 人", "人数 / 分支人数 >= 50%", "mod(人数, 2) = 1 人",
    "年限 >= 3 年", "年限 + 6 月 >= 36 月", "天数 > 30 日", "专家评分 >= 60 分",
    "成立日 + 3 年 <= 申报日", "成立日 + 30 日 <= 申报日", "申报日 - 成立日 > 30 日", "成立日 < 2024-01-24",
    "years_between(成立日, 申报日) >= 2 年", "year(成立日) = 申报年度 - 1 年度", "month(成立日) <= 9",
    "级别 >= 省级", "形式 in [企业, 高校]", "级别 not in [市级]", "联合 = 上市", "联合 != (人数 > 3 人)",
    "注册地 = 120000", "注册地 under 12", "行业 = C", '行业 in ["C", "J"]', '名称 = "甲"', '名称 matches "^甲"',
    "min(资产, 利润) > 0 万元", "max(成立日, 到期日) < 申报日", "abs(利润) > 3 万元", "open(3, 5) > 4",
    "(if 联合 then 资产 else 利润) > 3 万元", "成立日 within 3 年 before 申报日 rolling",
    "成立日 within 30 日 before 申报日 rolling", "成立日 within 36 月 before 申报日 calendar",
    "count(成果) >= 3", "count(成果 where 费用 > 3 万元) >= 3", "sum(成果.费用) > 资产", "distinct(成果.系列) > 2",
    "max(成果.完成日) > 成立日", "latest(成果.完成日 where 牵头) > 成立日", "the(成果.级别) = 省级", "none(处罚)",
    "exists(成果 where 级别 = 本单位.级别)", "count(成果 where exists(奖项 where 奖金 > 费用)) > 0",
])
def test_what_goes_together(expressed: Callable[..., Policy], expression: str) -> None:
    assert expressed(expression).conditions["C"].node.type.kind == "bool"


@pytest.mark.parametrize(("expression", "place"), [
    # a condition is wanted
    ("面积",                        "1 E210"),
    ("联合 and 面积",               "8 E210"),
    ("not 面积",                    "5 E210"),
    ("count(成果 where 费用) > 0",  "16 E210"),
    ("if 面积 then 联合 else 上市", "4 E210"),
    # comparing
    ("成立日 > 3 年",               "5 E211"),
    ('面积 = "大"',                 "4 E211"),
    ("联合 = 3",                    "4 E211"),
    ("面积 >= 3000",                "4 E212"),
    ("资产 >= 20",                  "4 E212"),
    ("面积 > 资产",                 "4 E212"),
    ("年限 > 30 日",                "4 E212"),
    ("人数 > 3 项",                 "4 E212"),
    ("占比 > 0.5",                  "4 E212"),
    ("联合 and 资产 >= 20",         "11 E212"),
    ("级别 = 形式",                 "4 E213"),
    ("注册地 > 120000",             "5 E214"),
    ('名称 < "甲"',                 "4 E214"),
    ("联合 >= 上市",                "4 E214"),
    ("形式 in [企业, 级别]",        "4 E213"),
    # calculating
    ("成立日 + 成立日 > 申报日",    "5 E215"),
    ("成立日 + 3 > 申报日",         "5 E215"),
    ("成立日 - 3 万元 > 申报日",    "5 E215"),
    ("-成立日 > 申报日",            "1 E216"),
    ("联合 + 1 > 2",                "4 E216"),
    ('名称 * 2 > 3',                "4 E216"),
    ("面积 + 资产 > 0 元",          "4 E212"),
    ("资产 + 3 > 0 元",             "4 E212"),
    ("资产 * 利润 > 0 元",          "4 E217"),
    ("资产 * 面积 > 0 元",          "4 E217"),
    ("面积 / 资产 > 0",             "4 E217"),
    ("(if 联合 then 资产 else 面积) > 3 万元", "2 E212"),
    ("(if 联合 then 成立日 else 级别) > 申报日", "2 E218"),
    ("(if 联合 then 面积 else 上市) > 3 平方米", "2 E216"),
    ("max(成果.费用) + 1 万元 > 资产", "12 E219"),
    ("min(成果.位次) * 2 > 3",      "12 E219"),
    # names
    ("用地 > 3 平方米",             "1 E220"),
    ("级别 = 县级",                 "6 E221"),
    ("级别 in [市级, 县级]",        "12 E221"),
    ("级别 in [市级, 级别]",        "12 E222"),
    ("人数 in [3, 人数]",           "11 E222"),
    ("名称 under 12",               "4 E223"),
    ("注册地 under 1200000",        "5 E223"),
    ('面积 matches "甲"',           "1 E224"),
    ('名称 matches "(甲"',          "1 E224"),
    # windows
    ("成立日 within 3 年 before 申报日",           "5 E225"),
    ("成立日 within 3 年 before 申报日 sliding",   "5 E225"),
    ("成立日 within 3 年 before 申报日 级别",      "5 E225"),
    ("成立日 within 30 日 before 申报日 calendar", "12 E225"),
    ("成立日 within 18 月 before 申报日 自然年",   "12 E225"),
    ("成立日 within 3 before 申报日 rolling",      "5 E215"),
    ("面积 within 3 年 before 申报日 rolling",     "4 E211"),
    # dates
    ("year(面积) = 2020 年度",      "1 E226"),
    ("month(面积) = 9",             "1 E226"),
    ("本行.费用 > 3 万元",           "1 E220"),
    ("exists(成果 where 本行.费用 > 3 万元)", "17 E220"),
    ("years_between(成立日, 3) > 2 年", "1 E226"),
    # records
    ("count(面积) > 0",             "7 E227"),
    ("exists(3)",                   "8 E227"),
    ("sum(面积.大小) > 0",          "5 E227"),
    ("sum(成果.大小) > 0 元",       "5 E220"),
    # functions
    ("total(成果.费用) > 0 元",     "1 E230"),
    ("count() > 0",                 "1 E231"),
    ("count(成果, 奖项) > 0",       "1 E231"),
    ("min() > 0",                   "1 E231"),
    ("floor(人数, 2) > 0",          "1 E231"),
    ("floor(人数 where 联合) > 0",  "1 E231"),
    ("sum(成果.级别) > 0",          "1 E232"),
    ("max(成果.系列) > 0",          "1 E232"),
    ("sum(费用) > 0 元",            "5 E233"),
    ("sum(成果) > 0 元",            "5 E233"),
    ("mod(人数, 人数) = 0",         "9 E234"),
    ("mod(人数, 0) = 0",            "9 E234"),
    ("mod(人数, 0.5) = 0",          "9 E234"),
    ("open(5, 3) > 4",              "1 E235"),
    ("open(人数, 60) > 4",          "1 E235"),
])
def test_what_does_not_go_together(fault: Fault, expression: str, place: str) -> None:
    assert fault(expression) == place


@pytest.mark.parametrize(("expression", "sentence"), [
    ("资产 >= 20", "金额不能与纯数比较；请写出单位，例如 3000 平方米、20 万元"),
    ("面积 > 资产", "面积不能与金额比较；请写出单位，例如 3000 平方米、20 万元"),
    ("资产 * 利润 > 0 元", "金额与金额不能相乘"),
    ("成立日 + 成立日 > 申报日", "日期只能加减年、月、日"),
    ("级别 = 县级", "“县级”不是这个枚举的成员。是不是“市级”、“省级”、“国家级”？"),
    ("级 > 3 平方米", "“级”没有声明。是不是“级别”？"),
    ("summe(成果.费用) > 0 元", "没有函数“summe”。是不是“sum”？"),
    ("count(成品) > 0", "没有名为“成品”的记录。是不是“成果”？"),
    ("成立日 within 3 年 before 申报日", "窗口要写明口径：rolling、calendar，或取值为 滚动/自然年 的参数"),
])
def test_a_fault_says_how_to_mend_it(mistakes: Callable[[str], list[str]], expression: str, sentence: str) -> None:
    (found,) = mistakes(f"conditions:\n- id: C\n  require: {expression}\n")

    assert found.split(" ", 2)[2] == sentence


@pytest.mark.parametrize(("expression", "node"), [
    ("1 > 2", "const(8)"), ("1 + 2 * 3 = 7", "const(0)"), ("2 < 1 or 联合", "fact('joint')"),
    ("not not 联合", "fact('joint')"), ("联合 and 联合", "fact('joint')"), ("联合 and 1 > 2", "const(8)"),
    ("2020-02-29 + 1 年 = 2021-02-28", "const(0)"), ("2020-01-31 + 1 月 = 2020-02-29", "const(0)"),
    ("2020-03-31 - 1 月 = 2020-02-29", "const(0)"), ("2020-12-31 - 2020-01-01 = 365 日", "const(0)"),
    ("if 1 > 2 then 联合 else 上市", "fact('listed')"), ("形式 in [企业]", "eq(fact('form'), const(0))"),
    ("0.1 + 0.2 = 0.3", "const(0)"),
])
def test_what_is_constant_is_worked_out(expressed: Callable[..., Policy], expression: str, node: str) -> None:
    assert repr(expressed(expression).conditions["C"].bare) == node
