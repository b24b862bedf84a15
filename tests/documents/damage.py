"""Whole files made damaged: a few edits, as bytes or as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

Edit = tuple[str, float, float, bytes]
# What a hurried person, a broken copy, or somebody with bad intentions might put in.
JUNK = [
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", "的".encode()[:2], b"\r", b"\t", b" " * 4000, "（".encode() * 300,
    "第三条".encode(), "目录\n".encode(), "甲\t1\n".encode(), b"999999999999999999999", b"-1", b"1e309", b"2021-02-30",
    b"<", b"<!--", b"<table><td colspan=9999>", b"&#x110000;", b"PK\x03\x04", b"</w:p>", b"<w:tc>", b"]]>",
    b"%PDF-", b"endobj", b"/Length 999999999",
    b"{", b"[", b"&a", b"*a", b"!!python/object:os.system", b": ", b"- ", b"|\n", b"\"", b"'", b"---\n", b"#",
]


def edits(most: int = 6) -> st.SearchStrategy[list[Edit]]:
    """Edits of a file of any length: what is done, where (a share of the file), how much, with what."""
    share = st.floats(0, 1, exclude_max=True)
    kind = st.sampled_from(["cut", "put", "flip", "end", "again", "swap"])
    return st.lists(st.tuples(kind, share, share, st.sampled_from(JUNK)), min_size=1, max_size=most)


def damaged(data: bytes, changes: Sequence[Edit]) -> bytes:
    for kind, where, much, junk in changes:
        at, size = int(where * len(data)), int(much * min(len(data), 400))
        before, piece, after = data[:at], data[at:at + size], data[at + size:]
        if kind == "cut":
            data = before + after
        elif kind == "put":
            data = before + junk + data[at:]
        elif kind == "flip":
            data = before + bytes(b ^ 0x20 for b in piece[:8]) + data[at + len(piece[:8]):]
        elif kind == "end":
            data = before + junk
        elif kind == "again":
            data = before + piece * 3 + after
        else:
            data = after + before
    return data
