"""The library: policies found by what people type, each compiled once."""

from pathlib import Path

import pytest

from guiju.language.library import POLICIES, Library, load_library
from guiju.source.diagnostics import GuijuError, Language
from guiju.vocabulary import Vocabulary

POLICY = """\
id: %s
title: 试行办法
in_force: {from: 2020-01-01}
clauses: {"1": {zh: 第一条}}
goals:
- {id: goal, name: 目标, main: true, require: [面积 > 3 平方米]}
"""


@pytest.fixture
def library(tmp_path: Path, vocabulary: Vocabulary) -> Library:
    """Three policies of two regions, two of them with one name; the last says another id than its folder's."""
    for folder, id_ in (("north/fund-2020", ""), ("south/fund-2020", ""), ("south/title-2021", "south/honour")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "policy.yaml").write_text(POLICY % (id_ or folder), encoding="utf-8")
    return load_library(tmp_path, vocabulary)


def message(library: Library, word: str, language: Language = "zh") -> str:
    with pytest.raises(GuijuError) as caught:
        library.find(word)
    return caught.value.diagnostics[0].render(language)


def test_ids_are_folders(library: Library) -> None:
    assert library.ids() == ["north/fund-2020", "south/fund-2020", "south/title-2021"]


@pytest.mark.parametrize(("word", "id_"), [
    ("north/fund-2020", "north/fund-2020"), ("title-2021", "south/title-2021"), ("north", "north/fund-2020"),
    ("title", "south/title-2021"), ("south/f", "south/fund-2020"),
])
def test_a_policy_is_found_by_any_telling_part(library: Library, word: str, id_: str) -> None:
    assert library.find(word) == id_


@pytest.mark.parametrize(("word", "zh", "en"), [
    ("fund-2020", "fund-2020  E140  “fund-2020”可指：north/fund-2020、south/fund-2020；请写全",
     "fund-2020  E140  'fund-2020' is one of: north/fund-2020, south/fund-2020"),
    ("south/fund-2021", "south/fund-2021  E140  没有政策“south/fund-2021”。是不是“south/fund-2020”、“north/fund-2020”、"
                        "“south/title-2021”？",
     "south/fund-2021  E140  there is no policy 'south/fund-2021'; did you mean south/fund-2020, north/fund-2020, "
     "south/title-2021?"),
    ("资助", "资助  E140  没有政策“资助”。可用：north/fund-2020、south/fund-2020、south/title-2021",
     "资助  E140  there is no policy '资助'; there are: north/fund-2020, south/fund-2020, south/title-2021"),
    ("", "  E140  没有政策“”。可用：north/fund-2020、south/fund-2020、south/title-2021",
     "  E140  there is no policy ''; there are: north/fund-2020, south/fund-2020, south/title-2021"),
])
def test_a_word_that_finds_none_or_several(library: Library, word: str, zh: str, en: str) -> None:
    assert (message(library, word), message(library, word, "en")) == (zh, en)


def test_of_several_the_one_that_amends_no_other_is_meant(library: Library) -> None:
    layer = library.folder / "north/plan-2022"
    layer.mkdir()
    (layer / "policy.yaml").write_text(POLICY % "north/plan-2022" + "amends: south/title-2021\n", encoding="utf-8")

    assert (library.find("north"), library.find("north/plan")) == ("north/fund-2020", "north/plan-2022")


def test_a_policy_is_compiled_once(library: Library) -> None:
    assert library.policy("north/fund-2020") is library.policy("north/fund-2020")


def test_a_policy_must_be_called_like_its_folder(library: Library) -> None:
    with pytest.raises(GuijuError) as caught:
        library.policy("title-2021")

    assert [(d.code, d.message.zh) for d in caught.value.diagnostics] == [
        ("E281", "id “south/honour”应与文件夹同名")]


def test_a_folder_that_is_not_there(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError) as caught:
        load_library(tmp_path / "none", vocabulary)

    assert [d.code for d in caught.value.diagnostics] == ["E280"]


def test_equal_rules_of_different_policies_are_one_node(library: Library) -> None:
    first, second = library.policy("north/fund-2020"), library.policy("south/fund-2020")

    assert first.goals[0].node is second.goals[0].node
    assert {origin.span.file.split("/")[-2] for origin in first.graph.origins[first.goals[0].conditions[0].bare]} == {
        "fund-2020"}


def test_the_installed_policies_are_found() -> None:
    folders = sorted(path.parent.relative_to(POLICIES).as_posix() for path in POLICIES.rglob("policy.yaml"))

    assert "tianjin/standardisation-fund-2021" in folders
    assert list(load_library().ids()) == folders
