"""Word files made from their markup, so that a test shows what it is about."""

from __future__ import annotations

import io
import zipfile

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' \
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' \
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
LISTS = """<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>
</w:num>"""
STYLES = '<w:style w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'


def word(body: str, notes: str = "") -> bytes:
    """A .docx with this body: `p(…)`, `table(…)`, or markup."""
    parts = {"word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
             "word/numbering.xml": f"<w:numbering {_NAMES}>{LISTS}</w:numbering>",
             "word/styles.xml": f"<w:styles {_NAMES}>{STYLES}</w:styles>",
             "word/footnotes.xml": f"<w:footnotes {_NAMES}>{notes}</w:footnotes>"}
    return packed({name: text.encode() for name, text in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def p(*runs: str, style: str = "", list_: str = "", level: int = 0) -> str:
    """A paragraph of runs; plain words become a run."""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>' if list_ else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    made = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{made}</w:p>"


def table(*rows: list[str]) -> str:
    """A table; each cell is markup."""
    return "<w:tbl>" + "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows) + "</w:tbl>"
