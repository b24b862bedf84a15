"""The grammar: every form of an expression as its tree, and every fault with its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.language.expression import syntax as s
from guiju.language.expression.parser import parse
from guiju.language.expression.tokens import tokenize
from guiju.source.diagnostics import GuijuError, Span
from guiju.vocabulary import Vocabulary, load_vocabulary

START = Span("x.yaml", 1, 1)


def tree(e: s.Expression) -> str:
    """An expression with a bracket for every operation."""
    match e:
        case s.Number(value=value, unit=unit):
            return f"{value}{unit}"
        case s.Truth(value=value):
            return str(value)
        case s.Date(value=date):
            return f"{date:%Y/%m/%d}"
        case s.TextLiteral(value=text):
            return f"'{text}'"
        case s.Word(text=text, owner=owner):
            return f"{owner}.{text}" if owner else text
        case _:
            return operation(e)


def operation(e: s.Expression) -> str:
    match e:
        case s.Unary(op=op, operand=a):
            return f"({op} {tree(a)})"
        case s.Binary(op=op, left=a, right=b):
            return f"({tree(a)} {op} {tree(b)})"
        case s.Membership(subject=a, choices=choices, negated=negated):
            return f"({tree(a)} {'not in' if negated else 'in'} {' '.join(map(tree, choices))})"
        case s.Under(subject=a, prefix=prefix):
            return f"({tree(a)} under {prefix})"
        case s.Matches(subject=a, pattern=pattern):
            return f"({tree(a)} matches {pattern})"
        case s.Within(subject=a, length=length, anchor=anchor, kind=kind):
            return f"({tree(a)} within {tree(length)} before {tree(anchor)} {kind or '?'})"
        case s.Conditional(condition=a, then=b, otherwise=c):
            return f"(if {tree(a)} {tree(b)} {tree(c)})"
        case s.Call(name=name, arguments=arguments, where=where):
            inner = " ".join(map(tree, arguments)) + (f" where {tree(where)}" if where else "")
            return f"{name}[{inner}]"
    raise AssertionError(e)


@pytest.fixture(scope="module")
def units() -> Vocabulary:
    return load_vocabulary()


FORMS = [
    # literals
    ("3000", "3000"), ("0.5", "1/2"), ("20 万元", "20万元"), ("20万元", "20万元"), ("50%", "50%"), ("50 ％", "50%"),
    ("3 个月", "3个月"), ("2024-01-24", "2024/01/24"), ("是", "True"), ("否", "False"), ("true", "True"),
    ('"甲 乙"', "'甲 乙'"), ("“甲”", "'甲'"),
    # names
    ("面积", "面积"), ("facility_area", "facility_area"), ("本单位.面积", "本单位.面积"), ("标准.级别", "标准.级别"),
    ("B-TJ-01", "B-TJ-01"), ("E1.3", "E1.3"), ("T2.11 + 1", "(T2.11 + 1)"), ("甲-乙", "(甲 - 乙)"), ("a-b", "(a - b)"),
    # how operators bind
    ("a or b and c", "(a or (b and c))"), ("a and b or c", "((a and b) or c)"), ("a or b or c", "((a or b) or c)"),
    ("not a and b", "((not a) and b)"), ("not a = b", "(not (a = b))"), ("not not a", "(not (not a))"),
    ("(a or b) and c", "((a or b) and c)"), ("（a or b） and c", "((a or b) and c)"),
    ("a + b * c", "(a + (b * c))"), ("a - b - c", "((a - b) - c)"), ("a / b / c", "((a / b) / c)"),
    ("a - (b - c)", "(a - (b - c))"), ("-a * b", "((- a) * b)"), ("--a", "(- (- a))"), ("a - -b", "(a - (- b))"),
    ("a + 1 >= b * 2", "((a + 1) >= (b * 2))"), ("a ≥ 1", "(a >= 1)"), ("a ≤ 1", "(a <= 1)"), ("a ≠ 1", "(a != 1)"),
    ("a and b = c or d", "((a and (b = c)) or d)"),
    # words that compare
    ("级别 in [国家, 行业]", "(级别 in 国家 行业)"), ("级别 not in [国家、行业]", "(级别 not in 国家 行业)"),
    ("not a in [b]", "(not (a in b))"), ("注册地 under 12", "(注册地 under 12)"),
    ('注册地 under "1201"', "(注册地 under 1201)"), ('名称 matches "^.+室$"', "(名称 matches ^.+室$)"),
    ("日 within 5 年 before 申报日 rolling", "(日 within 5年 before 申报日 rolling)"),
    ("日 within 5 年 before 申报日 - 1 年 calendar", "(日 within 5年 before (申报日 - 1年) calendar)"),
    ("日 within 5 年 before 申报日 and b", "((日 within 5年 before 申报日 ?) and b)"),
    # if
    ("if a then 1 else 2", "(if a 1 2)"), ("if a then 1 else if b then 2 else 3", "(if a 1 (if b 2 3))"),
    ("(if a then 1 else 2) + 3", "((if a 1 2) + 3)"), ("if a then 1 else 2 + 3", "(if a 1 (2 + 3))"),
    ("if a or b then 1 else 2", "(if (a or b) 1 2)"),
    # calls
    ("count(标准)", "count[标准]"), ("count(标准 where 级别 = 国家)", "count[标准 where (级别 = 国家)]"),
    ("sum(项目.金额 where a or b)", "sum[项目.金额 where (a or b)]"),
    ("min(a, b，c、d)", "min[a b c d]"), ("f()", "f[]"),
    ("min(5 分, floor(a / 2 年) * 1 分)", "min[5分 (floor[(a / 2年)] * 1分)]"),
    ("count(a where exists(b where c))", "count[a where exists[b where c]]"),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_an_expression_has_one_tree(units: Vocabulary, text: str, expected: str) -> None:
    assert tree(parse(text, START, dict(units.units))) == expected


@pytest.mark.parametrize(("text", "place", "sentence"), [
    ("a ? b",           "3 E200", "看不懂“?”"),
    ("a && b",          "3 E200", "看不懂“&”"),
    ('a = "甲',         "5 E200", "看不懂“\"”"),
    ("",                "1 E201", "这里应是数、名称或括号，不是“行末”"),
    ("a b",             "3 E201", "这里应当结束，或用 and、or 连接，不是“b”"),
    ("a = b = c",       "7 E201", "这里应当结束，或用 and、or 连接，不是“=”"),
    ("a and",           "6 E201", "这里应是数、名称或括号，不是“行末”"),
    ("(a or b",         "8 E201", "这里应是“)”，不是“行末”"),
    ("a)",              "2 E201", "这里应当结束，或用 and、or 连接，不是“)”"),
    ("3 >= ",           "6 E201", "这里应是数、名称或括号，不是“行末”"),
    ("if a then 1",     "12 E201", "这里应是“else”，不是“行末”"),
    ("if a 1 else 2",   "6 E201", "这里应是“then”，不是“1”"),
    ("1 + if a then 1 else 2", "5 E201", "这里应是数、名称或括号，不是“if”"),
    ("a in 甲",         "6 E201", "这里应是“[”，不是“甲”"),
    ("a in []",         "7 E201", "这里应是数、名称或括号，不是“]”"),
    ("a in [甲, 乙",    "11 E201", "这里应是“]”，不是“行末”"),
    ("a not 甲",        "7 E201", "这里应是“in”，不是“甲”"),
    ("注册地 under 天津", "11 E201", "under 后面应是行政区划代码前缀，不是“天津”"),
    ("注册地 under 1.2", "11 E201", "under 后面应是行政区划代码前缀，不是“1.2”"),
    ("名称 matches 甲", "12 E201", "matches 后面应是引号里的式样，不是“甲”"),
    ("a within b before c", "10 E201", "这里应是数，不是“b”"),
    ("a within 3 年 申报日", "14 E201", "这里应是“before”，不是“申报日”"),
    ("a.3",             "3 E201", "点后面应是字段名，不是“3”"),
    ("min(a, )",        "8 E201", "这里应是数、名称或括号，不是“)”"),
    ("count(标准 where)", "15 E201", "这里应是数、名称或括号，不是“)”"),
    ("a > 2023-02-29",  "5 E202", "没有这一天：2023-02-29"),
    ("(" * 61 + "a" + ")" * 61, "61 E204", "括号嵌套太深；请拆成几个定义"),
    ("not " * 3000 + "a", "1 E204", "算式太长；请拆成几个定义"),
    ("a" + " + a" * 3000, "1 E204", "算式太长；请拆成几个定义"),
])
def test_a_fault_has_its_column(units: Vocabulary, text: str, place: str, sentence: str) -> None:
    with pytest.raises(GuijuError) as caught:
        parse(text, START, dict(units.units))

    (found,) = caught.value.diagnostics
    assert (f"{found.span.column} {found.code}", found.message.zh) == (place, sentence)


@pytest.mark.parametrize(("text", "tokens"), [
    ("a>=3", [("name", "a", 1), ("symbol", ">=", 2), ("number", "3", 4), ("end", "", 5)]),
    ("3年", [("number", "3", 1), ("name", "年", 2), ("end", "", 3)]),
    ("a and b", [("name", "a", 1), ("keyword", "and", 3), ("name", "b", 7), ("end", "", 8)]),
    ("C-TJ-11a", [("name", "C-TJ-11a", 1), ("end", "", 9)]),
    ("申报日 - 3", [("name", "申报日", 1), ("symbol", "-", 5), ("number", "3", 7), ("end", "", 8)]),
    ("", [("end", "", 1)]),
])
def test_tokens_know_their_column(text: str, tokens: list[tuple[str, str, int]]) -> None:
    assert [(t.kind, t.text, t.span.column) for t in tokenize(text, START)] == tokens


@given(st.text(alphabet="ab3.%年()[],= <>+-*/\"n", max_size=25))
def test_any_text_parses_or_is_refused_inside_the_line(units: Vocabulary, text: str) -> None:
    try:
        parse(text, START, dict(units.units))
        column = 1
    except GuijuError as error:
        column = error.diagnostics[0].span.column
    assert 1 <= column <= len(text) + 1
