"""A paper to set, and the positions of what was set."""

import datetime as dt

import pypdfium2

from guiju.papers import Heading, Paper, Paragraph, Rows

HAN = "国家质量标准实验室面向重大战略任务着力解决制约产业高质量发展的瓶颈问题组织开展科学研究"
POINT = 25.4 / 72  # mm
PAPER = Paper(
    issuer="国家市场监督管理总局", number="国市监质发〔2024〕12号",
    title="市场监管总局关于组织申报国家质量标准实验室的通知",
    addressee="各省、自治区、直辖市市场监管局", body=(
        Paragraph("现将有关事项通知如下。"), Heading("一、申报条件"), Paragraph(HAN * 40), Heading("（一）设施条件", 2),
        Paragraph(HAN),
        Rows(("序号", "实验室名称"), (("1", "量子计量国家质量标准实验室"),), "名单", (1, 6))),
    signed=("市场监管总局",), date=dt.date(2024, 1, 24), attachments=("申报评审指南", "申报材料"),
    copied_to=("工业和信息化部",), kind="通知")


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def lines_of(pdf: bytes, page: int) -> list[tuple[float, float, str]]:
    """Each line of a page from the top: its baseline and left edge in mm from the page's corner, and its text."""
    sheet = pypdfium2.PdfDocument(pdf)[page]
    text = sheet.get_textpage()
    found: dict[float, list[tuple[float, str]]] = {}
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            left, bottom, _, _ = text.get_charbox(index, loose=True)
            found.setdefault(round((sheet.get_height() - bottom) * POINT, 1), []).append((left * POINT, character))
    merged: list[tuple[float, list[tuple[float, str]]]] = []
    for bottom, characters in sorted(found.items()):
        if merged and bottom - merged[-1][0] < 2:
            merged[-1][1].extend(characters)
        else:
            merged.append((bottom, characters))
    return [(bottom, min(characters)[0], "".join(c for _, c in sorted(characters))) for bottom, characters in merged]
