"""Which region a text speaks of, by the names in its heading; and what a filter for a region means."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping as Map

from guiju.search.entries import NATIONAL
from guiju.source.diagnostics import Span, fail

EVERYWHERE = ("全国", "国家", "national")
_NATIONAL = re.compile("国务院|中共中央|全国人(?:大|民代表大会)|^(?:国家|全国|中国)|(?:^|[ 、和])(?:国家|中国)?"
                       r"(?:[\u4e00-\u9fff]{2,8}总局|国家[\u4e00-\u9fff]{2,12}(?:局|委|委员会)"
                       "|(?:工业和信息化|财政|科学技术|商务|教育|农业农村|生态环境|交通运输|住房和城乡建设)部)")


class Places:
    """The names of the dictionary's regions. A county's name alone is too common: it counts behind the name of what it
    lies in."""

    def __init__(self, regions: Map[str, str]) -> None:
        self.regions = regions
        self.names = {name: code for code, name in regions.items() if not _within_city(code)}

    def of_heading(self, heading: str) -> str:
        """The code of the narrowest region that a heading names, shortened to its digits; NATIONAL for what a national
        body issued; empty where neither is said."""
        heading = heading.strip()
        found = [self.names[m[0]] for m in self._pattern.finditer(heading)]
        if not found:
            return NATIONAL if _NATIONAL.search(heading) else ""
        code = max(found, key=lambda c: len(short(c)))
        inner = [c for c, name in self.regions.items()
                 if _within_city(c) and c.startswith(short(code)) and name in heading]
        return short(inner[0] if len(inner) == 1 else code)

    def read(self, word: str) -> str:
        """The digits of a region that a person names, in full or without 省, 市. Raises E884."""
        text = word.strip()
        if text.lower() in EVERYWHERE:
            return NATIONAL
        if re.fullmatch(r"\d{2,6}", text, re.ASCII) and text.ljust(6, "0") in self.regions:
            return short(text.ljust(6, "0"))
        fitting = [c for c, name in self.regions.items() if name == text] or \
            [c for c, name in self.regions.items() if text and name.startswith(text) and len(name) <= len(text) + 5]
        broad = [c for c in fitting if len(short(c)) == min(len(short(f)) for f in fitting)]
        if len(broad) != 1:
            listed = "、".join(f"{self.regions[c]}（{c}）" for c in broad[:6])
            raise fail("E884", Span(f"--region {word}"),
                       f"“{word}”可指：{listed}；请写代码" if broad else
                       f"没有地区“{word}”；写名称或行政区划代码，如 天津、临沂市、1201；国家层面写 全国",
                       f"'{word}' may be: {listed}; give the code" if broad else
                       f"there is no region '{word}': give a name or a code of GB/T 2260, or 'national'")
        return short(broad[0])

    def name(self, region: str) -> str:
        """The name of a region by its digits."""
        return "全国" if region == NATIONAL else self.regions.get(region.ljust(6, "0"), region)

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(map(re.escape, self.names), key=len, reverse=True)) or r"(?!)")


def short(code: str) -> str:
    """A code less its trailing pairs of zeros: what the codes of all within begin with."""
    return re.sub("(?:00)+$", "", code)


def _within_city(code: str) -> bool:
    return not code.endswith("00")
