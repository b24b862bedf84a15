"""Reading typed values out of document nodes, with unknown keys refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from guiju.source.diagnostics import GuijuError, Span, Text, fail
from guiju.source.document import Mapping, Node, Scalar, Sequence

TRUE_WORDS = frozenset({"true", "yes", "是", "真", "有"})
LONGEST_WORD = 200
FALSE_WORDS = frozenset({"false", "no", "否", "假", "无"})


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words most like `word`, best first. A text that is no word is like none."""
    if len(word) > LONGEST_WORD:
        return []
    from rapidfuzz import fuzz, process

    found = process.extract(word, sorted(known), scorer=fuzz.ratio, limit=limit, score_cutoff=40)
    return [match for match, _, _ in found]


def suggestion(word: str, known: Iterable[str]) -> Text:
    """“是不是…？” with the nearest names, or nothing."""
    close = nearest(word, known)
    if not close:
        return Text("", "")
    return Text("。是不是" + "、".join(f"“{c}”" for c in close) + "？", "; did you mean " + ", ".join(close) + "?")


def not_one(code: str, word: str, fitting: Iterable[str], ids: Iterable[str], what: Text,
            span: Span | None = None) -> GuijuError:
    """What to say where a word means several of the ids (`fitting`), or none. `what`: what the ids are of."""
    span, several, known = span or Span(word), list(fitting), list(ids)
    if several:
        return fail(code, span, f"“{word}”可指：{'、'.join(several)}；请写全",
                    f"'{word}' is one of: {', '.join(several)}")
    hint = suggestion(word, known)
    return fail(code, span, f"没有{what.zh}“{word}”{hint.zh or '。可用：' + '、'.join(known)}",
                f"there is no {what.en} '{word}'{hint.en or '; there are: ' + ', '.join(known)}")


def as_mapping(node: Node | None, span: Span, what: str) -> Mapping:
    if isinstance(node, Mapping):
        return node
    raise fail("E020", node.span if node else span, f"{what}应是“键: 值”的形式", f"{what} must be a mapping")


def as_items(node: Node | None) -> tuple[Node, ...]:
    """A list, or a single value as a list of one; nothing as an empty list."""
    if node is None:
        return ()
    return node.items if isinstance(node, Sequence) else (node,)


def as_scalar(node: Node, what: str) -> Scalar:
    if isinstance(node, Scalar):
        return node
    raise fail("E021", node.span, f"{what}应是一个值", f"{what} must be a single value")


def check_keys(mapping: Mapping, allowed: Collection[str], required: Collection[str] = ()) -> None:
    """Raise E022 for an unknown key (with the nearest known one), E023 for a missing one."""
    for key, _ in mapping.entries:
        if key.text not in allowed:
            hint = suggestion(key.text, allowed)
            raise fail("E022", key.span, f"不认识“{key.text}”{hint.zh or '。可用：' + '、'.join(sorted(allowed))}",
                       f"unknown key '{key.text}'{hint.en or '; known: ' + ', '.join(sorted(allowed))}")
    for name in required:
        if mapping.get(name) is None:
            raise fail("E023", mapping.span, f"缺少“{name}”", f"'{name}' is missing")


def text_of(mapping: Mapping, key: str, default: str = "") -> str:
    node = mapping.get(key)
    return default if node is None else as_scalar(node, key).text


def texts_of(mapping: Mapping, key: str) -> tuple[str, ...]:
    return tuple(as_scalar(item, key).text for item in as_items(mapping.get(key)))


def bool_of(mapping: Mapping, key: str, default: bool = False) -> bool:
    node = mapping.get(key)
    if node is None:
        return default
    word = as_scalar(node, key).text.lower()
    if word in TRUE_WORDS or word in FALSE_WORDS:
        return word in TRUE_WORDS
    raise fail("E024", node.span, f"“{key}”应是 是 或 否，不是“{word}”", f"'{key}' must be true or false, not '{word}'")


def int_of(mapping: Mapping, key: str, default: int | None = None) -> int:
    node = mapping.get(key)
    if node is None and default is not None:
        return default
    word = as_scalar(node or mapping, key).text
    try:
        return int(word)
    except ValueError:
        raise fail("E025", mapping.span, f"“{key}”应是整数，不是“{word}”", f"'{key}' must be a whole number") from None


def date_of(node: Node, what: str) -> dt.date:
    word = as_scalar(node, what).text
    try:
        date = dt.date.fromisoformat(word)
    except ValueError:
        date = None
    if date is None or date.isoformat() != word:
        raise fail("E026", node.span, f"“{what}”不是真实的日期：{word}；写成 2024-01-24",
                   f"'{what}' is not a real date: {word}; write 2024-01-24")
    return date


def bilingual(node: Node | None, span: Span, what: str) -> Text:
    """`{zh:, en:}` or a plain Chinese string."""
    if node is None:
        return Text("", "")
    if isinstance(node, Scalar):
        return Text(node.text, "")
    mapping = as_mapping(node, span, what)
    check_keys(mapping, {"zh", "en"}, {"zh"})
    return Text(text_of(mapping, "zh"), text_of(mapping, "en"))
