"""A dictionary of several files: what it becomes, and each mistake of its keepers with its place."""

import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import Vocabulary, load_vocabulary
from guiju.vocabulary.loader import DATA

FACT = ("{id: area, name: 面积, en: area, type: number, unit: 平方米, kind: fact, mutability: effort, meaning: m, "
        "source: s}")
FIELD = "{id: cost, name: 费用, en: cost, type: money, kind: fact, mutability: fixed, meaning: m, source: s}"
LEVEL = "{id: level, name: 级别, ordered: true, members: [{id: low, name: 低}, {id: high, name: 高, aliases: [甲]}]}"

Load = Callable[..., Vocabulary]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """The dictionary of these files, with the real units."""
    def load_(**files: str) -> Vocabulary:
        shutil.copy(DATA / "units.yaml", tmp_path)
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return load_vocabulary(tmp_path)
    return load_


@pytest.fixture
def mistake(load: Load) -> Callable[[str], str]:
    """The mistake in a dictionary of one file."""
    def find(text: str) -> str:
        with pytest.raises(GuijuError) as caught:
            load(words=text)
        (found,) = caught.value.diagnostics
        return found.render()
    return find


def fact(**changes: str) -> str:
    """A dictionary of one fact, with some of its keys changed."""
    keys = {"id": "area", "name": "面积", "en": "area", "type": "number", "unit": "平方米", "kind": "fact",
            "mutability": "effort", "meaning": "m", "source": "s"} | changes
    return "facts:\n  - {" + ", ".join(f"{k}: {v}" for k, v in keys.items() if v) + "}"


def record(**changes: str) -> str:
    keys = {"id": "project", "name": "项目", "en": "projects", "meaning": "m", "source": "s",
            "fields": f"[{FIELD}]"} | changes
    return "records:\n  - {" + ", ".join(f"{k}: {v}" for k, v in keys.items() if v) + "}"


def test_all_files_are_one_dictionary(load: Load) -> None:
    vocabulary = load(a=f"facts: [{FACT}]", b=record(), c=f"enumerations: [{LEVEL}]",
                      d='regions: {"120000": 天津市}',
                      e='industries: {C: {name: 制造业}, "13": {name: 农副食品加工业, section: C}}')

    assert [f.id for f in vocabulary.all_facts()] == ["area"]
    assert [r.id for r in vocabulary.all_records()] == ["project"]
    assert vocabulary.regions == {"120000": "天津市"}
    assert vocabulary.industries == {"C": ("制造业", "C"), "13": ("农副食品加工业", "C")}


@pytest.mark.parametrize(("word", "index"), [("low", 0), ("低", 0), ("high", 1), ("高", 1), ("甲", 1), ("中", None)])
def test_members_stand_in_their_order(load: Load, word: str, index: int | None) -> None:
    level = load(a=f"enumerations: [{LEVEL}]").enumerations["级别"]

    assert (level.ordered, level.index(word)) == (True, index)


@pytest.mark.parametrize(("changes", "low", "high"), [
    ({"domain": "{min: 0, max: 100}"}, 0, 100),
    ({"domain": "{min: 0.5}"}, Fraction(1, 2), None),
    ({"type": "money", "unit": "", "domain": "{min: 0, max: 5}"}, 0, 5_000_000),
    ({"type": "money", "unit": "亿元", "domain": "{max: 1}"}, None, 10**10),
    ({"type": "ratio", "unit": "", "domain": "{min: -50, max: 100}"}, Fraction(-1, 2), 1),
    ({"unit": "年", "domain": "{max: 2}"}, None, 24),
    ({}, None, None),
])
def test_a_domain_is_in_base_units(load: Load, changes: dict[str, str], low: object, high: object) -> None:
    (entry,) = load(a=fact(**changes)).all_facts()

    assert (entry.low, entry.high) == (low, high)


def test_the_key_of_a_record_set_is_kept_as_ids(load: Load) -> None:
    (entry,) = load(a=record(key="[费用]")).all_records()

    assert entry.key == ("cost",)


@pytest.mark.parametrize(("text", "finding"), [
    (fact() + "\n  - " + FACT.replace("area,", "area2,", 1),
     "words.yaml:3:5  E030  “面积”在 words.yaml:2:5 已经有了；换一个名字"),
    (fact() + "\n" + record(name="面积"), "words.yaml:4:5  E030  “面积”在 words.yaml:2:5 已经有了；换一个名字"),
    (fact(aliases="[用房]") + "\n" + record(name="用房"),
     "words.yaml:4:5  E030  “用房”在 words.yaml:2:5 已经有了；换一个名字"),
    (record(fields=f"[{FIELD}, {FIELD}]"), "words.yaml:2:5  E030  “项目”的字段重名"),
    ("enumerations:\n  - {id: e, name: 甲, members: [{id: a, name: 一}, {id: a, name: 二}]}",
     "words.yaml:2:5  E031  枚举成员重复"),
    ("enumerations:\n  - {id: e, name: 甲, members: [{id: a, name: 一}, {id: b, name: 一}]}",
     "words.yaml:2:5  E031  枚举成员重复"),
    (record(key="[编号]"), "words.yaml:2:5  E032  key 里的“编号”不是“项目”的字段"),
    (fact(type="enum", unit="", of="grade"), "words.yaml:2:5  E033  没有枚举“grade”"),
    (fact(unit=""), "words.yaml:2:5  E034  “面积”的单位“”不合适；见 units.yaml"),
    (fact(unit="亩"), "words.yaml:2:5  E034  “面积”的单位“亩”不合适；见 units.yaml"),
    (fact(type="money", unit="平方米"), "words.yaml:2:5  E034  “面积”的单位“平方米”不合适；见 units.yaml"),
    (fact(type="integer"), "words.yaml:2:5  E035  “type”应是 number、money、ratio、bool、enum、region、industry、date、"
                           "text 之一，不是“integer”"),
    (fact(kind="guess"), "words.yaml:2:5  E035  “kind”应是 fact、judgement、parameter 之一，不是“guess”"),
    (fact(mutability="free"), "words.yaml:2:5  E035  “mutability”应是 fixed、time、effort 之一，不是“free”"),
    (fact(absent="blank"), "words.yaml:2:5  E035  “absent”应是 none 之一，不是“blank”"),
    (fact(meaning=""), "words.yaml:2:5  E023  缺少“meaning”"),
    (fact(units="平方米"), "words.yaml:2:116  E022  不认识“units”。是不是“unit”、“mutability”？"),
    ("fact:\n  - {}", "words.yaml:1:1  E022  不认识“fact”。是不是“facts”？"),
    ("facts: [面积]", "words.yaml:1:9  E020  facts应是“键: 值”的形式"),
    ("- facts", "words.yaml:1:1  E020  words.yaml应是“键: 值”的形式"),
])
def test_a_mistake_has_its_place(mistake: Callable[[str], str], text: str, finding: str) -> None:
    assert mistake(text) == finding


@pytest.mark.parametrize("text", [
    fact(domain="{min: 很少}"), fact(domain="{max: 1/0}"),
    "units: [{id: mu, name: 亩, dimension: area, per: 很多}]",
])
def test_a_number_that_is_none_is_a_finding(mistake: Callable[[str], str], text: str) -> None:
    assert " E036 " in mistake(text)
