"""A filled form that went through other people's word processors is still read; what has no place is said verbatim."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.shared import Pt
from filled import FORM, SENTENCE

from guiju.forms import NOTHING, Reading, filled_docx, read_docx
from guiju.source.diagnostics import GuijuError

STAFF = [{"category": "研究人员", "unit": "一室", "name": "张三"}, {"category": "技术人员", "name": "李四"}]
ANSWERS: dict[str, Any] = {
    "lab_name_zh": "量子计量国家质量标准实验室", "host_name": "某某院", "host_head": "王五", "host_head_post": "院长",
    "host_contact": "赵六", "host_contact_post": "处长", "recommender_name": "某省局",
    "purpose_text": f"{SENTENCE}\n{SENTENCE}",
    "plan_text": SENTENCE, "staff": STAFF, "tasks": NOTHING, "host_opinion": "同意。"}
DATA = filled_docx(FORM, ANSWERS, joint=True)
Edit = Callable[[Any], None]


def edited(*edits: Edit) -> Reading:
    document = docx.Document(io.BytesIO(DATA))
    for edit in edits:
        edit(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(FORM, buffer.getvalue())


def rewritten(change: Callable[[str], str], part: str = "word/document.xml", data: bytes = DATA) -> bytes:
    """The file with one part changed as text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == part else content)
    return buffer.getvalue()


def paragraphs(document: Any) -> list[Any]:
    return [*document.paragraphs, *(p for t in document.tables for c in t._cells for p in c.paragraphs)]


def split_runs(document: Any) -> None:
    for paragraph in paragraphs(document):
        text = paragraph.text
        for run in paragraph.runs:
            run.text = ""
        for character in text:
            paragraph.add_run(character).font.size = Pt(12)


def blank_lines(document: Any) -> None:
    for table in document.tables:
        table._tbl.addprevious(document.add_paragraph("  ")._p)
    for paragraph in list(document.paragraphs):
        if paragraph.style.name.startswith("Heading"):
            paragraph.insert_paragraph_before("")
            paragraph._p.addnext(document.add_paragraph()._p)


def wide_labels(document: Any) -> None:
    for table in document.tables:
        for cell in table._cells:
            if cell.text in ("单位负责人", "联系人", "单位名称", "职务/职称"):
                cell.paragraphs[0].runs[0].text = "　".join(cell.text.replace("/", "／")) + "："


def plain_styles(document: Any) -> None:
    for paragraph in document.paragraphs:
        paragraph.style = document.styles["Normal"]


@pytest.mark.parametrize("edits", [(split_runs,), (blank_lines,), (wide_labels,), (plain_styles,),
                                   (wide_labels, split_runs, blank_lines, plain_styles)], ids=lambda e: e[-1].__name__)
def test_the_answers_survive_what_word_processors_do(edits: tuple[Edit, ...]) -> None:
    read = edited(*edits)

    assert (read.answers, read.remarks) == (ANSWERS, ())


def test_a_chinese_word_renames_the_ids_of_styles() -> None:
    data = rewritten(lambda xml: xml.replace('w:val="Heading1"', 'w:val="1"').replace('w:val="Heading2"', 'w:val="2"'))
    data = rewritten(lambda xml: xml.replace('w:styleId="Heading1"', 'w:styleId="1"').replace(
        'w:styleId="Heading2"', 'w:styleId="2"'), "word/styles.xml", data)

    assert read_docx(FORM, data).answers == ANSWERS


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    data = rewritten(lambda xml: xml.replace(
        "<w:t>王五</w:t></w:r>", '<w:t>王</w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>小五</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>五</w:delText></w:r></w:del>'))

    assert read_docx(FORM, data).answers == ANSWERS | {"host_head": "王小五"}


