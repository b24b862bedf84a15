"""Which registers and which bodies are meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.registers.model import KINDS, NATIONAL, Register
from guiju.source.diagnostics import Span, fail
from guiju.source.fields import suggestion
from guiju.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; what is empty (0) lets everything through. `lead` is a body, by its whole name."""

    place: str = ""
    kind: str = ""
    year: int = 0
    lead: str = ""

    def takes(self, register: Register) -> bool:
        year = register.issued.year if register.issued is not None else 0
        return (self.place in ("", register.place, place_name(register)) and self.kind in ("", register.kind)
                and self.year in (0, year) and (not self.lead or self.lead in register.leads))


def wanted(registers: Iterable[Register], place: str = "", kind: str = "", year: int = 0, lead: str = "") -> Wanted:
    """The filters, held to what there is. Raises E721 for a place, E722 for a kind, E723 for a body that leads
    nothing."""
    held = list(registers)
    places = sorted({r.place for r in held} | {place_name(r) for r in held})
    kinds = {k: k for k in KINDS} | {text.en: k for k, text in KINDS.items()}
    if place and place not in places:
        raise _unknown("E721", "--place", place, "地区", "place", places)
    if kind and kind not in kinds:
        raise _unknown("E722", "--kind", kind, "文种", "kind of document", kinds)
    return Wanted(place, kinds.get(kind, ""), year, body(held, lead))


def body(registers: Iterable[Register], word: str) -> str:
    """The leading body that a word means: its name, or the only name with this part. Raises E723; empty for no word."""
    if not word:
        return ""
    names = sorted({name for register in registers for name in register.leads})
    fitting = [name for name in names if name == word] or [name for name in names if word in name]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        listed = "、".join(fitting)
        raise fail("E723", Span(f"--lead {word}"), f"“{word}”可指：{listed}；请写全", f"'{word}' is one of: {listed}")
    raise _unknown("E723", "--lead", word, "牵头机关", "leading body", names)


def place_name(register: Register) -> str:
    """The name of the region, 全国 for what a national body issued."""
    if not register.region:
        return NATIONAL.zh
    return load_vocabulary().regions.get(register.region.ljust(6, "0"), register.place)


def _unknown(code: str, option: str, word: str, zh: str, en: str, known: Iterable[str]) -> Exception:
    hint = suggestion(word, known)
    listed = "、".join(list(known)[:12])
    return fail(code, Span(f"{option} {word}"), f"没有{zh}“{word}”{hint.zh or '。有：' + listed}",
                f"there is no {en} '{word}'{hint.en or '; there are: ' + listed}")
