"""What a file is, by its content. Its name and what the browser says of it count for nothing."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from guiju.web.kit.permissions import Refused

MEDIA = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "ofd": "application/ofd",
}
ACCEPT = ",".join(f".{kind}" for kind in MEDIA) + ",.jpeg"
_MOST_ENTRIES, _MOST_UNPACKED, _MOST_RATIO = 5000, 300 * 1024 * 1024, 200
_LARGEST_PART = 1024 * 1024
_RUNS = (b"macroEnabled", b"vbaProject", b"macrosheet")  # whatever the parts are called
_MAIN_PARTS = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


def kind_of(file: BinaryIO, size: int) -> str:
    """The kind of a file. Raises Refused for what is not taken, is damaged, or would unpack to too much."""
    if not size:
        raise Refused("文件是空的", "the file is empty")
    file.seek(0)
    head = file.read(1024)
    if head.startswith(b"%PDF-"):
        return _pdf(file, size)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("这是旧版 Office 文件，或加了密码；请另存为不加密的 .docx、.xlsx 或 PDF",
                      "an old or encrypted Office file: save it as .docx, .xlsx or PDF without a password")
    raise Refused("只收 PDF、OFD、docx、xlsx、PNG、JPG；这个文件的内容不是其中之一（改扩展名没有用）",
                  "only PDF, OFD, docx, xlsx, PNG and JPG are taken; the content of this file is none of them")


def _pdf(file: BinaryIO, size: int) -> str:
    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise Refused("PDF 不完整，可能没有传完；请重新导出", "the PDF is cut off: export it again")
    return "pdf"


def _packed(file: BinaryIO) -> str:
    """docx, xlsx or ofd: all are zip archives. Nothing is unpacked but the list of parts."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            names = {e.filename for e in entries}
            if "OFD.xml" in names:
                return "ofd"
            types = _part(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except Refused:
        raise
    except Exception:  # zipfile and its codecs raise nearly anything on a damaged file
        raise Refused("文件损坏，打不开；请重新保存", "the file is damaged: save it again") from None
    if any(word in types for word in _RUNS) or any(n.lower().endswith("vbaproject.bin") for n in names):
        raise Refused("文件带有宏，不收；请另存为不含宏的 .docx 或 .xlsx",
                      "files with macros are not taken: save without them")
    for kind, part in _MAIN_PARTS.items():
        if part in types:
            return kind
    raise Refused("压缩包不收；请上传里面的文件", "archives are not taken: upload the files in it")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or unpacked > max(packed, 4096) * _MOST_RATIO:
        raise Refused("文件解开后大得不正常，不收", "the file would unpack to far too much")
    if len({e.filename.casefold() for e in entries}) < len(entries):  # other programs may read the other one
        raise Refused("文件里有重名的部分，不收；请重新保存", "two parts of the file have one name: save it again")
    if any(e.filename.startswith(("/", "\\")) or ".." in e.filename.replace("\\", "/").split("/") for e in entries):
        raise Refused("文件里有指向外面的路径，不收", "the file holds paths that lead out of it")
    if any(e.flag_bits & 1 for e in entries):
        raise Refused("文件加了密码；请去掉密码再传", "the file has a password: take it off")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """What a part holds: without the zeros of UTF-16, so that its words are found in any encoding."""
    with archive.open(name) as part:
        content = part.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise Refused("文件损坏，打不开；请重新保存", "the file is damaged: save it again")
    return content.replace(b"\0", b"")
