"""Damaged files of every kind: a clear error, or a report; never a fault, and never for long.

The usual run takes the same examples each time; GUIJU_HYPOTHESIS=long searches on.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from damage import Edit, damaged, edits
from hypothesis import given, settings
from hypothesis import strategies as st
from pdffile import a_pdf
from wordfile import p, packed, table, word

from guiju.documents.importing import import_file
from guiju.documents.report import DOUBTS, RULES
from guiju.language.library import POLICIES, load_library
from guiju.source.diagnostics import Diagnostic, GuijuError

LONG = os.environ.get("GUIJU_HYPOTHESIS") in ("long", "many")
SECONDS = 30
READING = {"E001", "E861", "E862", "E863", "E864"}
TEXT = """甲市市场监督管理局
甲市监发〔2021〕7号
甲市桥梁检测奖励办法
目录
1. 总则\t1
第一章　总　则
第一条 为鼓励检测(jiǎn cè)，制定本办法。
（一）机构；
1.公立的；①在市内的；
表头\t金额
甲类\t3万元
第二条 本办法自2021年4月1日起施行，有效期3年。
附件1
""" * 3
PAGE = ("<html><title>甲市办法</title><p>第一条 甲。<br>乙<table><tr><td rowspan=2>丙<td>3<tr><td>4</table><!-- 丁 -->"
        "</html>")
WORD = word(p("甲市办法") + p("甲", style="Article") + table([p("乙"), p("丙")], [p("丁")]), p("注"))
FILES = {".txt": TEXT.encode(), ".html": PAGE.encode(), ".docx": WORD, ".pdf": a_pdf("Article 1", "Article 2")}
FOLDER = "tianjin/standardisation-fund-2021"


def brought_in(folder: Path, name: str, data: bytes) -> set[str]:
    """Import; the codes of the error, if any. What was found is in words that a report has."""
    file = folder / name
    file.write_bytes(data)
    begun, codes = process_time(), set[str]()
    try:
        done = import_file(file, folder / "texts")
    except GuijuError as error:
        codes = {d.code for d in error.diagnostics}
    else:
        assert {kind for d in done.documents for _, kind, _ in d["doubts"]} <= DOUBTS.keys()
        assert done.repairs.keys() <= RULES.keys()
    assert process_time() - begun < SECONDS
    assert list((folder / "texts").glob(".*")) == []
    return codes


@settings(deadline=None, max_examples=2000 if LONG else 120, derandomize=not LONG)
@given(st.sampled_from(sorted(FILES)), edits())
def test_damaged_files_give_clear_errors_or_a_report(tmp_path_factory: pytest.TempPathFactory, ending: str,
                                                     changes: list[Edit]) -> None:
    data = damaged(FILES[ending], changes)

    assert brought_in(tmp_path_factory.mktemp("bad"), f"any{ending}", data) <= READING


@settings(deadline=None, max_examples=2000 if LONG else 60, derandomize=not LONG)
@given(edits(), st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"]))
def test_word_files_damaged_inside(tmp_path_factory: pytest.TempPathFactory, changes: list[Edit], name: str) -> None:
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    data = packed(parts | {name: damaged(parts[name], changes)})

    assert brought_in(tmp_path_factory.mktemp("bad"), "any.docx", data) <= READING


MANY = 60_000
SLOW = {
    "a gap": "甲" + " " * MANY + "乙", "a wide gap": "甲" + "\u3000" * MANY + "a", "brackets": "（一" * MANY,
    "one long number": "（" + "一" * MANY, "doubled": "的" * MANY, "dots in a contents list": f"目录\n甲{'.' * MANY}乙",
    "gaps in a contents list": f"目录\n甲{' …' * MANY}乙", "amounts": "1万元、" * (MANY // 4),
    "page marks": "甲 - " * MANY,
    "many entries": "目录\n" + "1. 某市奖励办法\t1\n" * 2000 + "正文。\n" + "1. 另县补助细则规定\n" * 2000,
    "traditional": "發" * MANY, "open quotes": "印《发" * (MANY // 3),
    "split lines": ("没有写完的一行，" * 4 + "\n") * 2000,
}
SLOW_PAGES = {
    "openings": "<a" * MANY, "comments": "<!--" * MANY, "scripts": "<script>" * MANY,
    "cells": "<table><tr>" + "<td>x" * MANY,
    "wide rows": "<table>" + "<tr><td rowspan=99 colspan=99>x" * 2000, "tables": "<table>" * MANY, "signs": "<&" * MANY,
    "attributes": "<td " + "colspan " * MANY + ">",
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW.keys())
def test_no_text_takes_long(tmp_path: Path, text: str) -> None:
    assert brought_in(tmp_path, "slow.txt", f"字\n{text}".encode()) == set()


@pytest.mark.parametrize("text", SLOW_PAGES.values(), ids=SLOW_PAGES.keys())
def test_no_page_takes_long(tmp_path: Path, text: str) -> None:
    assert brought_in(tmp_path, "slow.html", f"<p>字</p>{text}".encode()) == set()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(POLICIES / FOLDER, folder / FOLDER, ignore=shutil.ignore_patterns("cases*", "coverage*"))
    return folder


def codes_of(library: Path, changed: dict[str, bytes]) -> set[str]:
    """The codes that a policy gives with these files instead of its own; none where it still compiles."""
    home = library / FOLDER
    kept = {name: (home / name).read_bytes() for name in changed}
    begun, found = process_time(), list[Diagnostic]()
    try:
        for name, data in changed.items():
            (home / name).write_bytes(data)
        load_library(library).policy(FOLDER)
    except GuijuError as error:
        found = list(error.diagnostics)
    finally:
        for name, data in kept.items():
            (home / name).write_bytes(data)
    assert process_time() - begun < SECONDS
    assert [d for d in found if not (d.message.zh and d.message.en and d.span.file)] == []
    return {d.code for d in found}


@settings(deadline=None, max_examples=3000 if LONG else 80, derandomize=not LONG)
@given(st.sampled_from(["policy.yaml", "benefits.yaml", "limits.yaml", "applicants.yaml", "projects.yaml"]), edits())
def test_damaged_policies_give_clear_errors_or_still_compile(library: Path, name: str, changes: list[Edit]) -> None:
    data = damaged((library / FOLDER / name).read_bytes(), changes)

    assert all(code[0] == "E" and len(code) == 4 for code in codes_of(library, {name: data}))


def lines_moved(text: str, moves: Sequence[tuple[str, float, float]]) -> str:
    """The text with lines taken out, repeated, exchanged, or moved in by two columns."""
    lines = text.splitlines()
    for kind, one, other in moves:
        i, k = int(one * len(lines)), int(other * len(lines))
        if kind == "out":
            del lines[i:i + 1]
        elif kind == "again":
            lines.insert(k, lines[i])
        elif kind == "exchange":
            lines[i], lines[k] = lines[k], lines[i]
        else:
            lines[i] = f"  {lines[i]}"
    return "\n".join(lines)


@settings(deadline=None, max_examples=3000 if LONG else 60, derandomize=not LONG)
@given(st.sampled_from(["policy.yaml", "benefits.yaml", "limits.yaml", "projects.yaml"]), st.lists(
    st.tuples(st.sampled_from(["out", "again", "exchange", "in"]), *[st.floats(0, 1, exclude_max=True)] * 2),
    min_size=1, max_size=4))
def test_policies_with_lines_out_of_place(library: Path, name: str, moves: list[tuple[str, float, float]]) -> None:
    data = lines_moved((library / FOLDER / name).read_text(encoding="utf-8"), moves)

    assert all(code[0] == "E" and len(code) == 4 for code in codes_of(library, {name: data.encode()}))


DEEP = ["[" * 5000, "{a: " * 5000, "- " * 5000, "a: &a [*a]", "id: " + "(" * 3000 + "1" + ")" * 3000,
        "conditions:\n- id: C\n  require: " + "(" * 20000 + "企业规模" + ")" * 20000,
        "conditions:\n- id: C\n  require: " + "非 " * 20000 + "无其他违法情形",
        "conditions:\n- id: C\n  require: " + " + ".join(["1"] * 20000) + " > 1"]


@pytest.mark.parametrize("text", DEEP, ids=[str(n) for n in range(len(DEEP))])
def test_deep_and_long_rules_are_refused_soon(library: Path, text: str) -> None:
    assert codes_of(library, {"limits.yaml": text.encode()}) != set()
