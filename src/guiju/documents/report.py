"""What an import found, for a person to check: every document with its lines, and every damaged place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from guiju.documents.importing import Imported
from guiju.source.diagnostics import Text

RULES = {
    "stray_byte": Text("不成字的字节", "bytes that are no character"),
    "control": Text("控制字符", "control characters"), "markup": Text("网页标记", "markup"),
    "bookmark": Text("书签", "bookmarks"),
    "list_dash": Text("序号前的短横", "dashes before numbers"),
    "full_width": Text("全角数字、字母", "full-width digits and letters"),
    "full_width_point": Text("全角小数点", "full-width points"), "pinyin": Text("括号里的拼音", "pinyin in brackets"),
    "page_number_inside": Text("句中的页码", "page numbers inside sentences"),
    "page_number": Text("页码", "page numbers"), "running_head": Text("页眉", "running heads"),
    "edge_space": Text("行首行尾空白", "space at the ends of lines"),
    "space_inside": Text("字间空白", "gaps between characters"), "wide_space": Text("全角空格", "wide spaces"),
    "space_at_number": Text("数字旁的空格", "spaces beside numbers"),
    "split_number": Text("拆开的数字", "split numbers"), "traditional": Text("繁体字", "traditional characters"),
    "doubled_marker": Text("重复的序号", "doubled markers"), "doubled_mark": Text("重复的标点", "doubled marks"),
    "doubled_character": Text("重复的字", "doubled characters"), "swapped_mark": Text("错位的书名号", "swapped marks"),
    "joined_line": Text("接起的断行", "split lines joined"),
}
DOUBTS = {
    "lost_character": Text("缺字", "lost character"), "said_twice": Text("重复的词句", "said twice"),
    "letter_in_number": Text("数字里有字母", "letter in a number"),
    "traditional_left": Text("可能有繁体，未装 opencc", "perhaps traditional; opencc is not installed"),
    "unit_missing": Text("金额疑脱“元”", "an amount without its unit"),
    "unfinished": Text("句子没有写完", "unfinished sentence"), "number_leaps": Text("序号不连", "numbers leap"),
    "glued_articles": Text("两条写在一行，已分开", "two articles in one line, taken apart"),
    "key_again": Text("序号重复", "the same number again"),
    "page_without_text": Text("这一页没有文字（也许是图），没有读入", "a page without text, perhaps a picture"),
    "page_damaged": Text("这一页已损坏，没有读入", "a damaged page, not read"),
    "picture": Text("这里有图，没有读入", "a picture here, not read"),
    "deleted": Text("修订中已删去，没有读入", "deleted in a tracked change, not read"),
    "inserted": Text("修订中加入，已读入", "inserted in a tracked change, read"),
    "numbered": Text("序号由 Word 自动编出，已写入文字", "numbers made by Word, written into the text"),
    "note": Text("脚注、尾注移到文末", "footnotes and endnotes stand at the end"),
    "unclosed": Text("标记没有结束，照文字读入", "markup without its end, read as text"),
}
DATES = {
    "published": Text("发布", "published"), "signed": Text("署期", "signed"), "effective": Text("施行", "in force"),
    "expires": Text("有效期至", "until"), "held": Text("召开", "held"),
    "above_title": Text("题名之上的日期（收文章或网页）", "date above the title (a stamp or a web page)"),
}
KINDS = ("章", "节", "条", "一", "（一）", "1.", "（1）", "①", "款", "表", "专栏", "附件")


def report(result: Imported, say: Any) -> Iterator[str]:
    """Lines of text; `say` picks the language, as `guiju.cli.voice.Voice` does."""
    documents = [d for d in result.documents if d["kind"] == "document"]
    state = say("已写入", "written") if result.written else say("库里已有，未变", "unchanged")
    yield say(f"{result.file}：{result.lines} 行，{result.characters} 字，{len(documents)} 份文件（来源 {result.key}，"
              f"版本 {result.version}，{state}）",
              f"{result.file}: {result.lines} lines, {result.characters} characters, {len(documents)} documents "
              f"(source {result.key}, version {result.version}, {state})")
    if result.replaces:
        yield say(f"  接替 {result.replaces}：两个文件的来源同为 {result.key}，旧的仍留在库里",
                  f"  replaces {result.replaces}: both files are source {result.key}; the old one stays in the store")
    yield from _survey(result, documents, say)
    for position, document in enumerate(result.documents):
        yield from _document(position, document, say)
    repairs = say("、", ", ").join(f"{say.text(RULES[r])} {n}" for r, n in sorted(result.repairs.items()))
    yield say(f"  修补（逐处有记录）：{repairs or '无'}", f"  repairs (each on record): {repairs or 'none'}")


def survey(result: Imported) -> dict[str, Any]:
    """The count of a compilation: stated, listed, headed, found, and where they disagree."""
    view = result.survey
    listed = [e for e in view.entries if e.number]
    numbered = [h for h in view.headings if h[1]]
    groups: dict[int, list[int]] = {}
    for line, number, _ in numbered:
        groups.setdefault(sum(1 for start, _ in view.parts if start < line), []).append(number)
    entries: list[list[int]] = []
    for entry in view.entries:
        if not entry.number:
            entries.append([])
        elif entries:
            entries[-1].append(entry.number)
    return {"stated": view.stated, "listed": len(listed), "numbered": len(numbered), "found": len(view.headings),
            "unnumbered": [[line, title] for line, number, title in view.headings if not number],
            "headings": [_oddities(g) for g in groups.values()], "contents": [_oddities(g) for g in entries]}


def _oddities(numbers: list[int]) -> dict[str, Any]:
    counts = Counter(numbers)
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - counts.keys())
    return {"count": len(numbers), "missing": missing, "twice": sorted(n for n, c in counts.items() if c > 1)}


def _survey(result: Imported, documents: list[dict[str, Any]], say: Any) -> Iterator[str]:
    if not result.survey.entries and len(result.survey.headings) < 2:
        return
    found = survey(result)
    for line, count in found["stated"]:
        yield say(f"  卷首自称 {count} 篇（第 {line} 行）", f"  the foreword says {count} (line {line})")
    for words, name, total in ((say("目录", "contents list"), "contents", found["listed"]),
                               (say("正文编号标题", "numbered headings"), "headings", found["numbered"])):
        parts = []
        for part in found[name]:
            odd = say(f"缺 {part['missing']}", f"without {part['missing']}") if part["missing"] else ""
            odd += (" " + say(f"重 {part['twice']}", f"twice {part['twice']}")) if part["twice"] else ""
            parts.append(f"{part['count']}" + (f" ({odd.strip()})" if odd else ""))
        yield f"  {words}: {total} = {' + '.join(parts)}" if parts else f"  {words}: {total}"
    for line, title in found["unnumbered"]:
        yield say(f"  没有编号的标题：{title}（第 {line} 行）", f"  a title without a number: {title} (line {line})")
    yield say(f"  分出文件 {len(documents)} 份", f"  documents found: {len(documents)}")


def _document(position: int, document: dict[str, Any], say: Any) -> Iterator[str]:
    first, last = document["lines"]
    number = f"{document['heading_number']}. " if document["heading_number"] else ""
    yield f"  [{position:03d}] {first}-{last}  {number}{document['title']}"
    dates = say("、", ", ").join(f"{say.text(DATES[k])} {v}" for k, v in document["dates"].items())
    unknown = say("未载", "not stated")
    issuer = say("、", ", ").join(document["issuer"]) or unknown
    yield "        " + say(f"文号 {document['number'] or unknown}；机关 {issuer}；日期 {dates or unknown}",
                           f"number {document['number'] or unknown}; issuer {issuer}; dates {dates or unknown}")
    counts = document["clauses"]
    yield "        " + say("条文 ", "clauses ") + (" ".join(f"{k}{counts[k]}" for k in KINDS if k in counts) or "0")
    for line, kind, text in document["doubts"]:
        yield "        " + say(f"！第 {line} 行 {say.text(DOUBTS[kind])}：{text}",
                               f"! line {line} {say.text(DOUBTS[kind])}: {text}")
    if document["more_doubts"]:
        yield "        " + say(f"！另有 {document['more_doubts']} 处", f"! and {document['more_doubts']} more")
