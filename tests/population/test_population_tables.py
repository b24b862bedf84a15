"""Tables are read as one applicant's facts are: the same values, and what can't be is said with its place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest

from guiju.facts.model import not_applicable, unknown
from guiju.facts.read import facts_from_mapping
from guiju.population.files.arrow import population_of_tables
from guiju.source.diagnostics import GuijuError
from guiju.values import FAIL, NO_TEXT, PASS, known
from guiju.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
MONEY, SHARE, GRADE, YES = "revenue_y1", "settled_growth_y1", "digital_grade", "domestic_registration"
NAME = VOCABULARY.facts[MONEY].name


def one(**columns: Any) -> dict[str, Any]:
    """The facts of a single organisation whose columns are these."""
    made = {name: value if isinstance(value, pa.Array) else pa.array([value]) for name, value in columns.items()}
    people = population_of_tables(pa.table({"organisation": ["A"], **made}), {}, VOCABULARY).people
    return dict(people.facts_of(0).values)


def refusal(**columns: Any) -> list[tuple[str, str]]:
    made = {"organisation": ["A"], **columns}
    with pytest.raises(GuijuError) as caught:
        population_of_tables(pa.table(made), {}, VOCABULARY)
    return [(d.code, str(d.span)) for d in caught.value.diagnostics]


@pytest.mark.parametrize(("column", "value", "same_as"), [
    (MONEY, 12_345_600, "12.3456 万元"), (f"{MONEY}[万元]", 12.3456, "12.3456 万元"),
    (f"{NAME}[亿元]", Decimal("1.2345"), "1.2345 亿元"), (MONEY, "3 万元", "3 万元"),
    (f"{MONEY}[元]", "1,234.56", "1234.56 元"), (MONEY, 9_007_199_254_740_991, "90 071 992 547 409.91 元"),
    (SHARE, 0.1, "10%"), (f"{SHARE}[%]", 12.5, "12.5%"), (SHARE, "10%", "10%"), (SHARE, "0.1", "10%"),
    (f"{SHARE}[%]", Decimal("33.330"), "33.33%"), (GRADE, 3, "3"), (GRADE, "3 级", "3 级"),
    (YES, True, True), (YES, "是", True), (YES, 0, False), ("region", "天津市", "天津市"), ("region", 120101, "120101"),
    ("region", "1201", "1201"), ("industry", "C35", "C35"), ("lab_affiliation", "中央", "中央"),
    ("application_date", dt.date(2024, 2, 29), "2024-02-29"), ("application_date", "2024-02", "2024-02"),
    ("application_date", dt.datetime(2024, 2, 29, 8), "2024-02-29"),
    ("organisation_name", " 甲（集团）　公司Ａ", " 甲（集团）　公司Ａ"), ("organisation_name", "不详", "不详"),
])
def test_a_cell_is_read_as_the_one_applicants_fact(column: str, value: Any, same_as: Any) -> None:
    word = column.partition("[")[0]
    entry = VOCABULARY.fact(word)
    assert entry is not None

    found = one(**{column: value})

    assert found[entry.id] == facts_from_mapping({word: same_as}, VOCABULARY).value(entry)


@pytest.mark.parametrize("value", [1 / 3, 0.9142857142857143, 0.1 + 0.2, 1e-7])
def test_a_double_is_the_shortest_decimal_that_prints_it(value: float) -> None:
    exact = Fraction(repr(value))

    assert one(**{SHARE: value})[SHARE] == (exact, exact, 0)
    assert one(**{f"{SHARE}[%]": value})[SHARE] == (exact / 100, exact / 100, 0)


def test_null_is_unknown_and_never_zero() -> None:
    found = one(**{MONEY: pa.array([None], pa.int64()), YES: pa.array([None], pa.bool_()),
                   "region": pa.array([None], pa.string()), "industry": pa.array([None], pa.string())})

    assert found == {id_: unknown(VOCABULARY.facts[id_]) for id_ in found}
    assert len(found) == 4


def test_a_text_that_is_null_is_none_where_the_dictionary_says_so() -> None:
    rows = pa.table({"organisation": ["A", "A"], "series": ["甲", None]})
    people = population_of_tables(pa.table({"organisation": ["A"]}), {"standard": rows}, VOCABULARY).people
    place = VOCABULARY.records["standard"].position("series")

    assert [row[place] for row in people.facts_of(0).records["standard"]] == [known("甲"), known(NO_TEXT)]


@pytest.mark.parametrize(("column", "words"), [
    ("lab_affiliation", ["地方", None, "中央"]), ("region", ["120101", "天津市", None]), ("region", ["120101", None]),
    ("industry", ["C35", None, "35"]), ("organisation_name", ["甲公司", None, "-", "A-1"]),
    ("organisation_name", ["0123456789-0123456789", "x" * 200, None]), ("application_date", ["2024-02", None])])
@pytest.mark.parametrize("kind", [pa.int8(), pa.uint8(), pa.int64()], ids=str)
def test_a_column_of_numbers_of_texts_says_what_one_of_texts_says(column: str, words: list[str | None],
                                                                  kind: pa.DataType) -> None:
    """Also where the list of texts has one that can't be, which no row is."""
    said = [*(word for word in words if word), "99999999" if column == "region" else "一" * 2000]
    codes = pa.array([None if word is None else said.index(word) for word in words], kind)
    names = pa.array([f"{number:02d}" for number in range(len(words))])
    forms = pa.array(words, pa.string()), pa.DictionaryArray.from_arrays(codes, pa.array(said))
    one, other = (population_of_tables(pa.table({"organisation": names, column: form}), {}, VOCABULARY).people
                  for form in forms)

    for number in range(len(words)):
        assert one.facts_of(number).values == other.facts_of(number).values


