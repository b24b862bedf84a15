"""One text against the field that it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from guiju.facts.numbers import normal
from guiju.facts.reading import Refusal
from guiju.forms.checking.codes import credit_code_fault
from guiju.forms.counting import count
from guiju.forms.entries import scalars, stated
from guiju.forms.model import MOST_CHARACTERS, Field
from guiju.source.diagnostics import CONTROL, Text

Finding = tuple[str, Text]
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>().]+(\.[^@\s,;<>().]+)+")
_PHONE = re.compile(r"[+(\d][\d()+,、;/ -]*(?:(?:转|分机|ext\.?)\s*\d+)?", re.IGNORECASE)
_ONE_LINE = ("line", "choice", "code", "date", "number", "money", "phone", "email", "postcode", "yesno")
_CODES = {"E106": "not_a_number", "E107": "not_a_number", "E108": "not_a_number", "E109": "not_a_number",
          "E110": "not_yes_or_no", "E111": "not_a_choice", "E112": "bad_code", "E113": "bad_code",
          "E114": "not_a_date", "E115": "too_large", "E116": "not_a_choice"}


def text_faults(field: Field, text: str) -> Iterator[Finding]:
    """What is wrong with a text in a field: code and message. A blank one is never wrong."""
    if not text.strip():
        return
    if len(text) > MOST_CHARACTERS:
        yield "too_large", Text(f"太长：上限是 {MOST_CHARACTERS} 个字符",
                                f"too long: at most {MOST_CHARACTERS} characters")
        return
    bad = CONTROL.search(text.replace("\r\n", "\n"))
    if bad is not None:
        yield "bad_character", Text(f"有看不见的坏字符（U+{ord(bad[0]):04X}）；删去后重填",
                                    f"an invisible broken character (U+{ord(bad[0]):04X}): take it out")
        return
    if field.kind in _ONE_LINE and "\n" in text.strip():
        yield "bad_character", Text("这一栏只能写一行", "this takes one line only")
        return
    if field.limit is not None and (length := count(text)) > field.limit:
        over = length - field.limit
        yield "too_long", Text(f"{length} 字，上限 {field.limit} 字，多了 {over} 字",
                               f"{length} characters, {over} over the limit of {field.limit}")
    yield from _OF_KIND.get(field.kind, _by_entry)(field, text)
    if field.pattern and not re.fullmatch(field.pattern, text.strip()):
        yield "bad_pattern", Text("格式不对", "the format is wrong")


def _by_entry(field: Field, text: str) -> Iterator[Finding]:
    if field.entry is None:
        return
    try:
        reading = scalars().read(stated(field, text), field.entry, quoted=True)
    except Refusal as refusal:
        yield _CODES.get(refusal.code, "not_text"), refusal.message
        return
    if field.kind == "date" and not field.months and isinstance(reading.value, tuple) and reading.value[2]:
        yield "not_a_date", Text("日期要写到日，如 2024-01-24", "give the day too, like 2024-01-24")


def _choice(field: Field, text: str) -> Iterator[Finding]:
    if field.entry is not None:
        yield from _by_entry(field, text)
    elif normal(text) not in map(normal, field.choices):
        yield "not_a_choice", Text(f"没有“{text.strip()[:40]}”这一项；可选：{'、'.join(field.choices)}",
                                   f"'{text.strip()[:40]}' can't be chosen: {', '.join(field.choices)}")


def _code(field: Field, text: str) -> Iterator[Finding]:
    if field.codes == "credit_code":
        wrong = credit_code_fault(text)
        if wrong is not None:
            yield "bad_code", wrong
    else:
        yield from _by_entry(field, text)


def _phone(field: Field, text: str) -> Iterator[Finding]:
    plain = normal(text)
    if not _PHONE.fullmatch(plain) or sum(c.isdigit() for c in plain) < 5:
        yield "bad_phone", Text("不像电话号码；写成 010-12345678 或 13800000000",
                                "no telephone number; like 010-12345678")


def _email(field: Field, text: str) -> Iterator[Finding]:
    if not _EMAIL.fullmatch(normal(text)):
        yield "bad_email", Text("不像电子邮箱；写成 name@example.cn", "no e-mail address; like name@example.cn")


def _postcode(field: Field, text: str) -> Iterator[Finding]:
    if not re.fullmatch(r"\d{6}", normal(text), re.ASCII):
        yield "bad_postcode", Text("邮编是六位数字", "a postcode has six digits")


_OF_KIND: dict[str, Callable[[Field, str], Iterator[Finding]]] = {
    "choice": _choice, "code": _code, "phone": _phone, "email": _email, "postcode": _postcode}
