"""What a reader of a document is told about how it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.forms.layout import Headline
from guiju.forms.model import Field
from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Remark:
    """`code`: unplaced, second, differs, table_in_text, foreign, pictures. `text`: what it is about, verbatim."""

    code: str
    message: Text
    text: str = ""
    field: str = ""


def unplaced(text: str, headline: Headline | None, where: str = "") -> Remark:
    place = where or (headline.text if headline else "")
    zh, en = (f"“{place}”里", f" in {place}") if place else ("", "")
    return Remark("unplaced", Text(f"{zh}有一段文字没有对应的栏，没有读入：",
                                   f"a text{en} belongs to no field and was left out:"), text)


def second(field: Field, text: str) -> Remark:
    return Remark("second", Text(f"“{field.label.zh}”出现了不止一次，用了前一处；后一处是：",
                                 f"{field.label.en} is there more than once; the first is taken. The other:"),
                  text, field.id)


def differs(field: Field, text: str) -> Remark:
    return Remark("differs", Text(f"“{field.label.zh}”两处写得不一样，用了另一处；这里写的是：",
                                  f"{field.label.en} differs between two places; the other is taken. Here:"),
                  text, field.id)


def table_in_text(field: Field, rows: Sequence[str]) -> Remark:
    return Remark("table_in_text", Text(f"“{field.label.zh}”里的表格读成了文字，一行一行、各格以制表符隔开：",
                                        f"the table in {field.label.en} was read as lines of text:"),
                  "\n".join(rows), field.id)


def foreign(text: str) -> Remark:
    return Remark("foreign", Text("脚注、尾注或批注没有读入：", "a note or comment was left out:"), text)


def pictures(count: int) -> Remark:
    return Remark("pictures", Text(f"文件里有 {count} 处图片没有读入；需要的请作为附件上传",
                                   f"{count} pictures were left out; attach what is needed"))
