"""Places (GB/T 2260) and industries (GB/T 4754), by code or by name."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from functools import cached_property

from guiju.facts.numbers import normal
from guiju.facts.reading import Reading, Refusal, Remark, remark
from guiju.source.fields import suggestion
from guiju.values import UNKNOWN, known

_SUFFIX = re.compile("(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省|市)$")
CITIES_WITHOUT_DISTRICTS = frozenset({"441900", "442000", "460400", "620200"})  # 东莞 中山 儋州 嘉峪关


class Regions:
    """The place table. A province or a city stands for "somewhere in it": an interval of codes, UNKNOWN which."""

    def __init__(self, names: Map[str, str]) -> None:
        self._names = {code.ljust(6, "0"): name for code, name in names.items()}

    def read(self, text: str) -> Reading:
        """Six digits, a prefix of two or four, or a name. Raises Refusal E112."""
        word = re.sub(r"[\s/·>-]", "", normal(text))
        if re.fullmatch(r"\d+", word, re.ASCII):
            return self._coded(word, text)
        codes = self._by_name.get(word, [])
        if len(codes) == 1 and not self._needs_city(word, codes[0]):
            return self._coded(codes[0], text)
        if codes:
            choices = "、".join(f"{self._full(c)}（{c}）" for c in codes[:6])
            raise Refusal("E112", f"叫“{text}”的地方可能不止一个：{choices}；写明省市或代码",
                          f"several places may be called '{text}': {choices}; give the province or the code")
        hint = suggestion(word, self._by_name)
        raise Refusal("E112", f"没有“{text}”这个地方{hint.zh or '；写六位行政区划代码，或省、市的代码前缀（如 12）'}",
                      f"no place called '{text}'{hint.en or '; write the six-digit code, or a prefix of it'}")

    def _coded(self, code: str, text: str) -> Reading:
        if len(code) not in (2, 4, 6) or not "11" <= code[:2] <= "82":
            raise Refusal("E112", f"“{text}”不是行政区划代码；应是六位数字（或两位、四位前缀），如 120101",
                          f"'{text}' is no GB/T 2260 code: six digits, or a prefix of two or four")
        whole = code.ljust(6, "0")
        if self._names and code[:2] + "0000" not in self._names:
            raise Refusal("E112", f"没有以 {code[:2]} 开头的省级代码；核对“{text}”",
                          f"no province has the code {code[:2]}; check '{text}'")
        level = 2 if whole[2:] == "0000" else 4 if whole[4:] == "00" else 6
        if level == 6 or whole in CITIES_WITHOUT_DISTRICTS:
            return Reading(known(int(whole)), self._doubts(whole))
        low, high = int(whole), int(whole[:level].ljust(6, "9"))
        place = self._full(whole) or whole
        approximate = remark("N102", f"“{text}”只说到{place}：按其中某地处理",
                             f"'{text}' is taken as some place in {place}")
        return Reading((low, high, UNKNOWN), (*self._doubts(whole), approximate))

    def _doubts(self, code: str) -> tuple[Remark, ...]:
        """A warning where the table goes down to this level here and does not hold the code."""
        if code in self._names:
            return ()
        siblings = [c for c in self._names if c[:4] == code[:4] and c != code]
        cities = any(c[:2] == code[:2] and c[2:] != "0000" for c in self._names)
        listed = any(c[4:] != "00" for c in siblings) if code[4:] != "00" else False
        if not (listed or (cities and not siblings)):
            return ()
        return (remark("W104", f"区划代码 {code} 不在代码表中（可能是旧代码或笔误）；按原样使用",
                       f"the place code {code} is not in the table (an old code, or a slip); used as it is"),)

    def _chain(self, code: str) -> list[str]:
        """The names from the province down."""
        codes = dict.fromkeys([code[:2] + "0000", code[:4] + "00", code])
        return [self._names[c] for c in codes if c in self._names]

    def _full(self, code: str) -> str:
        full = ""
        for name in self._chain(code):
            full = name if full and name.startswith(full) else full + name
        return full

    def _needs_city(self, word: str, code: str) -> bool:
        """A district by its bare name: the table does not hold all districts, so others may have that name."""
        return code[4:] != "00" and word == self._names[code] and word[-1] in "区县旗"

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code in self._names:
            chain = self._chain(code)
            above = {name for word in chain[:-1] for name in (word, _SUFFIX.sub("", word))}
            words = {chain[-1], self._full(code), *(name + chain[-1] for name in above)}
            if code[4:] == "00":
                words |= {_SUFFIX.sub("", word) for word in words}
            for word in words:
                found.setdefault(word, []).append(code)
        return found


class Industries:
    """The industry table: sections (a letter), divisions (two digits) and what lies below."""

    def __init__(self, entries: Map[str, tuple[str, str]]) -> None:
        self._entries = entries
        self._by_name = {name: code for code, (name, _) in reversed(list(entries.items()))}

    def read(self, text: str) -> Reading:
        """A section letter, digits with or without it, or a name; gives the code. Raises Refusal E113."""
        word = normal(text)
        match = re.fullmatch(r"([A-Ta-t])?(\d{2,4})?", word, re.ASCII)
        if match and (code := self._code(match[1], match[2])):
            return Reading(known(code))
        if word in self._by_name:
            return Reading(known(self._by_name[word]))
        hint = suggestion(word, self._by_name)
        raise Refusal("E113", f"“{text}”不是行业门类或代码{hint.zh or '；写门类字母（如 C）、大类代码（如 35）或名称'}",
                      f"'{text}' is no industry{hint.en or '; write a section letter, a division code or a name'}")

    def _code(self, letter: str | None, digits: str | None) -> str | None:
        section = (letter or "").upper()
        if not self._entries:
            return digits or section
        if digits is None:
            return section if section in self._entries else None
        known_as = next((d for d in (digits, digits[:3], digits[:2]) if d in self._entries), None)
        if known_as is None or (section and self._entries[known_as][1] != section):
            return None
        return digits
