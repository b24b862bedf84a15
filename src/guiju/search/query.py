"""A query as people type it: words, “phrases”, and -words that must not occur. Whatever else is typed is words or
nothing; no query is an error but one without a word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.search.folding import folded
from guiju.search.words import Cutter, Word
from guiju.source.diagnostics import Span, Text, fail

LONGEST = 200  # characters of a query that are read
MOST = 24  # words of a query that are looked for
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_QUOTED = re.compile("([-!]?)(?:\"([^\"]*)\"|[“”]([^“”]*)[“”]|「([^」]*)」|『([^』]*)』)|(\\S+)")
_JOINED = frozenset({"and", "or", "&&", "||", "near"})
_NO_NAME = re.compile(r"[\s《》〈〉]")
_MEANS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. All `phrases` occur as they stand, no `without` does; `words` include those of the
    phrases. `notices`: what was left out; `name`: all that was typed as one word, which may be a title."""

    typed: str
    words: tuple[Word, ...]
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    notices: tuple[Text, ...] = ()
    name: str = ""

    def marks(self) -> list[str]:
        """What to highlight, the longest first."""
        found = {*self.phrases, *(t for w in self.words for t in (w.text, *w.parts, *w.same))}
        return sorted(found, key=lambda w: (-len(w), w))


def read_query(typed: str, cutter: Cutter) -> Query:
    """Raises E881 where there is no word to look for."""
    text = folded(_SPACE.sub(" ", typed)).strip()
    notices = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        notices.append(Text(f"查询太长，只用了前 {LONGEST} 个字", f"only the first {LONGEST} characters were used"))
    plain, phrases, without = _parts(text)
    words: dict[str, Word] = {w.text: w for part in plain for w in cutter.of_query(part)}
    if not words:
        raise _nothing(bool(without))
    if len(words) > MOST:
        notices.append(Text(f"查询的词太多，只用了前 {MOST} 个", f"only the first {MOST} words were used"))
    chosen = tuple(list(words.values())[:MOST])
    return Query(" ".join(typed.split())[:LONGEST], chosen, tuple(dict.fromkeys(phrases)),
                 tuple(dict.fromkeys(without)), tuple(notices), _NO_NAME.sub("", "".join(plain)))


def _parts(text: str) -> tuple[list[str], list[str], list[str]]:
    """Everything to be cut, the phrases, and what must not occur."""
    plain: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    negative = False
    for found in _QUOTED.finditer(text):
        phrase = next((g for g in found.groups()[1:5] if g is not None), None)
        word = (found[6] if phrase is None else phrase).strip()
        minus = bool(found[1]) or (phrase is None and len(word) > 1 and word[0] in "-!")
        word = word.lstrip("-!") if phrase is None and minus else word
        if phrase is None and word == "not":
            negative = True
            continue
        if not _MEANS.search(word) or (phrase is None and word in _JOINED):
            continue
        if minus or negative:
            without.append(word)
        else:
            plain.append(word)
            phrases += [word] if phrase is not None else []
        negative = False
    return plain, phrases, without


def _nothing(excluded: bool) -> Exception:
    if excluded:
        return fail("E881", Span("guiju search"), "只写了要排除的词；请再写要找的词",
                    "only words to leave out were given: add words to look for")
    return fail("E881", Span("guiju search"), "没有可找的词；请写一两个词，如：领跑者 奖励 万元",
                "there is no word to look for: write a word or two, like 领跑者 奖励 万元")
