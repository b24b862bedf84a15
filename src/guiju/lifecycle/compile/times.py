"""Reads what runs in time: terms, notices, duties, loops, bans."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from typing import TypeVar

from guiju.language.ir import Node
from guiju.lifecycle.chart import BASES, LAPSE, REGISTER, START, BanRule, Duty, LengthUnit, Loop, Notice, Term
from guiju.lifecycle.compile.reading import NOTED, Reading
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping, Scalar
from guiju.source.document import Node as DocumentNode
from guiju.source.fields import as_scalar, bilingual, bool_of, text_of, texts_of

TERM_KEYS = {"label", "length", "from", "before", "until", "kind", "counts", "in", "when", "then", "strength",
             "strength_when", *NOTED}
NOTICE_KEYS = {"label", "subject", "stage", "when", "from", "at_least", "until", "objections", "blocks", "despite",
               "strength", *NOTED}
DUTY_KEYS = {"label", "move", "every", "yearly", "from", "while", "when", "counts", "overdue", *NOTED}
LOOP_KEYS = {"name", "label", "moves", "most", *NOTED}
BAN_KEYS = {"label", "length", "from", "who", "at_least", *NOTED}
_STRENGTHS = ("hard", "principle")
_Made = TypeVar("_Made")
LEAP_YEAR = 2024


def read_terms(reading: Reading) -> dict[str, Term]:
    return _each(reading, "terms", _term)


def read_notices(reading: Reading) -> dict[str, Notice]:
    return _each(reading, "notices", _notice)


def read_duties(reading: Reading) -> dict[str, Duty]:
    return _each(reading, "duties", _duty)


def read_loops(reading: Reading) -> dict[str, Loop]:
    return _each(reading, "loops", _loop)


def read_bans(reading: Reading) -> dict[str, BanRule]:
    return _each(reading, "bans", _ban)


def _each(reading: Reading, section: str, read: Callable[[Reading, Scalar, DocumentNode], _Made]) -> dict[str, _Made]:
    found: dict[str, _Made] = {}
    for key, value in reading.section(section):
        made = reading.context.gather(read, reading, key, value)
        if made is not None:
            found[key.text] = made
    return found


def _moves(reading: Reading) -> list[str]:
    return [key.text for key, _ in reading.section("moves")]


def _term(reading: Reading, key: Scalar, value: DocumentNode) -> Term:
    entry = reading.entry(key, value, TERM_KEYS)
    given = {name for name in ("length", "from", "before", "until") if entry.get(name) is not None}
    if given not in ({"length", "from"}, {"length", "before"}, {"until"}):
        raise fail("E508", entry.span,
                   "期限应写 length 加 from（向后）、length 加 before（倒推），或只写 until（固定日期）",
                   "a term has length and from, length and before, or until alone")
    length, unit = _length_or_none(reading, entry)
    kind = reading.one_of(entry, "kind", ("limit", "minimum"), "limit")
    counts = reading.one_of(entry, "counts", ("act", "state"), "act")
    return Term(
        id=reading.context.claim(key.text, key.span), label=reading.label(entry, key), length=length, unit=unit,
        start=_date_or_none(reading, entry, "from"), before=_date_or_none(reading, entry, "before"),
        until=_date_or_none(reading, entry, "until"), kind=kind,
        rolls=kind == "limit" and counts == "act" and "from" in given and unit != "workday",
        stages=_running_stages(reading, entry), when=reading.test(entry, "when"),
        then=reading.names(entry, "then", [*_moves(reading), REGISTER, LAPSE], "步骤", "move", "E502"),
        strength=reading.one_of(entry, "strength", _STRENGTHS, "hard"),
        strength_when=reading.test(entry, "strength_when"), basis=reading.one_of(entry, "basis", BASES, "text"),
        ref=text_of(entry, "ref"), note=reading.note(entry), clauses=reading.cite(entry), span=key.span)


def _running_stages(reading: Reading, entry: Mapping) -> frozenset[str]:
    """The stages of `in`; `start` alone: it only bounds what opens a case."""
    return frozenset({START}) if texts_of(entry, "in") == (START,) else reading.stage_set(entry, "in")


def _length_or_none(reading: Reading, entry: Mapping) -> tuple[Node | None, LengthUnit]:
    return reading.length(entry, "length") if entry.get("length") is not None else (None, "day")


def _date_or_none(reading: Reading, entry: Mapping, key: str) -> Node | None:
    return reading.date(entry, key) if entry.get(key) is not None else None


def _notice(reading: Reading, key: Scalar, value: DocumentNode) -> Notice:
    entry = reading.entry(key, value, NOTICE_KEYS, {"stage", "from", "at_least"})
    length, unit = reading.length(entry, "at_least")
    moves = _moves(reading)
    procedures = [k.text for k, _ in reading.section("procedures")]
    objections = entry.get("objections")
    return Notice(
        id=reading.context.claim(key.text, key.span), label=reading.label(entry, key),
        subject=bilingual(entry.get("subject"), entry.span, "subject"),
        stages=reading.stage_set(entry, "stage"), when=reading.test(entry, "when"),
        start=reading.date(entry, "from"), length=length, unit=unit, until=_date_or_none(reading, entry, "until"),
        objections=reading.known(as_scalar(objections, "objections"), procedures, "子程序", "procedure", "E505")
        if objections is not None else "",
        blocks=reading.names(entry, "blocks", moves, "步骤", "move", "E502"),
        despite=reading.names(entry, "despite", moves, "步骤", "move", "E502"),
        strength=reading.one_of(entry, "strength", _STRENGTHS, "hard"),
        basis=reading.one_of(entry, "basis", BASES, "text"), ref=text_of(entry, "ref"), note=reading.note(entry),
        clauses=reading.cite(entry), span=key.span)


def _duty(reading: Reading, key: Scalar, value: DocumentNode) -> Duty:
    entry = reading.entry(key, value, DUTY_KEYS, {"move", "from", "while"})
    if (entry.get("every") is None) == (entry.get("yearly") is None):
        raise fail("E508", entry.span, "义务写 every（每隔多久）或 yearly（每年某日，如 04-30），二者选一",
                   "a duty has 'every' or 'yearly', one of the two")
    every: Node | None = None
    unit: LengthUnit = "month"
    if entry.get("every") is not None:
        every, unit = reading.length(entry, "every")
        if every.op == "const" and every.args[0] == 0:
            raise reading.wrong(entry, "every", "大于零的时长", "a length of time above zero")
    moves = _moves(reading)
    overdue = entry.get("overdue")
    return Duty(
        id=reading.context.claim(key.text, key.span), label=reading.label(entry, key),
        move=reading.known(as_scalar(entry.get("move") or entry, "move"), moves, "步骤", "move", "E502"),
        every=every, unit=unit, yearly=_month_day(entry), start=reading.date(entry, "from"),
        stages=reading.stage_set(entry, "while"), when=reading.test(entry, "when"),
        rolls=reading.one_of(entry, "counts", ("act", "state"), "act") == "act",
        overdue=reading.known(as_scalar(overdue, "overdue"), moves, "步骤", "move", "E502") if overdue else "",
        ref=text_of(entry, "ref"), note=reading.note(entry), clauses=reading.cite(entry), span=key.span)


def _month_day(entry: Mapping) -> tuple[int, int] | None:
    word = text_of(entry, "yearly")
    if not word:
        return None
    if re.fullmatch(r"[0-9]{1,2}-[0-9]{1,2}", word):
        month, day = map(int, word.split("-"))
        if 1 <= month <= 12 and 1 <= day <= monthrange(LEAP_YEAR, month)[1]:
            return month, day
    raise fail("E508", entry.span, f"yearly 写成 月-日，例如 04-30，不是“{word}”", f"'yearly' is MM-DD, not '{word}'")


def _loop(reading: Reading, key: Scalar, value: DocumentNode) -> Loop:
    entry = reading.entry(key, value, LOOP_KEYS, {"name", "moves"})
    most = entry.get("most")
    node = None
    if most is not None:
        node = reading.typed_expression(entry, "most", {"number"}, "次数", "a count")
    return Loop(
        id=key.text, name=text_of(entry, "name"), label=reading.label(entry, key),
        moves=reading.names(entry, "moves", _moves(reading), "步骤", "move", "E502"), most=node,
        basis=reading.one_of(entry, "basis", BASES, "text"), ref=text_of(entry, "ref"), note=reading.note(entry),
        clauses=reading.cite(entry), span=key.span)


def _ban(reading: Reading, key: Scalar, value: DocumentNode) -> BanRule:
    entry = reading.entry(key, value, BAN_KEYS, {"from"})
    length, unit = _length_or_none(reading, entry)
    roles = [k.text for k, _ in reading.section("roles")]
    who = entry.get("who")
    return BanRule(
        id=reading.context.claim(key.text, key.span), label=reading.label(entry, key), length=length, unit=unit,
        start=reading.date(entry, "from"),
        who=reading.known(as_scalar(who, "who"), roles, "角色", "role", "E504") if who is not None else "",
        at_least=bool_of(entry, "at_least"), ref=text_of(entry, "ref"), note=reading.note(entry),
        clauses=reading.cite(entry), span=key.span)
