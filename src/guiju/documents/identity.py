"""What a document says of itself: title, number, issuer, dates. Only what its own lines say; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from guiju.documents.lines import Paragraph
from guiju.documents.marks import DATED, DAY, NUMBER, ORDER, TITLE_END, mark_of

BODY = 100  # characters of a paragraph that is no head any more
HEAD = 30  # paragraphs in which title, number and issuer stand
_QUOTED = re.compile(r"《(.+)》(?:的(?:通知|公告|函))?")
_ISSUED = re.compile(r"(?:印发|发布)了?\s*(\S.{3,})$")
_BY = re.compile(r"(.{2,60}?)(?:联合)?(?:正式)?(?:印发|发布|公布|下发|关于)")
_FORCE = re.compile(r"自\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[发公]布之日|印发之日)"
                    r"\s*起?(?:施行|实施|执行)")
_LATER = re.compile(r"之日起\s*\d{1,3}\s*日后(?:施行|实施)")
_UNTIL = re.compile(r"有效期(?:限)?(?:为|至|)\s*(\d{4}年\d{1,2}月\d{1,2}日|[一二三四五六七八九十\d]{1,3}\s*年)")
_FRONT = re.compile(r"(title|date):\s*[\"']?(.+?)[\"']?$")


@dataclass(slots=True)
class Identity:
    """Fills up as the paragraphs come. `dates` holds `published`, `signed`, `effective`, `expires` as found."""

    title: str = ""
    heading: str = ""
    number: str = ""
    issuer: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    seen: int = 0
    body: bool = False

    def begin(self, heading: str) -> None:
        self.heading = heading
        self.title = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", " ", _inner(heading))
        by = _BY.match(heading)
        if by and by[1] and not by[1].startswith("《"):
            self.issuer = by[1].split()

    def look(self, paragraph: Paragraph, attached: bool = False) -> None:
        """Take what a paragraph of the text gives. What an attachment says of its own force is not the document's."""
        text = paragraph.text
        self.seen += 1
        if self.seen <= HEAD and not paragraph.table:
            self._head(text)
        if len(text) <= 60:
            self._dated(text)
        if not attached and ("施行" in text or "实施" in text or "执行" in text):
            self._force(text)

    def _head(self, text: str) -> None:
        front = _FRONT.match(text)
        if front and front[1] == "title":
            self.title = self.title or front[2]
        elif front:
            self.dates.setdefault("published", _day(front[2]))
        if not self.number and (found := NUMBER.fullmatch(text) or (ORDER.fullmatch(text) if len(text) < 12 else None)):
            self.number = re.sub(r"\s+", "", found[0])
        self.body = self.body or (len(text) > BODY and text.endswith(("。", "；")))
        if not self.title and not self.body and TITLE_END.search(text) and mark_of(text) is None:
            self.begin(text)
            self.title = text

    def _force(self, text: str) -> None:
        force, until = _FORCE.search(text), _UNTIL.search(text)
        if force:
            self.dates.setdefault("effective", _day(force[1]))
        if until and (force or _LATER.search(text)):
            self.dates.setdefault("expires", _day(until[1]))

    def _dated(self, text: str) -> None:
        dated = DATED.match(text)
        if dated:
            kind = {"发布": "published", "印发": "published", "公布": "published"}.get(dated[1], "signed")
            self.dates.setdefault("held" if dated[1] == "召开" else kind, _day(dated[2]))
        elif DAY.fullmatch(text):
            self.dates.setdefault("signed" if self.title else "above_title", _day(text))


def _inner(heading: str) -> str:
    """What was issued: the words after 印发 or 发布, without their 《》; else the heading."""
    found = _ISSUED.search(heading)
    rest = found[1] if found else heading
    whole = _QUOTED.fullmatch(rest)
    return whole[1] if whole and "》" not in whole[1] else rest


def _day(text: str) -> str:
    """An ISO date where the text has a whole one, else its own words."""
    found = DAY.search(text)
    if found is None:
        return re.sub(r"\s+", "", text)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return found[0]
