"""Facts as YAML, JSON and Python data: what is stored, what is noted, and every mistake with its place."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from guiju.facts.model import Facts, Provenance, unknown
from guiju.facts.read import facts_from_mapping, facts_from_node, read_facts
from guiju.source.diagnostics import GuijuError
from guiju.source.document import parse_document
from guiju.values import FAIL, PASS, REVIEW, UNKNOWN, known
from guiju.vocabulary import Vocabulary

Read = Callable[[str], Facts]
Mistakes = Callable[[str], list[str]]
NEVER = dt.date.max.toordinal()


def codes(facts: Facts) -> list[str]:
    return [d.code for d in facts.notices]


# What is stored

def test_facts_by_name_id_and_alias(read: Read) -> None:
    facts = read("用房面积: 3200 平方米\nassets: 5000 万元\n联合申报: 是\n")

    assert facts.values == {"floor_area": known(3200), "assets": known(5_000_000_000), "joint": PASS}
    assert facts.notices == ()


def test_what_is_not_given_is_not_stored(read: Read) -> None:
    facts = read("科研用房面积:\n固定资产: 未知\n联合申报: ？\n注册地: ''\n标准:\n奖项: 未知\n")

    assert (facts.values, facts.records) == ({}, {})


@pytest.mark.parametrize("text", ["{}", "null", "''"])
def test_an_empty_document_states_nothing(read: Read, text: str) -> None:
    assert read(text) == Facts()


def test_a_fact_with_its_source(read: Read) -> None:
    facts = read("科研用房面积: {值: 3200, 单位: 平方米, 来源: 2023 年审计报告, 知悉日: 2024-03-01}\n"
                 "固定资产: {value: 5000, unit: 元, source: 台账}")

    assert facts.values == {"floor_area": known(3200), "assets": known(500_000)}
    assert facts.provenance == {"floor_area": Provenance(source="2023 年审计报告", known_on=dt.date(2024, 3, 1)),
                                "assets": Provenance(source="台账")}


def test_rows_in_the_order_of_the_dictionary(read: Read, vocabulary: Vocabulary) -> None:
    facts = read("标准:\n- {级别: 国家级, 编号: GB 1, 费用: 2 万元}\n- {编号: GB 2, 系列: 无, 数量: 1}\n")
    grade, judged = (unknown(vocabulary.records["standard"].fields[i]) for i in (1, 5))

    first, second = facts.records["standard"]
    assert first == (known("GB 1"), known(2), known(2_000_000), known(""), known(NEVER), judged)
    assert second[:2] == (known("GB 2"), grade)
    assert (grade, judged) == ((0, 2, UNKNOWN), REVIEW)


def test_a_stated_unknown_is_not_the_blank_that_means_none(read: Read) -> None:
    (row,) = read("标准: [{系列: 未知, 废止日期: '?'}]").records["standard"]

    assert row[3] == (None, None, UNKNOWN)
    assert row[4] == (1, NEVER, UNKNOWN)


def test_a_count_stands_for_equal_rows(read: Read) -> None:
    assert len(read("标准: [{级别: 市级, 数量: 3}, {级别: 省级}]").records["standard"]) == 4


@pytest.mark.parametrize("text", ["标准: []", "标准: 无", "standard: none"])
def test_an_empty_set_is_known_to_be_empty(read: Read, text: str) -> None:
    assert read(text).records == {"standard": ()}


def test_bare_values_where_a_row_has_one_field_to_fill(read: Read) -> None:
    rows = read("奖项: [2024-01-24, {日期: 2023-05-06, 备注: 团体}]").records["award"]

    assert rows == ((known(dt.date(2024, 1, 24).toordinal()), known("")),
                    (known(dt.date(2023, 5, 6).toordinal()), known("团体")))


def test_a_single_row_needs_no_list(read: Read) -> None:
    assert len(read("标准: {级别: 市级}").records["standard"]) == 1


# Judgements

def test_a_judgement_needs_who_when_and_on_what(read: Read) -> None:
    facts = read("水平领先: {值: 是, 判定人: 专家组, 日期: 2024-01-24, 依据: 评审意见}")

    assert facts.values == {"leading": PASS}
    assert facts.provenance["leading"] == Provenance(by="专家组", on=dt.date(2024, 1, 24), evidence="评审意见")


def test_a_default_record_covers_bare_judgements(read: Read) -> None:
    facts = read("判定记录: {判定人: 专家组, 日期: 2024-01-24, 依据: 评审意见}\n水平领先: {值: 否, 依据: 复核意见}\n"
                 "标准: [{属重点方向: 是}]")

    assert facts.values == {"leading": FAIL}
    assert facts.provenance["leading"].evidence == "复核意见"
    assert facts.records["standard"][0][5] == PASS


def test_the_default_record_of_a_case(vocabulary: Vocabulary) -> None:
    node = parse_document("水平领先: 是")
    record = parse_document("{by: 专家组, on: 2022-05-01, evidence: 评审意见}")

    for recorded in (record, Provenance(by="专家组", on=dt.date(2022, 5, 1), evidence="评审意见")):
        facts = facts_from_node(node, vocabulary, recorded=recorded)
        assert facts.values == {"leading": PASS}
        assert facts.provenance["leading"].by == "专家组"


@pytest.mark.parametrize(("text", "missing"), [
    ("水平领先: 是", "判定人、日期、依据"), ("水平领先: {值: 是, 判定人: 甲}", "日期、依据"),
    ("判定记录: {判定人: 甲, 日期: 2024-01-24}\n水平领先: 是", "依据"),
    ("判定记录:\n水平领先: 是", "判定人、日期、依据"),
])
def test_a_judgement_without_its_record_stays_open(read: Read, text: str, missing: str) -> None:
    facts = read(text)

    assert facts.values == {}
    assert codes(facts) == ["W101"]
    assert f"缺少{missing}：" in facts.notices[0].message.zh


def test_a_judgement_in_a_row_without_its_record_stays_open(read: Read) -> None:
    facts = read("标准: [{属重点方向: 是}, {属重点方向: {值: 是, 判定人: 甲, 日期: 2024-01-24, 依据: 函}}, "
                 "{属重点方向: 否, 判定人: 甲, 日期: 2024-01-24, 依据: 函}]")

    assert [row[5] for row in facts.records["standard"]] == [REVIEW, PASS, FAIL]
    assert codes(facts) == ["W101"]


# What was known when

def test_what_became_known_later_is_left_out(vocabulary: Vocabulary) -> None:
    node = parse_document("科研用房面积: {值: 1, 知悉日: 2024-03-02}\n人员数: {值: 5, 知悉日: 2024-03-01}\n"
                          "水平领先: {值: 是, 判定人: 甲, 日期: 2024-04-01, 依据: 函}\n"
                          "标准: [{级别: 市级, 知悉日: 2024-05-01}, {级别: 省级}]")

    then = facts_from_node(node, vocabulary, known_at=dt.date(2024, 3, 1))
    now = facts_from_node(node, vocabulary)

    assert set(then.values) == {"staff"}
    assert len(then.records["standard"]) == 1
    assert codes(then) == ["N104", "N104", "N104"]
    assert set(now.values) == {"floor_area", "staff", "leading"}


# Mistakes

@pytest.mark.parametrize(("text", "line"), [
    ("科研用房面机: 1", "facts.yaml:1:1  E104  “科研用房面机”不在词汇表中。是不是“科研用房面积”（floor_area）"),
    ("级别: 市级", "facts.yaml:1:1  E104  “级别”是“标准”的字段，不是单位的事实；写到“标准”的行里"),
    ("标准: [{级 别: 市级}]", "facts.yaml:1:7  E105  “标准”没有字段“级 别”。是不是“级别”（grade）"),
    ("人员数: {值: 1, 出处: x}", "facts.yaml:1:13  E105  不认识“出处”"),
    ("人员数: {值: 1, 来源: a, source: b}", "facts.yaml:1:20  E117  “source”重复"),
    ("人员数: {来源: x}", "facts.yaml:1:6  E103  “人员数”没有写“值”"),
    ("人员数: {}", "facts.yaml:1:6  E103  “人员数”没有写“值”"),
    ("人员数: [1, 2]", "facts.yaml:1:6  E103  “人员数”应是一个值，不是一组"),
    ("标准: [GB 1]", "facts.yaml:1:6  E103  “标准”的一行应写成 {字段: 值, …}"),
    ("标准: 3", "facts.yaml:1:5  E103  “标准”的一行应写成 {字段: 值, …}"),
    ("标准: [[1]]", "facts.yaml:1:6  E103  “标准”的一行应写成"),
    ("标准: [{编号: [1]}]", "facts.yaml:1:11  E103  “编号”应是一个值"),
    ("- 1", "facts.yaml:1:1  E103  事实应写成“名称: 值”"),
    ("判定记录: 甲", "facts.yaml:1:7  E103  判定记录应写成"),
    ("判定记录: {判定人: 甲, 来源: x}", "facts.yaml:1:16  E105  不认识“来源”"),
    ("判定记录: {判定人: 甲, 日期: 2024}\n水平领先: 是", "facts.yaml:1:20  E114  “2024”要写到日"),
    ("人员数: 很多", "facts.yaml:1:6  E106  “很多”读不成一个数"),
    ("固定资产: 3 平方米", "facts.yaml:1:7  E107  “固定资产”的单位是"),
    ("固定资产: {值: 3, 单位: 平方米}", "facts.yaml:1:11  E107  “固定资产”的单位是"),
    ("人员数: -1", "facts.yaml:1:6  E108  “人员数”应不小于 0 人"),
    ("成立日期: 2023-02-30", "facts.yaml:1:7  E114  没有“2023-02-30”这一天"),
    ("人员数: {值: 1, 知悉日: 2023-02-30}", "facts.yaml:1:18  E114  没有“2023-02-30”这一天"),
    ("联合申报: 不适用", "facts.yaml:1:7  E116"),
    ("人员数: 1\nstaff: 2", "facts.yaml:2:1  E117  “人员数”（staff）已在第 1 行给过；只留一处"),
    ("标准: []\nstandard: []", "facts.yaml:2:1  E117  “标准”（standard）已在第 1 行给过"),
    ("标准: [{级别: 市级, grade: 市级}]", "facts.yaml:1:15  E117  “级别”（grade）"),
    ("标准:\n- {编号: GB 1}\n- {编号: GB 2}\n- {编号: ＧＢ 1}",
     "facts.yaml:4:3  E118  “标准”这一条与第 2 行的编号相同"),
    ("标准: [{编号: GB 1, 数量: 2}]", "facts.yaml:1:6  E118  “标准”这一条写了编号，“数量”只能是 1"),
    *((f"标准: [{{数量: {n}}}]", f"facts.yaml:1:11  E119  “数量”应是 1 到 10000 的整数，不是“{n}”")
      for n in ("0", "-1", "1.5", "10001", "很多", "1e3")),
    pytest.param(f"标准: [{', '.join(['{级别: 市级, 数量: 10000}'] * 11)}]", "facts.yaml:1:1  E120  “标准”有 110000 条",
                 id="rows"),
])
def test_a_mistake_says_where_and_how_to_mend_it(mistakes: Mistakes, text: str, line: str) -> None:
    assert mistakes(text)[0].startswith(line)


def test_one_run_shows_all_mistakes_in_file_order(mistakes: Mistakes) -> None:
    lines = mistakes("标准: [{级别: 乡级, 费用: 很多}]\n人员数: 几个\n没有这项: 1\n水平领先: 是\n联合申报: 也许\n")

    assert [line.split()[1] for line in lines] == ["E111", "E106", "E106", "E104", "E110", "W101"]


def test_a_flood_of_mistakes_is_cut_short(mistakes: Mistakes) -> None:
    lines = mistakes("标准:\n" + "- {级别: 乡级}\n" * 300)

    assert len(lines) == 201
    assert lines[200].endswith("E199  还有 100 处，未列出")


def test_rows_that_repeat_without_a_key_are_only_doubted(read: Read) -> None:
    facts = read("标准:\n- {级别: 市级}\n- {级别: 市级}\n- {级别: 市级}\n奖项: [2024-01-24, 2024-01-24]")

    assert len(facts.records["standard"]) == 3
    assert [str(d.span) for d in facts.notices if d.code == "W102"] == ["facts.yaml:3:3", "facts.yaml:5:18"]


def test_rows_whose_key_is_not_certain_are_no_duplicates(read: Read) -> None:
    facts = read("标准: [{编号: '', 级别: 市级}, {编号: 未知, 级别: 省级}, {编号: 无, 级别: 国家级}]")

    assert len(facts.records["standard"]) == 3


# Files

@pytest.mark.parametrize(("name", "content"), [
    ("a.yaml", "人员数: 12\n标准: [{编号: GB 1}]"), ("a.yml", "人员数: 12\n标准:\n  - 编号: GB 1"),
    ("a.json", '{"人员数": 12, "标准": [{"编号": "GB 1"}]}'), ("a.JSON", '{"人员数":12,"标准":[{"编号":"GB 1"}]}'),
    ("a.json", '{\n\t"人员数": 12,\n\t"标准":\t[{"编号": "GB 1"}]\n}'),
    ("a.json", '\ufeff{"staff": "12人", "standard": {"number": "GB 1"}}'),
])
def test_kinds_of_file(tmp_path: Path, vocabulary: Vocabulary, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")

    facts = read_facts(path, vocabulary)

    assert facts.values == {"staff": known(12)}
    assert facts.records["standard"][0][0] == known("GB 1")


@pytest.mark.parametrize(("text", "value"), [
    ('{\t"固定资产": 0.1}', 100_000), ('{"固定资产": 0.1}', 100_000), ('{"固定资产": 1e2}', 100_000_000),
    ('{"固定资产": 1234567.890123}', 1234567890123), ('{\t"固定资产": 1234567.890123}', 1234567890123),
])
def test_numbers_of_json_go_through_their_decimal_text(tmp_path: Path, vocabulary: Vocabulary, text: str,
                                                       value: int) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")

    assert read_facts(path, vocabulary).values["assets"] == known(value)


@pytest.mark.parametrize(("name", "content", "code"), [
    ("a.xlsx", b"\x89PNG\r\n\x1a\n....", "E102"), ("a.xlsx", "人员数: 1".encode(), "E102"), ("a.xlsx", b"", "E102"),
    ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E102"), ("a.yaml", b"PK\x03\x04....", "E102"),
    ("a.json", b"%PDF-1.7", "E102"),
    ("a.csv", b"", "E101"), ("a.xls", b"", "E101"), ("a", b"", "E101"),
    ("a.yaml", "人员数: 1".encode("gb18030"), "E002"), ("a.yaml", b"", "E007"), ("a.yaml", b"a: [", "E003"),
    ("a.json", b'{"a": 1', "E003"), ("a.json", b'{\t"a": 1, "a": 2}', "E005"), ("a.json", b'{"a": 1, "a": 2}', "E005"),
    pytest.param("a.json", b"\t" + b"[" * 100_000, "E006", id="deep"), ("a.json", b"[" * 100 + b"]" * 100, "E006"),
    ("a.json", b'{\t"\xe4\xba\xba\xe5\x91\x98\xe6\x95\xb0": NaN}', "E106"),
    ("a.json", '{"单位名称": "\\ud83d"}'.encode(), "E115"),
], ids=lambda part: part if isinstance(part, str) else "content")
def test_a_file_that_is_not_what_it_should_be(tmp_path: Path, vocabulary: Vocabulary, name: str, content: bytes,
                                              code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(GuijuError) as caught:
        read_facts(path, vocabulary)

    assert caught.value.diagnostics[0].code == code
    assert str(path) in caught.value.diagnostics[0].render()


def test_a_file_that_is_not_there(tmp_path: Path, vocabulary: Vocabulary) -> None:
    for name in ("gone.yaml", "gone.xlsx"):
        with pytest.raises(GuijuError, match="E001"):
            read_facts(tmp_path / name, vocabulary)


# Python

def test_python_data_by_the_same_rules(vocabulary: Vocabulary) -> None:
    facts = facts_from_mapping({
        "科研用房面积": 3200.5, "固定资产": Decimal("0.1"), "研发占比": "3%", "从事年限": Fraction(3, 2),
        "联合申报": True,
        "注册地": 120101, "成立日期": dt.date(2020, 1, 2), "单位名称": "null", "人员数": None, "海外分支": False,
        "标准": [{"编号": "GB 1", "数量": 1}], "奖项": ({"日期": dt.datetime(2024, 1, 24)},),
    }, vocabulary)

    assert facts.values == {
        "floor_area": known(Fraction(6401, 2)), "assets": known(100_000), "share": known(Fraction(3, 100)),
        "term": known(18),
        "joint": PASS, "seat": known(120101), "founded": known(dt.date(2020, 1, 2).toordinal()), "title": known("null"),
        "overseas": FAIL,
    }
    assert len(facts.records["standard"]) == len(facts.records["award"]) == 1


@pytest.mark.parametrize(("data", "code"), [
    ({"人员数": float("nan")}, "E106"), ({"固定资产": Fraction(1, 3)}, "E103"), ({"人员数": object()}, "E103"),
    ({"人员数": True}, "E106"),
    ({1: 2, "1": 3}, "E005"),
])
def test_python_data_that_is_no_fact(vocabulary: Vocabulary, data: dict[str, object], code: str) -> None:
    with pytest.raises(GuijuError) as caught:
        facts_from_mapping(data, vocabulary)
    assert caught.value.diagnostics[0].code == code


def test_reading_loads_no_heavy_package() -> None:
    program = "import sys, guiju.facts.read; print([m for m in ('openpyxl', 'rapidfuzz') if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")