def test_numbers_that_can_be_stand_beside_those_that_are_not_known() -> None:
    days = [dt.date(2024, 2, 29), None, dt.date(1970, 1, 1)]
    table = pa.table({"organisation": ["A", "B", "C"], "application_date": days, MONEY: [None, 0, 2 ** 53 - 1]})
    people = population_of_tables(table, {}, VOCABULARY).people
    dates, money = ([people.facts_of(n).values.get(id_) for n in range(3)] for id_ in ("application_date", MONEY))

    assert dates == [known(days[0].toordinal()), None, known(days[2].toordinal())]
    assert money == [unknown(VOCABULARY.facts[MONEY]), known(0), known(2 ** 53 - 1)]


def test_rows_of_a_set_that_is_said_not_to_be_known_are_not_used() -> None:
    organisations = pa.table({"organisation": ["A", "B", "C"], "standard.known": [False, True, None]})
    rows = pa.table({"organisation": ["A", "B", "C"], "series": ["甲", "乙", "丙"]})
    people = population_of_tables(organisations, {"standard": rows}, VOCABULARY).people

    assert people.tables["standard"].owners.tolist() == [1]
    assert ["standard" in people.facts_of(n).records for n in range(3)] == [False, True, False]


def test_a_range_stands_in_two_columns() -> None:
    (low, high, cause) = one(**{f"{MONEY}[万元].low": 1.5, f"{MONEY}.high": 3_000_000})[MONEY]
    open_above = one(**{f"{MONEY}.low": 100, f"{MONEY}.high": pa.array([None], pa.int64())})[MONEY]

    assert (low, high) == (1_500_000, 3_000_000)
    assert cause == unknown(VOCABULARY.facts[MONEY])[2]  # type: ignore[index]  # money is a range
    assert open_above == (100, VOCABULARY.facts[MONEY].high or float("inf"), cause)


def test_a_state_says_what_a_blank_would_not() -> None:
    standard = VOCABULARY.records["standard"]
    rows = pa.table({"organisation": ["A", "A"], "district_money": pa.array([None, None], pa.int64()),
                     "district_money.state": [None, "未知"], "medical": ["未知", None]})
    people = population_of_tables(pa.table({"organisation": ["A"]}), {"standard": rows}, VOCABULARY).people
    blank, unsaid = people.facts_of(0).records["standard"]
    money, medical = standard.position("district_money"), standard.position("medical")

    assert (blank[money], unsaid[money]) == ((0, 0, 0), unknown(standard.fields[money]))
    assert (blank[medical], unsaid[medical]) == (unknown(standard.fields[medical]), FAIL)
    assert not_applicable(standard.fields[medical]) != FAIL


def test_records_belong_to_their_organisation_in_any_order() -> None:
    everybody = pa.table({"organisation": ["C", "A", "B"], "standard.known": [True, None, True]})
    rows = pa.table({"organisation": ["C", "B", "C"], "number": ["1", "2", "3"], "medical": [True, False, True]})
    made = population_of_tables(everybody, {"standard": rows}, VOCABULARY)
    position = VOCABULARY.records["standard"].position("medical")
    held = [made.people.facts_of(n).records.get("standard") for n in range(3)]

    assert made.names.to_pylist() == ["A", "B", "C"]
    assert held[0] is None
    assert [[row[0][0] for row in rows] for rows in held[1:] if rows is not None] == [["2"], ["1", "3"]]
    assert [[row[position] for row in rows] for rows in held[1:] if rows is not None] == [[FAIL], [PASS, PASS]]


