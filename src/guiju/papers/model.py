"""What an official paper says, apart from how it is set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number in it: level 1 一、 (黑体), level 2 （一） (楷体), levels 3 and 4 1. and （1）."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; each line of it begins anew, two characters in."""

    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table. `shares`: how wide the columns are in relation to each other; equal where not given."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    shares: tuple[int, ...] = ()


Block = Heading | Paragraph | Rows


@dataclass(frozen=True, slots=True)
class Paper:
    """`issuer`: whose name stands in the red head of papers that have one. `number`: 发文字号, "" if it has none
    yet. `addressee`: 主送机关, "" for none. `signed`: who signs, one a line. `date`: 成文日期, None while it is
    not settled. `attachments`: their titles. `copied_to`: 抄送."""

    issuer: str
    number: str
    title: str
    addressee: str
    body: tuple[Block, ...]
    signed: tuple[str, ...] = ()
    date: dt.date | None = None
    attachments: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    kind: str = "公示"

    @property
    def has_head(self) -> bool:
        """Whether the issuer's name stands in red above all: on notices (通知) and what else goes to other bodies."""
        return self.kind in ("通知", "通报", "意见", "批复", "决定", "报告", "请示")

    @property
    def dated(self) -> str:
        return chinese_date(self.date) if self.date else ""


def chinese_date(day: dt.date) -> str:
    """2024年1月24日, as 成文日期 is written."""
    return f"{day.year}年{day.month}月{day.day}日"
