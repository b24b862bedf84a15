"""Types of expressions: what a value is, in which dimension, and whether there is one or a row for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guiju.vocabulary import Field

TypeKind = Literal["bool", "number", "enum", "region", "industry", "date", "text"]
COUNTS = frozenset({"count", "item", "person", "entity", "piece", "time", "copy", "grade", "rank", "calendar_year"})
PURE = frozenset({"count", "ratio"})


@dataclass(frozen=True, slots=True)
class Type:
    """`dimension` for numbers (`money`, `ratio`, `count` …); `enum` the enumeration's id; `many` one per row."""

    kind: TypeKind
    dimension: str = ""
    enum: str = ""
    many: bool = False

    def rows(self, many: bool) -> Type:
        return self if many == self.many else Type(self.kind, self.dimension, self.enum, many)


BOOL = Type("bool")
DATE = Type("date")
TEXT = Type("text")
MONEY = Type("number", "money")
COUNT = Type("number", "count")
POINTS = Type("number", "point")


def number(dimension: str) -> Type:
    return Type("number", dimension)


def type_of(field: Field, many: bool = False) -> Type:
    """The type of a dictionary entry."""
    if field.type in ("number", "money", "ratio"):
        assert field.unit is not None
        return Type("number", field.unit.dimension, many=many)
    if field.type == "enum":
        assert field.enumeration is not None
        return Type("enum", enum=field.enumeration.id, many=many)
    return Type(field.type, many=many)  # type: ignore[arg-type]  # the rest are kinds of types


def joined_dimension(left: str, right: str) -> str | None:
    """The dimension that two numbers share, or None. A bare number goes with any count, not with money or time."""
    if left == right:
        return left
    if left == "count" and right in COUNTS:
        return right
    if right == "count" and left in COUNTS:
        return left
    return None


DIMENSION_NAMES = {
    "money": "金额", "ratio": "比例", "area": "面积", "person": "人数", "item": "项数", "entity": "家数",
    "piece": "个数", "time": "次数", "copy": "份数", "grade": "级数", "rank": "位次", "point": "分值",
    "calendar_year": "年度", "duration": "时长", "days": "日数", "workdays": "工作日数", "count": "纯数",
}


def describe(type_: Type) -> str:
    """The type in Chinese, for messages."""
    if type_.kind == "number":
        return DIMENSION_NAMES.get(type_.dimension, type_.dimension)
    names = {"bool": "是否", "enum": "枚举", "region": "地区", "industry": "行业", "date": "日期", "text": "文字"}
    return names.get(type_.kind, type_.kind)