@pytest.mark.parametrize(("column", "values", "code"), [
    (MONEY, [0.5], "E109"), (MONEY, [float("nan")], "E106"), (MONEY, ["许多"], "E106"), (GRADE, [0], "E108"),
    (MONEY, pa.array([1.0], pa.float32()), "E906"), (MONEY, [2 ** 60], "E109"), (f"{MONEY}[平方米]", [1], "E905"),
    (YES, ["也许"], "E110"), (YES, [2], "E110"), ("lab_affiliation", ["省"], "E111"), ("region", ["火星"], "E112"),
    ("industry", ["Z"], "E113"), ("application_date", ["昨天"], "E114"), ("application_date", [3], "E906"),
    ("application_date", [dt.date(1066, 1, 1)], "E114"), ("application_date", [dt.timedelta(1)], "E906"),
    (YES, pa.array([2 ** 64 - 1], pa.uint64()), "E110"), ("region", pa.array([2 ** 64 - 1], pa.uint64()), "E112"),
    (MONEY, pa.array([[1]]), "E906"), ("region", pa.array([{"a": 1}]), "E906"), (MONEY, pa.array([b"1"]), "E906"),
    (f"{YES}.low", [1], "E905"), ("regoin", ["12"], "E903"),
    (f"{MONEY}.state", ["大"], "E116"),
])
def test_what_can_not_be_is_refused_with_its_column(column: str, values: Any, code: str) -> None:
    found = refusal(**{column: values})

    assert [c for c, _ in found] == [code]
    assert found[0][1].startswith(f"organisations[{column}]")


def test_both_a_value_and_a_range_or_a_range_upside_down() -> None:
    assert refusal(**{MONEY: [5], f"{MONEY}.low": [1]})[0][0] == "E908"
    assert refusal(**{f"{MONEY}.low": [5], f"{MONEY}.high": [1]})[0][0] == "E909"
    assert refusal(**{MONEY: [5], NAME: [5]})[0][0] == "E904"


@pytest.mark.parametrize(("column", "value"), [(MONEY, 5), (GRADE, 3), ("region", "天津市"), (YES, "是"),
                                               ("organisation_name", "甲"), (YES, True), (f"{MONEY}.low", 5)])
@pytest.mark.parametrize("state", ["不适用", "未知"])
def test_a_value_and_a_state_of_one_cell_are_two_answers(column: str, value: Any, state: str) -> None:
    told = f"{column.removesuffix('.low')}.state"
    codes = [code for code, _ in refusal(**{column: [value], told: [state]})]

    assert codes[-1] == "E908"
    assert set(codes) <= {"E908", "E116"}
    assert one(**{column: value, told: None}) == one(**{column: value})


@pytest.mark.parametrize(("said", "known"), [("是", True), ("1", True), ("否", False), ("", False), ("未知", False),
                                             (1, True), (0, False), (True, True), (None, False)])
def test_whose_set_is_known_is_said_by_yes_or_no(said: Any, known: bool) -> None:
    everybody = pa.table({"organisation": ["A"], "standard.known": [said]})
    people = population_of_tables(everybody, {"standard": pa.table({"organisation": ["A"]})}, VOCABULARY).people

    assert ("standard" in people.facts_of(0).records) == known


@pytest.mark.parametrize(("said", "code"), [("ture", "E110"), (2, "E110"), (0.5, "E906")])
def test_whose_set_is_known_is_not_guessed(said: Any, code: str) -> None:
    everybody = pa.table({"organisation": ["A"], "standard.known": [said]})
    with pytest.raises(GuijuError) as caught:
        population_of_tables(everybody, {"standard": pa.table({"organisation": ["A"]})}, VOCABULARY)
    twice = pa.table({"organisation": ["A"], "standard.known": [True], "标准.known": [False]})
    with pytest.raises(GuijuError) as again:
        population_of_tables(twice, {}, VOCABULARY)

    assert [d.code for d in caught.value.diagnostics] == [code]
    assert [d.code for d in again.value.diagnostics] == ["E904"]


def test_organisations_twice_nameless_or_nowhere_are_reported() -> None:
    everybody = pa.table({"organisation": ["A", "B", "A", None, ""]})
    rows = pa.table({"organisation": ["A", "Z"]})
    with pytest.raises(GuijuError) as caught:
        population_of_tables(everybody, {"standard": rows}, VOCABULARY)

    assert [(d.code, str(d.span)) for d in caught.value.diagnostics] == [
        ("E910", "organisations[organisation]:4"), ("E911", "organisations[organisation]:3"),
        ("E912", "standard[organisation]:2")]
