"""The head of a register: which document it is, and where its text stands."""

from __future__ import annotations

import re

from guiju.registers.model import KINDS, Register, Source
from guiju.registers.reading import choice_of, lines_of, word_of, words_of
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping
from guiju.source.fields import as_mapping, check_keys, date_of, int_of, text_of

FORMAT = 1
KEYS = {"id", "kind", "title", "number", "issuer", "issued", "region", "source", "summary", "note"}
_DOCUMENT = re.compile(r"(\w+)-(\d{1,4})", re.ASCII)
_REGION = re.compile(r"\d\d(\d\d(\d\d)?)?", re.ASCII)


def read_identity(root: Mapping, id_: str) -> Register:
    """A register of its head alone, which stands under `register`. Raises E701 where its id is not that of its place,
    E710 for the format, E711 for what names no text, E712 for a region."""
    if int_of(root, "guiju") != FORMAT:
        raise fail("E710", root.span, f"guiju 应是 {FORMAT}：这是文件格式的版本", f"guiju must be {FORMAT}, the format")
    head = as_mapping(root.get("register"), root.span, "register")
    check_keys(head, KEYS, ("id", "kind", "title", "source", "summary"))
    if text_of(head, "id") != id_:
        raise fail("E701", head.span, f"id 应与所在的位置同名：{id_}", f"id must be the name of its place: {id_}")
    region, issued = text_of(head, "region"), head.get("issued")
    if head.get("region") is not None and not _REGION.fullmatch(region):
        raise fail("E712", head.span, f"region 是行政区划代码的前几位，如 46、\"5108\"；不是“{region[:20]}”",
                   f"region is the first digits of a code of GB/T 2260, such as 46 or 5108, not '{region[:20]}'")
    return Register(id_, choice_of(head, "kind", KINDS), words_of(head, "title"), word_of(head, "number"),
                    words_of(head, "issuer"), date_of(issued, "issued") if issued is not None else None, region,
                    _source(as_mapping(head.get("source"), head.span, "source")), words_of(head, "summary"),
                    words_of(head, "note"), {}, (), (), (), head.span)


def _source(entry: Mapping) -> Source:
    check_keys(entry, {"document", "lines"}, ("document", "lines"))
    document, lines = _DOCUMENT.fullmatch(text_of(entry, "document")), lines_of(entry)
    if document is None or len(lines) != 1:
        raise fail("E711", entry.span,
                   "source 写明文本库里的来源和篇号，以及起止行：document: \"004-1\", lines: 60-226",
                   "source names the text's source and its running number, and its lines: "
                   "document: \"004-1\", lines: 60-226")
    return Source(document[1], int(document[2]), lines[0])
