"""The dictionary: every fact, record and choice that rules may speak of."""

from __future__ import annotations

from html import escape

from guiju.book.page import Page, table, titled
from guiju.source.diagnostics import Text
from guiju.vocabulary import Vocabulary
from guiju.vocabulary.model import Field, RecordType

TITLE = Text("词汇", "The dictionary")
KINDS = {"fact": "事实", "judgement": "判断", "parameter": "参数"}
TYPES = {"number": "数", "money": "金额", "ratio": "比例", "bool": "是否", "enum": "选项", "region": "地区",
         "industry": "行业", "date": "日期", "text": "文字"}
_HEADER = ["名称", "英文", "类型", "含义", "出处"]


def dictionary_of(vocabulary: Vocabulary) -> Page:
    """The page of all words."""
    records = vocabulary.all_records()
    body = [titled(TITLE), '<h2 id="facts">单位的事实 <small>Facts of an organisation</small></h2>',
            _fields(vocabulary.all_facts(), "单位的事实")]
    for record in records:
        body += [f'<h2 id="{record.id}">{escape(record.name)} <small>{escape(record.en)}</small></h2>',
                 _about(record), _fields(list(record.fields), record.name)]
    contents = '<li><a href="#facts">单位的事实</a></li>' + "".join(
        f'<li><a href="#{r.id}">{escape(r.name)}</a></li>' for r in records)
    return Page("dictionary", TITLE, "\n".join(body), f"<ul>{contents}</ul>")


def _about(record: RecordType) -> str:
    return f"<p>{escape(record.meaning)}</p>" if record.meaning else ""


def _fields(fields: list[Field], caption: str) -> str:
    return table(_HEADER, [[escape(f.name), f'<span lang="en">{escape(f.en)}</span>', escape(_type(f)),
                            escape(f.meaning), escape(f.source)] for f in fields], caption)


def _type(field: Field) -> str:
    words = TYPES[field.type] + (f"（{field.unit.name}）" if field.unit else "")
    if field.enumeration is not None:
        words += "：" + "、".join(m.name for m in field.enumeration.members)
    return words if field.kind == "fact" else f"{words}，{KINDS[field.kind]}"
