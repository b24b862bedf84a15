"""Official papers are laid out to GB/T 9704, and no text in them is ever obeyed."""

import dataclasses
import io
import zipfile

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from official import HAN, PAPER, POINT, lines_of, pages

from guiju.papers import Paper, Paragraph, Rows, paper_docx, paper_pdf, typeset

HOSTILE = ["#eval(\"1\")", "*粗*", "_斜_", "$x^2$", "@ref", "<label>", "\\ \\u{41}", "`code`", "// 注",
           "/* 注 */", "= 标题", "- 项", "+ 项",
           "#import \"@preview/x:0.1.0\"", "#read(\"/etc/passwd\")", "~", "[]", "{}", "\"", "'", "https://a.cn/b"]


def plain(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    full = lines_of(paper_pdf(dataclasses.replace(PAPER, body=(Paragraph(HAN * 60),))), 1)
    body = [text for _, _, text in full if "—" not in text]

    assert len(body) == 22
    assert {len(text) for text in body} == {28}


def test_the_type_area_is_156_by_225_mm_37_from_the_top_and_28_from_the_left() -> None:
    pdf = paper_pdf(dataclasses.replace(PAPER, body=(Paragraph(HAN * 60),)))
    width, height = pypdfium2.PdfDocument(pdf)[1].get_size()
    body = [line for line in lines_of(pdf, 1) if "—" not in line[2]]

    assert (round(width * POINT), round(height * POINT)) == (210, 297)
    assert {round(left) for _, left, _ in body} == {28}
    assert 37 < body[0][0] < 37 + 225 / 22
    assert 37 + 225 - 225 / 22 < body[-1][0] <= 37 + 225


def test_page_numbers_stand_outside_right_on_odd_pages_and_left_on_even_ones() -> None:
    pdf = paper_pdf(PAPER)
    footers = [line for n in range(3) for line in lines_of(pdf, n) if line[2].startswith("—")]

    assert [text for _, _, text in footers] == ["—1—", "—2—", "—3—"]
    assert [left > 105 for _, left, _ in footers] == [True, False, True]
    assert all(bottom > 37 + 225 + 5 for bottom, _, _ in footers)


def test_a_notice_has_a_red_head_and_a_publication_none() -> None:
    head = "国家市场监督管理总局文件国市监质发〔2024〕12号市场监管总局关于"

    assert plain(pages(paper_pdf(PAPER))[0]).startswith(head)
    assert "文件" not in pages(paper_pdf(dataclasses.replace(PAPER, kind="公示")))[0]


def test_all_parts_of_a_paper_are_there_in_order() -> None:
    text = plain("".join(pages(paper_pdf(PAPER))))
    parts = ["各省、自治区、直辖市市场监管局：", "一、申报条件", "（一）设施条件", "名单", "序号实验室名称",
             "附件：1.申报评审指南", "2.申报材料", "市场监管总局2024年1月24日", "抄送：工业和信息化部。"]

    assert [text.find(part) > 0 for part in parts] == [True] * len(parts)
    assert [text.rfind(part) for part in parts] == sorted(text.rfind(part) for part in parts)


@pytest.mark.parametrize("words", HOSTILE)
def test_text_is_set_as_it_is_wherever_it_stands(words: str) -> None:
    paper = Paper(f"甲{words}", f"乙{words}", f"丙{words}", f"丁{words}",
                  (Paragraph(f"戊{words}"), Rows((f"己{words}",), ((f"庚{words}",),), f"辛{words}")),
                  (f"壬{words}",), None, (f"癸{words}",), (f"子{words}",), "通知")

    text = plain("".join(pages(paper_pdf(paper))))

    assert [mark for mark in "甲乙丙丁戊己庚辛壬癸子" if f"{mark}{plain(words)}" not in text] == []


@pytest.mark.parametrize("letter", ["A", "1", "国", "."])
def test_ten_thousand_characters_without_a_space_stay_on_the_page(letter: str) -> None:
    paper = dataclasses.replace(PAPER, body=(Paragraph(letter * 10_000), Rows(("名",), ((letter * 500,),))))
    document = pypdfium2.PdfDocument(paper_pdf(paper))

    assert sum(page.get_textpage().get_text_range().count(letter) for page in document) >= 10_500
    for page in document:
        text = page.get_textpage()
        assert max(text.get_charbox(i)[2] for i in range(text.count_chars())) <= (210 - 25) / POINT


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_set_and_written(text: str) -> None:
    paper = dataclasses.replace(PAPER, title=text, body=(Paragraph(text), Rows((text,), ((text,),))), signed=(text,))

    assert paper_pdf(paper).startswith(b"%PDF")
    docx.Document(io.BytesIO(paper_docx(paper)))


def test_equal_papers_give_equal_bytes() -> None:
    assert paper_pdf(PAPER) == paper_pdf(dataclasses.replace(PAPER))
    assert paper_docx(PAPER) == paper_docx(dataclasses.replace(PAPER))


def test_the_docx_says_the_same_in_the_official_fonts_and_without_a_clock() -> None:
    data = paper_docx(PAPER)
    document = docx.Document(io.BytesIO(data))
    texts = [p.text for p in document.paragraphs if p.text]

    assert texts[:4] == ["国家市场监督管理总局文件", PAPER.number, PAPER.title, "各省、自治区、直辖市市场监管局："]
    assert texts[-3:] == ["市场监管总局", "2024年1月24日", "抄送：工业和信息化部。"]
    assert [[c.text for c in row.cells] for row in document.tables[0].rows] == [
        ["序号", "实验室名称"], ["1", "量子计量国家质量标准实验室"]]
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert [font for font in ("仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体") if font not in body] == []
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_template_can_neither_load_packages_nor_read_the_machine() -> None:
    with pytest.raises(ValueError, match="packages"):
        typeset('#import "@preview/cetz:0.2.0": *')
    with pytest.raises(RuntimeError, match="not found"):
        typeset('#read("/etc/hostname")')
    with pytest.raises(RuntimeError):
        typeset('#read("../../../../etc/hostname")')
