"""The one counter of characters. Browser and server must count alike, so the rule is spelled out in code points."""

from __future__ import annotations

import re
import unicodedata

# Not counted: controls, blanks of every kind, invisible marks (joiners, direction, variation selectors, tags). Fixed
# ranges, since the classes of Unicode differ between versions of Python and of browsers.
UNCOUNTED = ((0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x61C, 0x61C), (0x1680, 0x1680), (0x180B, 0x180F),
             (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000), (0xFE00, 0xFE0F),
             (0xFEFF, 0xFEFF), (0xE0000, 0xE007F), (0xE0100, 0xE01EF))
_UNCOUNTED = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in UNCOUNTED) + "]+")


def count(text: str) -> int:
    """The code points of the text in normal form C, without blanks and invisible characters.

    So a Chinese character, a Latin letter, a digit and a punctuation mark count one each, line breaks and spaces
    nothing: what word processors show as “字符数（不计空格）”. The source says only “字以内”; this is the stricter
    reading, under which whatever passes also passes where a Latin word or a number counts as one.
    """
    return len(_UNCOUNTED.sub("", unicodedata.normalize("NFC", text)))


def browser_pattern() -> str:
    """The source of a JavaScript regular expression (flags `gu`) for what is not counted:
    `[...text.normalize("NFC").replace(pattern, "")].length` equals `count(text)`."""
    return "[" + "".join(f"\\u{{{low:x}}}-\\u{{{high:x}}}" for low, high in UNCOUNTED) + "]"
