"""Parts of a .docx: a document on a line grid, text in a look, tables, page numbers, and bytes without a clock."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from guiju.source.diagnostics import CONTROL

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FANG_SONG, KAI, HEI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
RED = "D7000F"
_GRID = 20  # points: text that stands closer is in tables and notes
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENT = dt.datetime(1980, 1, 1)
_NO_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks. `size`, `pitch`, `before`, `after` in points; `indent` and `right` in characters."""

    font: str
    size: float
    pitch: float = 0
    align: Literal["left", "center", "right", "justify"] = "justify"
    indent: float = 0
    right: float = 0
    bold: bool = False
    colour: str = ""
    before: float = 0
    after: float = 0
    tracking: float = 0
    with_next: bool = False


def new_document(margins: tuple[float, float, float, float], pitch: float, title: str) -> Document:
    """An empty A4 document. `margins`: top, bottom, left, right in mm; `pitch`: of its line grid, in points."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
    section.footer_distance = Mm(margins[1] - 14)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(pitch * 20)))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    _name_fonts(normal.element.get_or_add_rPr(), FANG_SONG)
    core = document.core_properties
    core.title, core.author, core.comments = xml_text(title)[:250], "", ""
    core.created = core.modified = _MOMENT
    core.revision = 1
    return document


def add_text(place: Document | _Cell, text: str, look: Look) -> Paragraph:
    """A paragraph at the end of the document or cell; line breaks inside the text stay in it."""
    paragraph = place.add_paragraph()
    fill(paragraph, text, look)
    return paragraph


def fill(paragraph: Paragraph, text: str, look: Look) -> None:
    """Put the text into an empty paragraph, in this look."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    layout = paragraph.paragraph_format
    layout.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align.upper())
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.keep_with_next = look.with_next
    if look.pitch:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.pitch)
    if 0 < look.pitch < _GRID:
        off_grid(paragraph)
    if look.indent:
        layout.first_line_indent = Pt(look.size * look.indent)
    if look.right:
        layout.right_indent = Pt(look.size * look.right)
    dress(paragraph.add_run(xml_text(text)), look)


def off_grid(paragraph: Paragraph) -> None:
    """Let lines stand closer than the page's grid."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    free = OxmlElement("w:snapToGrid")
    free.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(free, "w:spacing", "w:ind", "w:jc", "w:rPr")


def dress(run: Any, look: Look) -> None:
    """Give a run of text its font, size, weight, colour and spacing."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run.font.size, run.font.bold = Pt(look.size), look.bold or None
    if look.colour:
        run.font.color.rgb = RGBColor.from_string(look.colour)
    properties = run._r.get_or_add_rPr()
    _name_fonts(properties, look.font)
    if look.tracking:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(look.tracking * 20)))
        properties.append(spacing)


def _name_fonts(properties: Any, east_asian: str) -> None:
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{script}"), name)


def rule(paragraph: Paragraph, colour: str, width: float, above: bool = False) -> None:
    """A line across, below the paragraph, or above and below it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:pBdr")
    for side in ("top", "bottom") if above else ("bottom",):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(round(width * 8))), ("space", "6"), ("color", colour)):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")


def add_table(document: Document, columns: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[int],
              width: float, size: float = 12) -> Table:
    """A ruled table whose head repeats on each page and whose rows do not break. `width` in mm."""
    from docx.shared import Mm

    table: Table = document.add_table(rows=0, cols=len(columns))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    widths = [Mm(width * share / sum(shares)) for share in shares]
    for column, measure in zip(table.columns, widths, strict=True):
        column.width = measure
    add_row(table, columns, widths, Look(HEI, size, pitch=size * 1.5, align="center", before=2, after=2), repeats=True)
    look = Look(FANG_SONG, size, pitch=size * 1.5, align="left", before=2, after=2)
    add_row(table, [""] * len(columns), widths, look)
    pattern = table._tbl.tr_lst[-1]
    for row in rows:
        copied = copy.deepcopy(pattern)  # building each row anew takes ten times as long
        for cell, text in zip(copied.tc_lst, row, strict=False):
            cell.p_lst[0].r_lst[0].text = xml_text(text)
        pattern.addprevious(copied)
    table._tbl.remove(pattern)
    return table


def add_row(table: Table, texts: Sequence[str], widths: Sequence[int], look: Look, repeats: bool = False) -> None:
    """One row at the end of the table. `repeats`: at the top of every page."""
    from docx.oxml import OxmlElement

    row: Any = table.add_row()  # type: ignore[no-untyped-call]  # python-docx is typed in part
    keep_whole(row)
    if repeats:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        fill(cell.paragraphs[0], text, look)


def keep_whole(row: Any) -> None:
    """No page break inside the row, if it fits on a page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def number_pages(document: Document, note: str = "") -> None:
    """— 1 — in the footer, right on odd pages, left on even ones, with a note below it."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        look = Look(SONG, 14, align=align)  # type: ignore[arg-type]  # one of its three words
        paragraph = footer.paragraphs[0]
        fill(paragraph, "— ", look)
        _page_field(paragraph, look)
        dress(paragraph.add_run(" —"), look)
        if note:
            fill(footer.add_paragraph(), note, Look(SONG, 9, align="center"))


def _page_field(paragraph: Paragraph, look: Look) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        dress(run, look)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            order = OxmlElement("w:instrText")
            order.set(qn("xml:space"), "preserve")
            order.text = text
            run._r.append(order)


def xml_text(text: str) -> str:
    """The text without what XML can't hold."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return _NO_XML.sub("", CONTROL.sub("", plain))


def saved(document: Document) -> bytes:
    """The file, its entries in one order and without a clock: equal documents give equal bytes."""
    buffer, timeless = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return timeless.getvalue()
