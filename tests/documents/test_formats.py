"""Web pages, Word files and PDF as lines: what is text, what is a row, and nothing lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdffile import a_pdf
from wordfile import p, packed, table, word

from guiju.documents.importing import import_file
from guiju.documents.reading import read_lines
from guiju.documents.store import documents
from guiju.source.diagnostics import GuijuError


@pytest.fixture
def read(tmp_path: Path):
    """The lines of a file: text, and what is doubtful."""
    def read_(data: str | bytes, name: str):
        file = tmp_path / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return list(read_lines(file))

    return read_


def texts(lines) -> list[str]:
    return [line.text for line in lines]


def doubts(lines) -> list[tuple[int, str, str]]:
    return [(line.number, kind, words) for line in lines for kind, words in line.doubts]


PAGES = [
    ("<p>甲<br>乙</p><div>丙</div>", ["甲", "乙", "丙"]),
    ("<table><tr><td><p>项目</p></td><td><p>金额</p><p>（万元）</p></td></tr></table>", ["项目\t金额 （万元）"]),
    ("<table><tr><td>甲<td>3<tr><td>乙<td>5</table>尾", ["甲\t3", "乙\t5", "尾"]),
    ("<table><tr><td rowspan=2>甲</td><td>3</td></tr><tr><td>5</td></tr></table>", ["甲\t3", "\t5"]),
    ("<table><tr><th colspan='2'>甲</th><th>乙</th></tr></table>", ["甲\t\t乙"]),
    ("<table><tr><td></td><td>3</td></tr></table>", ["\t3"]),
    ("<table><tr><td>外<table><tr><td>内一</td><td>内二</td></tr></table></td><td>旁</td></tr></table>",
     ["外 内一 内二\t旁"]),
    ("<p>1 &lt; 2 &amp;&nbsp;3</p>", ["1 < 2 &\xa03"]),
    ("<style>p{}</style><script>a<b</script><!-- 注 -->第一条", ["第一条"]),
    ("<P CLASS='x'>大写</P><p\nid=y>换行</p>", ["大写", "换行"]),
    ("1<2 且 3>2", ["1<2 且 3>2"]),
]


@pytest.mark.parametrize(("page", "expected"), PAGES, ids=[str(n) for n in range(len(PAGES))])
def test_pages_of_the_web(read, page: str, expected: list[str]) -> None:
    assert texts(read(page, "a.html")) == expected


def test_lines_of_a_page_are_numbered_as_in_the_file(read) -> None:
    lines = read("<html>\n\n<p>\n甲\n</p>\n<table>\n<tr><td>乙</td>\n<td>丙</td></tr></table>", "a.html")

    assert [(line.number, line.text.strip()) for line in lines] == [(4, "甲"), (7, "乙\t丙")]


@pytest.mark.parametrize("opening", ["<script>", "<!--", "<style media='x'>"])
def test_markup_without_an_end_is_read_as_text(read, opening: str) -> None:
    lines = read(f"<p>甲</p>{opening}<p>乙</p>", "a.html")

    assert "".join(texts(lines)) == "甲乙"
    assert [kind for _, kind, _ in doubts(lines)] == ["unclosed"]


def test_a_page_that_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    with file.open("wb") as out:
        out.truncate((16 << 20) + 1)
    with pytest.raises(GuijuError) as error:
        list(read_lines(file))
    assert [d.code for d in error.value.diagnostics] == ["E862"]


@pytest.mark.parametrize("text", ["甲\n乙", "甲\r\n乙", "甲\r乙", "甲\r乙\r"])
def test_the_ends_of_lines_of_every_system(read, text: str) -> None:
    assert texts(read(text, "a.txt")) == ["甲", "乙"]


def test_an_end_of_line_across_two_blocks(read) -> None:
    long = "甲" * 21845  # three bytes each: the carriage return is the last byte of the first block

    assert texts(read(f"{long}\r\n乙", "a.txt")) == [long, "乙"]


WORDS = [
    ("tracked changes", p("给予", '<w:ins w:id="1"><w:r><w:t>五</w:t></w:r></w:ins>',
                          '<w:del w:id="2"><w:r><w:delText>三</w:delText></w:r></w:del>', "万元。"),
     ["给予五万元。"], [(1, "inserted", "五"), (1, "deleted", "三")]),
    ("moved text", p("甲", '<w:moveFrom><w:r><w:t>乙</w:t></w:r></w:moveFrom>', "丙"), ["甲丙"],
     [(1, "deleted", "乙")]),
    ("content controls", f"<w:sdt><w:sdtContent>{p('第二条 甲。')}</w:sdtContent></w:sdt>", ["第二条 甲。"], []),
    ("tags and links", p("甲", "<w:smartTag><w:r><w:t>乙</w:t></w:r></w:smartTag>",
                         "<w:hyperlink><w:r><w:t>丙</w:t></w:r></w:hyperlink>"), ["甲乙丙"], []),
    ("numbers of Word", p("甲", style="Article") + p("乙", list_="3") + p("丙", list_="3", level=1)
     + p("丁", list_="3", level=2) + p("戊", list_="4"),
     ["第一条 甲", "第二条 乙", "二.1 丙", "丁", "第一条 戊"], [(1, "numbered", "第一条")]),
    ("merged cells", table(['<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("甲"), p("乙")],
                           ['<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("丙"), p("1"), p("2")],
                           ["<w:tcPr><w:vMerge/></w:tcPr>" + p(), p("3"), p("4")]),
     ["甲\t\t乙", "丙\t1\t2", "\t3\t4"], []),
    ("a table in a cell", table([p("外") + table([p("内一"), p("内二")]), p("旁")]), ["外 内一 内二\t旁"], []),
    ("two paragraphs in a cell", table([p("甲") + p("乙"), p("丙")]), ["甲 乙\t丙"], []),
    ("breaks, tabs", p("<w:r><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"), ["甲", "乙"], []),
    ("a text box, once", p("<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("框里") +
                           "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + p("框里") +
                           "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>", "框外"), ["框里", "框外"], []),
    ("a picture", p("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "甲"), ["甲"], [(1, "picture", "")]),
    ("readings and fields", p("<w:r><w:ruby><w:rt><w:r><w:t>fā</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>发</w:t></w:r>"
                              "</w:rubyBase></w:ruby></w:r>", "<w:r><w:instrText>PAGE</w:instrText></w:r>"),
     ["发"], []),
    ("a lost sign", p("甲", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), ["甲\ufffd"], []),
]


@pytest.mark.parametrize(("body", "expected", "said"), [w[1:] for w in WORDS], ids=[w[0] for w in WORDS])
def test_word_files(read, body: str, expected: list[str], said: list[tuple[int, str, str]]) -> None:
    lines = read(word(body), "a.docx")

    assert (texts(lines), doubts(lines)) == (expected, said)


def test_notes_stand_at_the_end(read) -> None:
    lines = read(word(p("甲"), f"<w:footnote>{p('见国家标准。')}</w:footnote>"), "a.docx")

    assert texts(lines) == ["甲", "见国家标准。"]
    assert doubts(lines) == [(2, "note", "")]


DAMAGED = [
    ("no text", packed({"word/other.xml": b"<a/>"})),
    ("markup cut off", packed({"word/document.xml": b"<w:document xmlns:w='w'><w:p>"})),
    ("entities", packed({"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"})),
    ("cut short", word(p("甲" * 5000))[:-300]),
    ("changed inside", word(p("甲乙丙丁" * 500)).replace(b"\x00\x00", b"\x01\x02", 9)),
]


@pytest.mark.parametrize("data", [d for _, d in DAMAGED], ids=[name for name, _ in DAMAGED])
def test_damaged_word_files(read, data: bytes) -> None:
    with pytest.raises(GuijuError) as error:
        read(data, "a.docx")
    assert [d.code for d in error.value.diagnostics] == ["E862"]


def test_a_part_that_opens_to_too_much(read) -> None:
    bomb = packed({"word/document.xml": b"<a>" + b" " * (97 << 20) + b"</a>"})

    assert len(bomb) < 1 << 20
    with pytest.raises(GuijuError) as error:
        read(bomb, "a.docx")
    assert [d.code for d in error.value.diagnostics] == ["E862"]


def test_a_page_without_text_is_listed(tmp_path: Path, store: Path) -> None:
    file = tmp_path / "5_pages.pdf"
    file.write_bytes(a_pdf("Article 1", "", "Article 3"))
    (data,) = import_file(file, store).documents

    assert [d[1:] for d in data["doubts"]] == [["page_without_text", "2"]]
    assert [c.page for c in next(iter(documents(store))).clauses()] == [1, 3]


def test_a_damaged_page_does_not_spoil_the_others(tmp_path: Path, store: Path) -> None:
    file = tmp_path / "5_pages.pdf"
    file.write_bytes(a_pdf("Article 1", "Article 2").replace(b"4 0 obj<</Type/Page/", b"4 0 obj<</Type/Pale/"))
    (data,) = import_file(file, store).documents

    assert [d[1:] for d in data["doubts"]] == [["page_damaged", "1"]]
    assert "".join(c.text for c in next(iter(documents(store))).clauses()) == "Article 2"
