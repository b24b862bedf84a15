"""Whole files: boundaries, clauses, identity, the store."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdffile import a_pdf

from guiju.documents.importing import import_file
from guiju.documents.report import survey
from guiju.documents.store import documents, original_lines, source_key
from guiju.source.diagnostics import GuijuError

SMALL = """甲市市场监督管理局
甲市监发〔2021〕7号
甲市桥梁检测奖励办法
2021年3月5日
第一章　总　则
第一条 为鼓励桥梁检测，制定本办法。
第二条 奖励对象：
（一）检测机构；
（二）高校。
1.公立的；
①在甲市的；
第三条 给予 5 万元奖励。 第四条 每年不超过两次。
表头\t金额
甲类\t3万元
第五条 本办法自 2021年4月1日起施行，有效期3年。
附件1
申请表
一、单位
"""
COMPILED = """前言

共收录3篇。

目录

一、奖励\t1
1. 甲市桥梁检测奖励办法\t1
2. 乙县隧道照明补助细则\t3

一、奖励

1. 甲市印发《桥梁检测奖励办法》

（发布时间：2020年5月6日）

一、对象

1. 检测机构和高校都可以申请，具体由主管部门确定，名单每年公布一次，并且接受公众监督，

任何人可以提出意见。

2. 乙县印发《隧道照明补助细则》的通知

（发布日期：2021 年 7 月 8 日）

第一条 每盏灯补助 30 元。

第二条 每年一次。

丙区路面修补管理办法

