"""Names of files as people may see and save them."""

from __future__ import annotations

import re
import unicodedata

from guiju.source.diagnostics import CONTROL

_LONGEST = 120
_UNFIT = re.compile(r'[\\/:*?"<>|]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)$")


def clean_name(name: str, kind: str) -> str:
    """The last part of a path, without what steers a terminal, a shell, a page or a file system; the ending fits the
    content."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last.strip(".") else last
    stem = _UNFIT.sub("_", CONTROL.sub("", stem)).replace("\n", " ").replace("\t", " ").strip(" ._")
    stem = stem.encode("utf-8", "ignore").decode()[:_LONGEST]
    if not stem or _RESERVED.match(stem):
        stem = f"文件{stem}"
    return f"{stem}.{kind}"
