"""The dictionary that comes with the package: complete, without clashes, in ASCII ids and Chinese names."""

import re

import pytest

from guiju.vocabulary import Field, RecordType, Vocabulary, load_vocabulary

ID = re.compile(r"[a-z][a-z0-9_]*")
HAN = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def entries(vocabulary: Vocabulary) -> list[Field | RecordType]:
    """Every fact, record set and field."""
    records = vocabulary.all_records()
    return [*vocabulary.all_facts(), *records, *(f for r in records for f in r.fields)]


@pytest.fixture(scope="module")
def fields(entries: list[Field | RecordType]) -> list[Field]:
    return [e for e in entries if isinstance(e, Field)]


def test_there_is_something_in_every_section(vocabulary: Vocabulary) -> None:
    sizes = [len(vocabulary.all_facts()), len(vocabulary.all_records()), len(vocabulary.enumerations),
             len(vocabulary.units), len(vocabulary.regions), len(vocabulary.industries)]

    assert 0 not in sizes


@pytest.mark.parametrize("attribute", ["id", "name", "en", "meaning", "source"])
def test_every_entry_is_complete(entries: list[Field | RecordType], attribute: str) -> None:
    assert [e.id for e in entries if not getattr(e, attribute).strip()] == []


def test_every_id_is_ascii(entries: list[Field | RecordType], vocabulary: Vocabulary) -> None:
    ids = [e.id for e in entries] + [e.id for e in vocabulary.enumerations.values()]

    assert [id_ for id_ in ids if not ID.fullmatch(id_)] == []


def test_every_name_is_chinese_and_english_is_not(entries: list[Field | RecordType]) -> None:
    assert [e.id for e in entries if not HAN.search(e.name)] == []
    assert [e.id for e in entries if HAN.search(e.en)] == []


def test_a_word_finds_one_fact_or_record_set(vocabulary: Vocabulary) -> None:
    top = [*vocabulary.all_facts(), *vocabulary.all_records()]
    words = [word for e in top for word in {e.id, e.name, *getattr(e, "aliases", ())}]

    assert len(words) == len(set(words))


def test_a_word_finds_one_field_of_its_record_set(vocabulary: Vocabulary) -> None:
    for record in vocabulary.all_records():
        words = [word for f in record.fields for word in {f.id, f.name, *f.aliases}]
        assert (record.id, len(words)) == (record.id, len(set(words)))


def test_a_word_finds_one_member_of_its_enumeration(vocabulary: Vocabulary) -> None:
    for enumeration in vocabulary.enumerations.values():
        words = [word for m in enumeration.members for word in {m.id, m.name, *m.aliases}]
        assert (enumeration.id, len(words)) == (enumeration.id, len(set(words)))


def test_a_word_finds_one_unit(vocabulary: Vocabulary) -> None:
    units = {u.id: u for u in vocabulary.units.values()}.values()
    words = [word for u in units for word in {u.id, u.name, *u.aliases}]

    assert len(words) == len(set(words))


def test_every_number_has_a_unit_and_every_list_an_enumeration(fields: list[Field]) -> None:
    assert [f.id for f in fields if (f.unit is not None) != (f.type in ("number", "money", "ratio"))] == []
    assert [f.id for f in fields if (f.enumeration is not None) != (f.type == "enum")] == []


def test_a_domain_is_not_empty(fields: list[Field]) -> None:
    assert [f.id for f in fields if f.low is not None and f.high is not None and f.low >= f.high] == []


def test_the_facts_that_the_engine_itself_reads(vocabulary: Vocabulary) -> None:
    expected = {"单位名称": "text", "统一社会信用代码": "text", "单位类型": "enum", "申报主体类别": "enum",
                "注册地": "region", "所属行业": "industry", "申报日": "date", "提交日": "date"}

    assert {name: fact.type if (fact := vocabulary.fact(name)) else None for name in expected} == expected


def test_an_entry_is_found_by_id_name_and_alias(vocabulary: Vocabulary) -> None:
    assert vocabulary.fact("注册地") is vocabulary.fact("region")
    assert vocabulary.record("标准") is vocabulary.record("standard")
    assert vocabulary.units["㎡"] is vocabulary.units["平方米"] is vocabulary.units["square_metre"]
    assert (vocabulary.fact("没有"), vocabulary.record("没有")) == (None, None)


@pytest.mark.parametrize(("word", "member"), [
    ("company", "company"), ("企业主体", "company"), ("企业", "company"), ("高校", "university"), ("没有", None),
])
def test_a_member_is_found_by_id_name_and_alias(vocabulary: Vocabulary, word: str, member: str | None) -> None:
    kinds = vocabulary.enumerations["applicant_kind"]
    index = kinds.index(word)

    assert (None if index is None else kinds.members[index].id) == member


@pytest.mark.parametrize(("unit", "dimension", "per"), [
    ("元", "money", 100), ("万元", "money", 10**6), ("亿元", "money", 10**10), ("年", "duration", 12),
    ("月", "duration", 1), ("日", "days", 1), ("平方米", "area", 1), ("分", "point", 1),
])
def test_what_a_unit_is_worth(vocabulary: Vocabulary, unit: str, dimension: str, per: int) -> None:
    assert (vocabulary.units[unit].dimension, vocabulary.units[unit].per) == (dimension, per)
