"""Text as it is compared: narrow, lower case, simplified. A folded text is as long as the text itself, so that a place
found in one is the same place in the other."""

from __future__ import annotations

import re
import unicodedata

from guiju.documents.repair.traditional import simplified

_HALF = re.compile("[\ud800-\udfff\0]")
_PLAIN = re.compile("[\u4e00-\u9fff\u3001\u3002a-z0-9 \n\t]*")


def folded(text: str) -> str:
    """The text for comparison; each character stands for the one at its place."""
    text = _HALF.sub(" ", text)
    if not _PLAIN.fullmatch(text):
        text = text.translate(_NARROW)
    for start, end, after in list(simplified(text)):
        if len(after) == end - start:
            text = text[:start] + after + text[end:]
    return text


class _Narrow(dict[int, int]):
    """The narrow small character for each, found once; those that would become several stay."""

    def __missing__(self, code: int) -> int:
        made = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = ord(made) if len(made) == 1 else code
        return self[code]


_NARROW = _Narrow()
