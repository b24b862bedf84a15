"""Opens a workbook safely and gives its cells as text, exactly as they are shown and meant."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guiju.facts.given import Cell
from guiju.facts.report import Report
from guiju.source.diagnostics import GuijuError, Span, fail

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_FILE = 8 * 1024 * 1024
MAX_PART = 48 * 1024 * 1024
MAX_PARTS = 500
MAX_ROWS = 20_000
MAX_CELLS = 300_000
OPTIONS_SHEET = "选项"
MAX_TAGS = 3_000_000
MAX_OTHER = 50_000  # elements that hold no cell: styles, rules, names, …
MAX_MERGED = 1000
MAX_FORMULAS = 20_000_000  # shared formulas × the length of the longest
_TAG = re.compile(rb"<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)")
_OF_CELLS = (b"c", b"v", b"f", b"is", b"t", b"si", b"r", b"rPr", b"rPh", b"phoneticPr", b"rFont", b"sz", b"color",
             b"family", b"scheme", b"charset", b"b", b"i", b"u")
_AREA = re.compile(rb"(?:mergeCell|hyperlink)\s[^<>]*?\bref\s*=\s*[\"']([^\"']*)")
_AREAS = re.compile(rb"\bsqref\s*=\s*[\"'][^\"']{20000}")
_SHARED = re.compile(rb"<(?:[^\s<>/:!?]+:)?f\s[^<>]*\bshared\b[^<>]*>([^<]*)")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled cells of one sheet: row number → column number → cell. `merged` holds the merged ranges."""

    name: str
    rows: dict[int, dict[int, Cell]]
    merged: list[tuple[str, int]] = field(default_factory=list)  # address, last row

    def at(self, row: int, column: int) -> Cell | None:
        return self.rows.get(row, {}).get(column)


def open_sheets(path: Path, report: Report) -> list[Sheet]:
    """All sheets of a workbook, guarded against oversized and hostile files.

    Raises GuijuError E102 (a zip that is no workbook), E121 (damaged), E122 (too large). Reports E124 for formulas
    without a saved value and error values, W105 for filled hidden sheets, rows and columns.
    """
    return sheets_in(path.read_bytes() if path.stat().st_size <= MAX_FILE else b"", str(path), report)


def sheets_in(data: bytes, label: str, report: Report) -> list[Sheet]:
    """The same of a workbook's bytes; `label` stands for it in messages."""
    if not data or len(data) > MAX_FILE:
        raise fail("E122", Span(label), f"工作簿超过 {MAX_FILE >> 20} MB；只保留要评估的一个单位，另存后再试",
                   f"the workbook is over {MAX_FILE >> 20} MB; keep one organisation only")
    _guard(data, label)
    formulas = _load(data, label, values=False)
    has_formulas = any(c.data_type == "f" for ws in formulas.worksheets for c in _cells(ws))
    values = _load(data, label, values=True) if has_formulas else formulas
    try:
        return [_sheet(ws, values[ws.title], label, report) for ws in formulas.worksheets]
    except ValueError as error:  # an address that no sheet has
        raise _damaged(label, error) from None


