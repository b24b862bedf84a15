"""The dictionary: every fact, record and choice that rules may speak of."""

from __future__ import annotations

from html import escape

from guiju.book.page import CHINESE, Page, chinese, contents_of, heading, said, table, titled
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text
from guiju.vocabulary import Vocabulary
from guiju.vocabulary.model import Field, RecordType

TITLE = Text("词汇", "The dictionary")
KINDS = {"fact": Text("事实", "fact"), "judgement": Text("判断", "judgement"), "parameter": Text("参数", "parameter")}
TYPES = {"number": Text("数", "number"), "money": Text("金额", "money"), "ratio": Text("比例", "ratio"),
         "bool": Text("是否", "yes or no"), "enum": Text("选项", "choice"), "region": Text("地区", "region"),
         "industry": Text("行业", "industry"), "date": Text("日期", "date"), "text": Text("文字", "text")}
_FACTS = Text("单位的事实", "Facts of an organisation")


def dictionary_of(vocabulary: Vocabulary, say: Voice = CHINESE) -> Page:
    """The page of all words."""
    records = vocabulary.all_records()
    body = [titled(TITLE, say), heading("facts", _FACTS, say), _fields(vocabulary.all_facts(), say.text(_FACTS), say)]
    for record in records:
        name = Text(record.name, record.en)
        body += [heading(record.id, name, say), _about(record, say), _fields(list(record.fields), say.text(name), say)]
    contents = contents_of([("facts", say.text(_FACTS)), *((r.id, said(Text(r.name, r.en), say)) for r in records)])
    return Page("dictionary", TITLE, "\n".join(body), contents)


def _about(record: RecordType, say: Voice) -> str:
    return f"<p>{chinese(record.meaning, say)}</p>" if record.meaning else ""


def _fields(fields: list[Field], caption: str, say: Voice) -> str:
    """Names in both languages: facts may be written by either."""
    header = [say("名称", "name"), say("英文", "in Chinese"), say("类型", "type"), say("含义", "meaning"),
              say("出处", "source")]
    english = '<span lang="en">{}</span>'
    rows = [[say(escape(f.name), escape(f.en)), say(english.format(escape(f.en)), chinese(f.name, say)),
             _type(f, say), chinese(f.meaning, say), chinese(f.source, say)] for f in fields]
    return table(header, rows, caption, "stack words")


def _type(field: Field, say: Voice) -> str:
    words = say.text(TYPES[field.type])
    if field.unit is not None:
        words += say.in_brackets(say(field.unit.name, field.unit.en))
    if field.enumeration is not None:
        members = (say(m.name, m.en) for m in field.enumeration.members)
        words += say("：", ": ") + say("、", ", ").join(members)
    return escape(words if field.kind == "fact" else f"{words}{say('，', ', ')}{say.text(KINDS[field.kind])}")
