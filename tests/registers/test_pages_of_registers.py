"""The pages of a library of registers: every document, the index of all, targets by year."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_register import WHOLE, write

from guiju.book.page import beside
from guiju.book.registers.contents import register_addresses, register_page
from guiju.cli.voice import Voice
from guiju.registers.library import load_registers

PAGE = "registers/own/bridges-2021"


class Words(HTMLParser):
    """The words of a page, with a bar between what stands in different places."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data.strip())


def page(library: Path, address: str = PAGE, language: str = "zh", store: Path | None = None) -> str:
    say = Voice("zh" if language == "zh" else "en")
    return register_page(load_registers(library), address, beside(address), say, store).body


def words(html: str) -> str:
    reader = Words()
    reader.feed(html)
    return "|".join(word for word in reader.found if word)


def test_a_library_has_an_index_the_targets_and_each_document(library: Path) -> None:
    assert register_addresses(load_registers(library)) == ["registers", "targets", PAGE]
    with pytest.raises(KeyError):
        page(library, "registers/own/roads")


def test_a_page_says_what_the_document_gives_and_what_it_does_not(library: Path) -> None:
    text = words(page(library))

    assert "机关未载" in text
    assert "文号未载" in text
    assert "T1|二(一)|制定|桥梁检测规程|牵头：市质监局；参与：市交通局|2021-06-30（2021年6月底前）" in text
    assert "T3|二|推动|机构联网|未载牵头；地方落实|未载期限" in text
    assert "K1|一|检测合格率|≥ 95%|2023|力争目标" in text
    assert "80%|未载年份|现状" in text
    assert "市质监局|1|T1" in text
    assert "所据办法的年份" in text


def test_a_page_in_english_marks_what_is_chinese(library: Path) -> None:
    made = page(library, language="en")

    assert "three-year plan for testing bridges" in made
    assert '<span lang="zh-Hans">市质监局</span>' in made
    assert re.search(r">no end given \(planned to 2023, which is no end\)<", made)


def test_what_a_file_says_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    library = write(tmp_path, WHOLE.replace("zh: 桥梁检测规程", "zh: '<script>alert(1)</script>'"))
    made = page(library) + page(library, "registers")

    assert "<script>" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made


def test_doubts_stand_on_the_page(tmp_path: Path) -> None:
    library = write(tmp_path, WHOLE.replace("by: 2023}", "by: 2023, by_assumed: 按计划的末年, unverified: 数字不清}"))
    text = words(page(library))

    assert "K2|待核：|数字不清" in text
    assert "年份是推定的：按计划的末年" in text
    assert "2023（推定）" in words(page(library, "targets"))


def test_targets_stand_by_year_and_those_without_one_last(tmp_path: Path) -> None:
    library = write(tmp_path, WHOLE.replace("unit: 家, by: 2023", "unit: 家").replace("kind: baseline", "kind: target"))
    parts = re.split("<h2", page(library, "targets"))[1:]

    assert [words("<h2" + part).split("|")[0] for part in parts] == ["2023 年", "未载年份"]
    assert "检测合格率|≥ 95%|2023|力争目标|甲市桥梁检测三年计划" in words("<h2" + parts[0])
    assert "检测机构|30 家|未载年份|目标" in words("<h2" + parts[1])


def test_the_index_chooses_by_kind_place_year_and_lead(library: Path) -> None:
    text = words(page(library, "registers"))

    for choice in ("文种：规划|甲市桥梁检测三年计划", "地区：北京市|甲市桥梁检测三年计划",
                   "年份：2021|甲市桥梁检测三年计划", "市质监局|1|甲市桥梁检测三年计划"):
        assert choice in text


def test_where_the_text_is_at_hand_the_page_says_how_it_is_held_to_it(library: Path, store: Path,
                                                                      tmp_path: Path) -> None:
    assert "与原文核对" not in words(page(library))
    assert "与原文核对|原文数字|目标|任务|题名和发布日|已说明|未交代|" in words(page(library, store=store))
    wrong = write(tmp_path, WHOLE.replace(", figure: 200名", ""))
    assert "未交代：200名（900:8）" in words(page(wrong, store=store))