def _guard(data: bytes, label: str) -> None:
    """Refuse what would be costly or dangerous to parse, before parsing it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_PART:
                raise _too_large(label)
            if "xl/workbook.xml" not in archive.namelist():
                raise fail("E102", Span(label), "名字是 .xlsx，内容却不是工作簿（可能是 .docx 或压缩包）；另存为 .xlsx",
                           "named .xlsx, but it is no workbook (a .docx or a zip?); save it as .xlsx")
            contents = [archive.read(p) for p in parts if not p.filename.startswith("xl/media/")]
    except GuijuError:
        raise
    except Exception as error:  # zipfile and its codecs raise nearly anything on a damaged file
        raise _damaged(label, error) from None
    _guard_contents([content.replace(b"\0", b"") for content in contents], label)  # so that UTF-16 hides nothing


def _guard_contents(contents: list[bytes], label: str) -> None:
    if any(b"<!DOCTYPE" in content or b"<!ENTITY" in content for content in contents):
        raise fail("E121", Span(label), "工作簿里有不该有的 XML 声明；在表格软件里另存一份再试",
                   "the workbook holds an XML declaration that it should not; save it anew")
    if sum(content.count(b"<") for content in contents) > MAX_TAGS:
        raise _too_large(label)
    tags = Counter(tag for content in contents for tag in _TAG.findall(content))
    other = sum(tags.values()) - tags[b"row"] - sum(tags[tag] for tag in _OF_CELLS)
    if tags[b"row"] > MAX_ROWS or max(tags[tag] for tag in _OF_CELLS) > MAX_CELLS or other > MAX_OTHER \
            or tags[b"mergeCell"] > MAX_MERGED or any(_is_costly(content) for content in contents):
        raise _too_large(label)


def _is_costly(content: bytes) -> bool:
    """Whether a part is small, but its ranges or shared formulas would be written out to something huge."""
    shared = [len(formula) for formula in _SHARED.findall(content)]
    return (sum(map(_cells_in, _AREA.findall(content))) > MAX_CELLS
            or len(shared) * max(shared, default=0) > MAX_FORMULAS or _AREAS.search(content) is not None)


def _cells_in(area: bytes) -> int:
    """How many cells a range has; what is no range is refused when it is read."""
    from openpyxl.utils.cell import range_boundaries

    try:
        left, top, right, bottom = (edge or 0 for edge in range_boundaries(area.decode("ascii")[:40]))
    except (ValueError, TypeError):
        left = top = right = bottom = 0
    whole = b":" in area and not (left and top and right and bottom)  # columns or rows from end to end
    return MAX_CELLS + 1 if whole else (right - left + 1) * (bottom - top + 1)


def _load(data: bytes, label: str, *, values: bool) -> Workbook:
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that do not concern us
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except Exception as error:  # openpyxl raises nearly anything on a damaged file
        raise _damaged(label, error) from None


def _cells(ws: Worksheet) -> list[Any]:
    """The cells that exist. `iter_rows` would make every cell up to the last one, a million rows down."""
    return [cell for _, cell in sorted(ws._cells.items()) if cell.value is not None]


def _sheet(ws: Worksheet, values: Worksheet, label: str, report: Report) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    for raw in _cells(ws):
        place = Cell("", Span(label), f"{ws.title}!{raw.coordinate}")
        cell = _cell(raw, values[raw.coordinate], place, report)
        if cell.text.strip():
            rows.setdefault(raw.row, {})[raw.column] = cell
    for address in _hidden(ws, rows):
        report.add("W105", Cell("", Span(label), address), "隐藏的内容也读了；如不需要请删去",
                   "hidden content is read as well; delete it if it is not wanted")
    return Sheet(ws.title, rows, [(str(r.coord), r.max_row) for r in ws.merged_cells.ranges])


def _hidden(ws: Worksheet, rows: dict[int, dict[int, Cell]]) -> list[str]:
    """The addresses of filled sheets, columns and rows that are hidden. A sheet of choices is hidden by design."""
    if ws.sheet_state != "visible":
        return [ws.title] if rows and ws.title != OPTIONS_SHEET else []
    filled = {column for cells in rows.values() for column in cells}
    columns = [letter for letter, d in ws.column_dimensions.items()
               if d.hidden and any((d.min or 0) <= c <= (d.max or 0) for c in filled)]
    lines = [n for n in sorted(rows) if n in ws.row_dimensions and ws.row_dimensions[n].hidden]
    return [f"{ws.title}!{x}:{x}" for x in (*columns, *lines)]


def _cell(raw: Any, value: Any, place: Cell, report: Report) -> Cell:
    content = value.value
    if raw.data_type == "f" and content is None:
        report.add("E124", place, "公式没有保存结果；在表格软件里打开、计算并保存，或直接填数值",
                   "the formula has no saved result; open, recalculate and save it, or type the value")
        content = ""
    elif value.data_type == "e" or (isinstance(content, str) and content in _ERRORS):
        report.add("E124", place, f"单元格是错误值 {content}；改正公式或直接填数值",
                   f"the cell holds the error {content}; mend the formula or type the value")
        content = ""
    elif raw.data_type == "f":
        report.add("N101", place, f"公式，采用上次保存的结果 {content}",
                   f"a formula; its saved result {content} is used")
    number = isinstance(content, int | float) and not isinstance(content, bool)
    return Cell(_text(content, value.number_format), place.span, place.address, number=number)


def _text(content: Any, number_format: str) -> str:
    if content is None:
        return ""
    if isinstance(content, bool):
        return "是" if content else "否"
    if isinstance(content, int | float):
        number = Decimal(content) if isinstance(content, int) else Decimal(format(content, ".15g"))
        return f"{_decimal(number * 100)}%" if _is_percent(number_format) else _decimal(number)
    if isinstance(content, dt.datetime):
        midnight = content.time() == dt.time()
        return content.date().isoformat() if midnight else content.isoformat(" ", "seconds")
    return str(content)


def _decimal(number: Decimal) -> str:
    """15 significant digits are what a sheet keeps: 0.1 + 0.2 shows, and is meant, as 0.3."""
    text = format(number, "f") if abs(number.adjusted()) < 40 else str(number)
    return text.rstrip("0").rstrip(".") if "." in text and "E" not in text else text


def _is_percent(number_format: str) -> bool:
    quoted = False
    for character in number_format.split(";", maxsplit=1)[0].replace("\\%", ""):
        quoted ^= character == '"'
        if character == "%" and not quoted:
            return True
    return False


def _too_large(label: str) -> Exception:
    return fail("E122", Span(label),
                f"工作簿展开后太大（上限 {MAX_ROWS} 行、{MAX_CELLS} 格、{MAX_PART >> 20} MB）；"
                "删去多余的行、列和工作表", "the workbook is too large when unpacked; delete surplus rows and sheets")


def _damaged(label: str, error: Exception) -> Exception:
    return fail("E121", Span(label),
                f"打不开工作簿（{type(error).__name__}）：文件可能损坏或加密；在表格软件里另存一份再试",
                f"the workbook can't be opened ({type(error).__name__}): damaged or encrypted? save it anew")