第一条 修补由街道负责。
"""


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_one_document(bring, store: Path) -> None:
    done = bring(SMALL)
    (data,) = done.documents
    assert (data["title"], data["number"]) == ("甲市桥梁检测奖励办法", "甲市监发〔2021〕7号")
    assert data["dates"] == {"signed": "2021-03-05", "effective": "2021-04-01", "expires": "3年"}
    (stored,) = documents(store)
    keys = [(c.key, c.lines) for c in stored.clauses() if c.kind != "款"]
    assert keys == [
        ("第1章", (5, 5)), ("第1条", (6, 6)), ("第2条", (7, 7)), ("第2条(一)", (8, 8)), ("第2条(二)", (9, 9)),
        ("第2条(二)1", (10, 10)), ("第2条(二)1.①", (11, 11)), ("第3条", (12, 12)), ("第4条", (12, 12)),
        ("第4条/表1", (13, 14)), ("第5条", (15, 15)), ("附1", (16, 16)), ("附1一", (18, 18))]
    assert [d[1] for d in data["doubts"]] == ["glued_articles"]


def test_a_compilation_is_counted_three_ways(bring) -> None:
    done = bring(COMPILED)
    titles = [(d["kind"], d["heading_number"], d["title"], d["lines"]) for d in done.documents]
    assert titles == [
        ("front", 0, "（卷首与目录）", [1, 9]), ("document", 1, "桥梁检测奖励办法", [11, 21]),
        ("document", 2, "隧道照明补助细则", [23, 29]), ("document", 0, "丙区路面修补管理办法", [31, 33])]
    assert [d["dates"].get("published") for d in done.documents] == [None, "2020-05-06", "2021-07-08", None]
    found = survey(done)
    assert (found["stated"], found["listed"], found["numbered"], found["found"]) == ([(3, 3)], 2, 2, 3)
    assert found["unnumbered"] == [[31, "丙区路面修补管理办法"]]
    assert done.repairs["joined_line"] == 1


def test_again_changes_no_byte_and_a_changed_source_keeps_the_old(bring, store: Path) -> None:
    assert bring(SMALL).written
    before = files_below(store)
    assert not bring(SMALL).written
    assert files_below(store) == before
    assert bring(SMALL + "第六条 另行公布。\n").written
    after = files_below(store)
    assert {k: v for k, v in after.items() if k in before and not k.endswith("source.json")} == {
        k: v for k, v in before.items() if not k.endswith("source.json")}
    assert [d.lines for d in documents(store)] == [(1, 19)]
    assert not [p for p in store.iterdir() if p.name.startswith(".")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.one_of(
    st.sampled_from(["", "目录", "第一条 甲。 第二条 乙。", "一、总则", "甲\t1", "- 3 -", "12",
                     "（发布时间：2020年1月2日）", "1. 某市印发《某办法》", "附件1", "某市奖励办法", "第一章 总则",
                     "没有写完的一行，" * 4,
                     " 第三条　丙 ", "\f"]),
    st.text(alphabet=st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), max_size=30)), max_size=40))
def test_every_character_is_accounted_for(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    folder = tmp_path_factory.mktemp("any")
    file = folder / "901.txt"
    file.write_text("字\n" + "\n".join(lines), encoding="utf-8")
    import_file(file, folder / "texts")
    got: dict[int, str] = {}
    for document in documents(folder / "texts"):
        got |= original_lines(document)
    assert [got.get(n, "") for n in range(1, len(lines) + 2)] == ["字", *lines]


@settings(deadline=None)
@given(st.binary(max_size=2000), st.sampled_from([".txt", ".html", ".docx", ".pdf"]))
def test_damaged_input_gives_clear_errors_only(tmp_path_factory: pytest.TempPathFactory, data: bytes, ext: str) -> None:
    folder = tmp_path_factory.mktemp("bad")
    file = folder / f"any{ext}"
    file.write_bytes(data)
    codes = set()
    try:
        import_file(file, folder / "texts")
    except GuijuError as error:
        codes = {d.code for d in error.diagnostics}
    assert codes <= {"E861", "E862", "E863", "E864"}
    assert list((folder / "texts").glob(".*")) == []


BAD = [("empty.txt", b"", "E861"), ("blank.txt", b" \n\n", "E861"), ("image.txt", b"\x89PNG\r\n\x1a\n", "E862"),
       ("wide.txt", "甲".encode("utf-16"), "E862"), ("zeros.txt", b"a\0b\0" * 500, "E862"), ("other.doc", b"x", "E860"),
       ("long.txt", b"a" * 600_000, "E863"),
       ("noise.txt", random.Random(7).randbytes(5000).replace(b"\0", b"a"), "E864"),
       ("no.docx", b"PK\x03\x04nothing", "E862"), ("no.pdf", b"%PDF-1.7 nothing", "E862")]


@pytest.mark.parametrize(("name", "data", "code"), BAD, ids=[name for name, _, _ in BAD])
def test_files_that_cannot_be_read(bring, name: str, data: bytes, code: str) -> None:
    with pytest.raises(GuijuError) as error:
        bring(data, name)
    assert [d.code for d in error.value.diagnostics] == [code]


def test_gb18030_and_a_broken_byte(bring, store: Path) -> None:
    bring(SMALL.encode("gb18030"), "1_old.txt")
    bring(SMALL.replace("高校", "高\ufffe校").encode().replace("\ufffe".encode(), b"\xff"), "2_broken.txt")
    old, broken = documents(store)
    assert old.title == broken.title == "甲市桥梁检测奖励办法"
    assert [d[:2] for d in broken.data["doubts"]] == [[9, "lost_character"], [12, "glued_articles"]]
    bytes_ = [r for r in broken.repairs() if r.rule == "stray_byte"]
    assert [(r.line, r.before, r.after) for r in bytes_] == [(9, "\udcff", "\ufffd")]


def test_html_word_and_pdf(bring, tmp_path: Path, store: Path) -> None:
    docx = pytest.importorskip("docx")
    html = "<html><style>x{}</style><h1>丁市照明管理办法</h1>\n<p>第一条 每年两次。<table><tr><td>甲<td>3万元</table>"
    page = bring(html, "3_page.html").documents[0]
    assert (page["title"], page["clauses"]) == ("丁市照明管理办法", {"heading": 1, "条": 1, "表": 1})
    word = docx.Document()
    word.add_paragraph("戊市绿化管理办法")
    word.add_paragraph("第一条 每年两次。")
    word.add_table(1, 2).rows[0].cells[0].text = "甲"
    word.save(str(tmp_path / "4_word.docx"))
    found = import_file(tmp_path / "4_word.docx", store).documents[0]
    assert (found["title"], found["clauses"]) == ("戊市绿化管理办法", {"heading": 1, "条": 1, "表": 1})
    assert bring(a_pdf("Article 1", "Article 2"), "5_pages.pdf").documents[0]["lines"] == [1, 2]
    assert [c.page for d in documents(store) if d.source == "5" for c in d.clauses()] == [1, 2]


def test_names_of_sources() -> None:
    names = ("004_9dbe.txt", "12.txt", "甲 办法.pdf", "...txt")
    assert [source_key(n) for n in names] == ["004", "12", "甲-办法", "text"]
