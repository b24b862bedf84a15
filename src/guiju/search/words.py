"""Texts and queries cut into words, both in the same way: words of the dictionary stay whole, the rest is cut by
rjieba. Longer words also give the shorter ones in them, so that 标准化试点 is found by 试点."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from guiju.search.folding import folded
from guiju.source.diagnostics import GuijuError, Span, fail
from guiju.source.document import size_of, unreadable

OWN = Path(__file__).parent / "data" / "words.txt"
LONGEST = 40  # characters of a word
MOST = 50_000
_MEANS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, the shorter words in it, and words that mean the same in this field."""

    text: str
    parts: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words that stay whole: those of the field, and the user's own, as the index keeps them. An entry is a word,
    or several with `=` between them, which are found by one another."""

    users: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Changes with the words, the cutter and its own dictionary: what an index was cut with. Raises E880."""
        _rjieba()
        entries = "\n".join((*_fields_own(), "", *self.users))
        return f"rjieba {version('rjieba')}, {hashlib.sha256(entries.encode()).hexdigest()[:12]}"

    def words(self) -> list[str]:
        """Every word, the longest first."""
        found = {word for entry in (*_fields_own(), *self.users) for word in entry.split("=")}
        return sorted(found, key=lambda w: (-len(w), w))

    def same(self) -> dict[str, tuple[str, ...]]:
        """To each word the others of its entries."""
        found: dict[str, list[str]] = {}
        for entry in (*_fields_own(), *self.users):
            words = entry.split("=")
            for word in words if len(words) > 1 else ():
                found.setdefault(word, []).extend(w for w in words if w != word)
        return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


@functools.cache
def _fields_own() -> tuple[str, ...]:
    return read_words(OWN)


def read_words(path: Path) -> tuple[str, ...]:
    """The entries of a file, one a line. Raises GuijuError: E001 unreadable, E883 no list of words."""
    size = size_of(path, path.name)
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines() if size < MOST * LONGEST * 3 else None
    except OSError as error:
        raise unreadable(path.name, error) from None
    except UnicodeDecodeError:
        lines = None
    if lines is None:
        raise fail("E883", Span(path.name), "词典应是 UTF-8 文字，一行一个词",
                   "a dictionary is UTF-8 text with one word a line")
    entries = [_entry(line, path.name, number) for number, line in enumerate(lines, start=1)]
    if len(entries) > MOST:
        raise fail("E883", Span(path.name), f"词典最多 {MOST} 行", f"a dictionary has at most {MOST} lines")
    return tuple(sorted({e for e in entries if e}))


def _entry(line: str, name: str, number: int) -> str:
    text = folded(line.partition("#")[0]).strip()
    words = [word.strip() for word in text.split("=")] if text else []
    if any(len(w) > LONGEST or not _MEANS.search(w) or re.search(r"\s", w) for w in words):
        raise fail("E883", Span(name, number),
                   f"一行写一个词，同义的词之间用 = 隔开；词里没有空格，不超过 {LONGEST} 个字",
                   f"one word a line, words of one meaning with = between them; without spaces, at most {LONGEST} "
                   "characters each")
    return "=".join(words)


class Cutter:
    """Cuts folded text with one dictionary."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.cut, self.cut_small = _rjieba()
        self.whole = re.compile("(" + "|".join(map(re.escape, dictionary.words())) + ")")
        self.same = dictionary.same()

    def of_text(self, text: str) -> str:
        """The words of a text with spaces between them, as the index wants them."""
        return " ".join(w for piece, whole in self._pieces(folded(text))
                        for w in ([piece] if whole else []) + self.cut_small(piece) if _MEANS.search(w))

    def of_query(self, text: str) -> list[Word]:
        """The words of a query, each once, in order."""
        found: dict[str, Word] = {}
        for piece, whole in self._pieces(folded(text)):
            for word in [piece] if whole else self.cut(piece):
                if _MEANS.search(word):
                    parts = [p for p in self.cut_small(word) if p != word and len(p) > 1 and _MEANS.search(p)]
                    found.setdefault(word, Word(word, tuple(dict.fromkeys(parts)), self.same.get(word, ())))
        return list(found.values())

    def _pieces(self, text: str) -> Iterable[tuple[str, bool]]:
        """The text at the words of the dictionary: what is between them, and they themselves."""
        return ((piece, bool(i % 2)) for i, piece in enumerate(self.whole.split(text)) if piece)


@functools.cache
def _rjieba() -> tuple[Callable[[str], list[str]], Callable[[str], list[str]]]:
    """rjieba's two ways of cutting. Raises E880 where it is not installed."""
    try:
        import rjieba
    except ImportError:
        raise missing("rjieba", "search") from None
    return rjieba.cut, rjieba.cut_for_search


def missing(package: str, extra: str) -> GuijuError:
    """E880: what to install."""
    return fail("E880", Span("guiju search"), f"检索要先安装 {package}（pip install 'guiju[{extra}]'）",
                f"search needs {package} (pip install 'guiju[{extra}]')")
