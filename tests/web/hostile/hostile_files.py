"""Files that should not have been sent."""

from __future__ import annotations

import io
import random
import zipfile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BOMB = ('<!DOCTYPE b [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {n} "{f"&{b};" * 10}">' for n, b in zip("bcdefghij", "abcdefghi", strict=True)) + "]>")
OUTSIDE = '<!DOCTYPE b [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def packed(*parts: tuple[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return made.getvalue()


def types(kind: str, more: str = "") -> tuple[str, str]:
    begin = f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/x" ContentType="{kind}"/>'
    return "[Content_Types].xml", f"{begin}{more}</Types>"


def docx(body: str = "", *more: tuple[str, bytes | str], before: str = "", kind: str = WORD, listed: str = "") -> bytes:
    whole = f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed(types(kind, listed), ("word/document.xml", whole), *more)


def listing(name: str, kind: str) -> str:
    return f'<Override PartName="/{name}" ContentType="application/{kind}"/>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(rows: str = "", *more: tuple[str, bytes | str], before: str = "", sheet: str = "", listed: str = "",
         shared: str = "") -> bytes:
    """A workbook of one sheet that spreadsheet programs open."""
    sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    strings = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    content = "".join(f'<Override PartName="/xl/{name}" ContentType="{kind}"/>' for name, kind in (
        ("workbook.xml", EXCEL), ("worksheets/sheet1.xml", sheets), ("sharedStrings.xml", strings)))
    return packed(
        ("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
         f'"application/vnd.openxmlformats-package.relationships+xml"/>{content}{listed}</Types>'),
        ("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{R}/office'
         'Document" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'<workbook {S} xmlns:r="{R}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
         "</workbook>"),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{R}'
         f'/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{R}/sharedStrings" Target="shared'
         'Strings.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml", sheet or f"{before}<worksheet {S}><sheetData>{rows}</sheetData></worksheet>"),
        ("xl/sharedStrings.xml", shared or f"<sst {S}/>"), *more)


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def encrypted() -> bytes:
    """A docx with the mark of a password on its first part."""
    content = bytearray(docx())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def twice(content: bytes, name: str, other: bytes) -> bytes:
    """A package that has a part twice: which one another program reads, nobody knows."""
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive._didModify = True  # type: ignore[attr-defined]  # its own: the end is written anew
        info = zipfile.ZipInfo(name)
        archive.NameToInfo.pop(name, None)
        archive.writestr(info, other)
    return made.getvalue()


def padded_types() -> bytes:
    padding = random.Random(7).randbytes(600_000).hex()
    return docx(listed=f"<!--{padding}-->" + listing("y", "vnd.ms-word.document.macroEnabled"))


def macro_in_utf16() -> bytes:
    content = types(WORD, listing("y", "vnd.ms-office.vbaProject"))[1]
    return packed(("[Content_Types].xml", content.encode("utf-16")), ("word/document.xml", "<x/>"))


# What no place for files takes: the name it is sent under, its content, a word of the answer.
NEVER: dict[str, tuple[str, bytes, str]] = {
    "empty": ("空.pdf", b"", "空"),
    "program": ("报告.pdf", b"MZ\x90\x00\x03 a program", "只收"),
    "page": ("报告.docx", b"<html><script>alert(1)</script></html>", "只收"),
    "drawing": ("章.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "只收"),
    "cut-off": ("报告.pdf", b"%PDF-1.7 and then nothing", "不完整"),
    "old or locked": ("报告.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage", "加了密码"),
    "password": ("报告.docx", encrypted(), "密码"),
    "archive": ("报告.docx", packed(("a.txt", "x")), "压缩包不收"),
    "only a head": ("报告.xlsx", b"PK\x03\x04 nothing behind it", "损坏"),
    "macros": ("报告.docx", docx("", ("word/vbaProject.bin", b"x")), "宏"),
    "macros renamed": ("报告.docx", docx("", ("word/x.bin", b"x"), listed=listing(
        "word/x.bin", "vnd.ms-office.vbaProject")), "宏"),
    "macro kind": ("表.xlsx", docx(kind="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "宏"),
    "macro sheet": ("表.xlsx", xlsx(listed=listing("xl/macrosheets/s.xml", "vnd.ms-excel.macrosheet+xml")), "宏"),
    "macros in UTF-16": ("报告.docx", macro_in_utf16(), "宏"),
    "macros behind a megabyte": ("报告.docx", padded_types(), "损坏"),
    "way out": ("报告.docx", docx("", ("../../etc/cron.d/x", b"x")), "指向外面"),
    "from the root": ("报告.docx", docx("", ("/etc/passwd", b"x")), "指向外面"),
    "other slashes": ("报告.docx", docx("", ("..\\..\\x", b"x")), "指向外面"),
    "zip bomb": ("报告.docx", docx("", ("word/media/a", b"\0" * 40_000_000)), "大得不正常"),
    "many parts": ("报告.docx", docx("", *((f"word/{n}", b"") for n in range(5001)), ), "大得不正常"),
    "a part twice": ("报告.docx", twice(docx(), "word/document.xml", b"<other/>"), "重名"),
    "a part twice in other letters": ("报告.docx", docx("", ("WORD/Document.xml", b"<other/>")), "重名"),
}
