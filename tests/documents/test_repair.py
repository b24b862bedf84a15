"""One line: what each rule mends, and that every change can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.documents.lines import undone
from guiju.documents.repair import doubts_of, repaired

LINES = [
    ("ＡＢ类设备１２台", "AB类设备12台", ["full_width"]),
    ("占比达３．５％", "占比达3.5%", ["full_width", "full_width_point"]),
    ("新发(fā)现的设(shè)备", "新发现的设备", ["pinyin"]),
    ("鼓励企业 - 12 - 参与", "鼓励企业参与", ["page_number_inside"]),
    ("给予 15 万元", "给予15万元", ["space_at_number"]),
    ("总　　则", "总则", ["space_inside"]),
    ("第十条　　中央单位可以申请", "第十条 中央单位可以申请", ["space_inside"]),
    ("桥樑檢驗報告", "桥梁检验报告", ["traditional"]),
    ("（五）（五）其他", "（五）其他", ["doubled_marker"]),
    ("完成后，，再报", "完成后，再报", ["doubled_mark"]),
    ("县里印《发关于试点的通知》", "县里印发《关于试点的通知》", ["swapped_mark"]),
    ("前\x07后\u200b", "前后", ["control"]),
    ("<p>正文</p>", "正文", ["markup"]),
    ("  缩进的行 ", "缩进的行", ["edge_space"]),
    ("坏\udcff字", "坏\ufffd字", ["stray_byte"]),
    ("GB/T 1234—2018 与 A B", "GB/T 1234—2018与 A B", ["space_at_number"]),
    ("天天向上的的士", "天天向上的的士", []),
]


@pytest.mark.parametrize(("before", "after", "rules"), LINES, ids=[a for _, a, _ in LINES])
def test_rules(before: str, after: str, rules: list[str]) -> None:
    text, repairs = repaired(before, 7)
    assert text == after
    assert sorted({r.rule for r in repairs}) == sorted(rules)
    assert {r.line for r in repairs} <= {7}
    assert undone(text, repairs) == before


TRICKY = "的的一（）()0１2 　\t，，。第十条章-—fāè繁體發與"


@given(st.text(alphabet=st.one_of(st.sampled_from(TRICKY), st.characters())))
def test_any_line_can_be_had_back(line: str) -> None:
    text, repairs = repaired(line, 1)
    assert undone(text, repairs) == line


@pytest.mark.parametrize(("line", "kind"), [
    ("给予\ufffd万元", "lost_character"), ("取得明显成效取得明显成效的", "said_twice"),
    ("给予50万、30万元", "unit_missing"),
    ("一次3l0元", "letter_in_number")])
def test_doubts_are_listed_and_left(line: str, kind: str) -> None:
    assert [(d.line, d.kind) for d in doubts_of(line, 4)] == [(4, kind)]