def test_text_in_content_controls_is_read() -> None:
    data = rewritten(lambda xml: re.sub(r"(<w:p>(?:(?!</w:p>).)*王五.*?</w:p>)",
                                        r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", xml, count=1))

    assert "<w:sdt>" in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert read_docx(FORM, data).answers == ANSWERS


def test_the_strict_kind_of_the_format_is_read() -> None:
    transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = rewritten(lambda xml: xml.replace(transitional, "http://purl.oclc.org/ooxml/wordprocessingml/main"))

    assert read_docx(FORM, data).answers == ANSWERS


def staff_table(document: Any) -> Any:
    return next(t for t in document.tables if "人员类别" in [c.text for c in t.rows[0].cells])


def staff_in(read: Reading) -> Any:
    return read.answers["staff"]


def test_a_category_merged_down_stands_for_each_row() -> None:
    def merge(document: Any) -> None:
        table = staff_table(document)
        table.cell(2, 1).paragraphs[0].runs[0].text = ""
        table.cell(1, 1).merge(table.cell(2, 1))

    assert [row["category"] for row in staff_in(edited(merge))] == ["研究人员", "研究人员"]


def test_a_category_across_the_table_stands_for_the_rows_below_it() -> None:
    def group(document: Any) -> None:
        table = staff_table(document)
        for row in (1, 2):
            table.cell(row, 1).paragraphs[0].runs[0].text = ""
        heading = table.add_row()
        heading.cells[0].merge(heading.cells[-1]).text = "辅助人员"
        table.rows[0]._tr.addnext(heading._tr)

    assert [(row["category"], row["name"]) for row in staff_in(edited(group))] == [
        ("辅助人员", "张三"), ("辅助人员", "李四")]


def test_rows_and_columns_added_by_hand_are_read_or_said() -> None:
    def add(document: Any) -> None:
        table = staff_table(document)
        row = table.add_row()
        row.cells[3].text = "钱七"
        table.add_column(Pt(40))
        table.cell(0, 8).text, table.cell(3, 8).text = "备注", "外聘"

    read = edited(add)

    assert read.answers["staff"] == [*STAFF, {"name": "钱七"}]
    assert [r.text for r in read.remarks] == ["\t\t\t钱七\t\t\t\t\t外聘"]


def test_nothing_that_has_no_place_is_lost() -> None:
    def scribble(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before("给科长：下周交")
        staff_table(document)._tbl.addprevious(document.add_paragraph("本表另有附件说明")._p)
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "预算", "三百万"
        document.add_paragraph("最后一句")

    read = edited(scribble)

    assert read.answers == ANSWERS
    assert [(r.code, r.text) for r in read.remarks] == [
        ("unplaced", "给科长：下周交"), ("unplaced", "本表另有附件说明"), ("unplaced", "预算"), ("unplaced", "三百万"),
        ("unplaced", "最后一句")]


def test_a_table_in_a_long_text_becomes_lines_of_it() -> None:
    def table(document: Any) -> None:
        made = document.add_table(rows=2, cols=2)
        for cell, text in zip(made._cells, ("年", "投入", "2024", "300"), strict=True):
            cell.text = text
        last = next(p for p in document.paragraphs if p.text.startswith("十一、"))
        last._p.addprevious(made._tbl)

    read = edited(table)

    assert read.answers["plan_text"] == f"{SENTENCE}\n年\t投入\n2024\t300"
    assert [r.code for r in read.remarks] == ["table_in_text"]


def test_a_cover_that_says_something_else_is_told() -> None:
    def rename(document: Any) -> None:
        document.tables[0].cell(0, 1).paragraphs[0].runs[0].text = "另一个国家质量标准实验室"

    read = edited(rename)

    assert read.answers == ANSWERS
    assert [(r.code, r.text) for r in read.remarks] == [("differs", "另一个国家质量标准实验室")]


def test_a_name_that_stands_on_the_cover_alone_is_taken_from_there() -> None:
    data = filled_docx(FORM, {"host_name": "某某院"}, joint=False)
    document = docx.Document(io.BytesIO(data))
    for cell in document.tables[2]._cells:
        if cell.text == "某某院":
            cell.paragraphs[0].runs[0].text = ""
    buffer = io.BytesIO()
    document.save(buffer)

    assert read_docx(FORM, buffer.getvalue()).answers == {"host_name": "某某院"}


def test_comments_and_footnotes_are_said() -> None:
    note = ('<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:footnote><w:p><w:r><w:t>脚注的话</w:t></w:r></w:p></w:footnote></w:footnotes>")
    buffer = io.BytesIO(DATA)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/footnotes.xml", note)

    assert [(r.code, r.text) for r in read_docx(FORM, buffer.getvalue()).remarks] == [("foreign", "脚注的话")]


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (70 << 20))
    return buffer.getvalue()


def with_part(name: str, content: bytes = b"x") -> bytes:
    buffer = io.BytesIO(DATA)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def other_form() -> bytes:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("请假条")
    document.save(buffer)
    return buffer.getvalue()


def lying_zip() -> bytes:
    """A zip whose directory claims that its content is small."""
    data = bytearray(bomb())
    size = (70 << 20) + 3
    for place in [i for i in range(len(data) - 4) if int.from_bytes(data[i:i + 4], "little") == size]:
        data[place:place + 4] = (100).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(("data", "code"), [
    (b"", "E661"), (b"PK\x03\x04", "E662"), (b"%PDF-1.7", "E661"), (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "E661"),
    (DATA[:-300], "E662"),
    (DATA[:3000], "E662"), (bomb(), "E663"), (lying_zip(), "E662"), (b"PK" + b"\0" * (21 << 20), "E663"),
    (with_part("word/vbaProject.bin"), "E664"), (other_form(), "E665"),
    (rewritten(lambda xml: "<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml.partition("?>")[2]), "E664"),
    (rewritten(lambda xml: xml[:5000]), "E662"), (rewritten(lambda xml: "<w:t>" * 300), "E662"),
    (rewritten(lambda xml: "<a>" + "<b/>" * 1_600_000 + "</a>"), "E663")],
    ids=["empty", "zip head", "pdf", "doc", "cut", "cut early", "bomb", "lying", "large", "macro", "other form",
         "entities",
         "cut xml", "nested", "many tags"])
def test_what_is_no_filled_form_is_refused_with_the_reason(data: bytes, code: str) -> None:
    with pytest.raises(GuijuError) as caught:
        read_docx(FORM, data, "表.docx")

    assert [d.code for d in caught.value.diagnostics] == [code]
    assert caught.value.diagnostics[0].span.file == "表.docx"


def ministrys_own() -> bytes:
    """A document in the layout that the ministry hands out: one table for all basic information, no styles."""
    document = docx.Document()
    for line in ("国家质量标准实验室申报材料（模板）", "实验室名称：量子计量国家质量标准实验室",
                 "填报时间： 2024年1月20日", "一、基本信息"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=4)
    for cells in (["(一) 实验室基本信息"], ["实验室名称(中文)", "量子计量国家质量标准实验室"], ["研究领域", "计量"],
                  ["(二) 依托单位基本信息"], ["单位名称", "某某院"], ["联系人", "赵六", "职务/职称", "处长"],
                  ["邮 编", "100088", "通讯地址", "某路1号"],
                  ["(三) 推荐单位基本信息"], ["单位名称", "某省局"], ["联系人", "钱七", "职务/职称", "科长"]):
        row = table.add_row().cells
        if len(cells) < 4:
            row[len(cells) - 1].merge(row[3])
        for cell, text in zip(row, cells, strict=False):
            cell.text = text
    for line in ("二、建设实验室的目的、意义（2000字以内）", SENTENCE, "十三、申报意见"):
        document.add_paragraph(line)
    opinions = document.add_table(rows=2, cols=2)
    opinions.cell(0, 0).text = "依托 单位 意见"
    opinions.cell(0, 1).text = "同意。\n\n单位（公章） \n负责人（签字）： \n年 月 日"
    opinions.cell(1, 0).text, opinions.cell(1, 1).text = "推荐 单位 意见", "单位（公章） 负责人（签字）：孙八 年 月 日"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_the_ministrys_own_template_is_read_too() -> None:
    read = read_docx(FORM, ministrys_own())

    assert read.answers == {
        "filled_on": "2024年1月20日", "lab_name_zh": "量子计量国家质量标准实验室", "research_field": "计量",
        "host_name": "某某院",
        "host_contact": "赵六", "host_contact_post": "处长", "host_postcode": "100088", "host_address": "某路1号",
        "recommender_name": "某省局", "recommender_contact": "钱七", "recommender_contact_post": "科长",
        "purpose_text": SENTENCE, "host_opinion": "同意。"}
    assert [r.text for r in read.remarks] == ["国家质量标准实验室申报材料（模板）",
                                              "单位（公章） 负责人（签字）：孙八 年 月 日"]
