"""YAML read as a tree that knows its places, and every document that is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.source.diagnostics import GuijuError, Span
from guiju.source.document import MAX_BYTES, MAX_DEPTH, Mapping, Node, Scalar, Sequence, parse_document, read_document


def places(node: Node) -> list[str]:
    """Every value of the tree with its place: `2:5 text`."""
    if isinstance(node, Scalar):
        return [f"{node.span.line}:{node.span.column} {node.text}"]
    if isinstance(node, Sequence):
        return [place for item in node for place in places(item)]
    return [place for key, value in node.entries for place in (*places(key), *places(value))]


def refused(text: str) -> str:
    """The place and the code of the one mistake in a text."""
    with pytest.raises(GuijuError) as caught:
        parse_document(text, "a.yaml")
    (mistake,) = caught.value.diagnostics
    return f"{mistake.span} {mistake.code}"


@pytest.mark.parametrize(("text", "expected"), [
    ("面积: 3000",             ["1:1 面积", "1:5 3000"]),
    ("a:   1\nb: 2",           ["1:1 a", "1:6 1", "2:1 b", "2:4 2"]),
    ("# 注\n\na: 1",           ["3:1 a", "3:4 1"]),
    ("标准:\n  - {级别: 国家}", ["1:1 标准", "2:6 级别", "2:10 国家"]),
    ("- 甲\n-   乙",           ["1:3 甲", "2:5 乙"]),
    ("a: [1, '二']",           ["1:1 a", "1:5 1", "1:8 二"]),
    ("a:\n  b:\n    c: 1",     ["1:1 a", "2:3 b", "3:5 c", "3:8 1"]),
    ("a: |\n  第一行\n  第二行\nb: 1", ["1:1 a", "1:4 第一行\n第二行\n", "4:1 b", "4:4 1"]),
    ('{"a": {"b": 1}}',        ["1:2 a", "1:8 b", "1:13 1"]),
    ("𠀀: 𠀁",                  ["1:1 𠀀", "1:4 𠀁"]),
])
def test_every_key_and_value_has_its_place(text: str, expected: list[str]) -> None:
    assert places(parse_document(text)) == expected


@pytest.mark.parametrize("text", ["2021-01-01", "yes", "0x10", "1_000", "null", "~", "1e3", "12:30", "001"])
def test_a_plain_value_stays_as_it_is_written(text: str) -> None:
    assert parse_document(f"a: {text}").get("a") == Scalar(text, Span("<text>", 1, 4))


@pytest.mark.parametrize(("text", "quoted", "block", "indent"), [
    ("a: 文字", False, False, 0), ("a: '文字'", True, False, 0), ('a: "文字"', True, False, 0),
    ("a: |-\n  文字", False, True, 2), ("a: >-\n    文字", False, True, 4), ("a: |2-\n    文字", False, True, 2),
    ("a: |-\n\n   文字", False, True, 3),
])
def test_the_manner_of_writing_is_kept(text: str, quoted: bool, block: bool, indent: int) -> None:
    value = parse_document(text).get("a")

    assert (value.text.strip(), value.quoted, value.block, value.indent) == ("文字", quoted, block, indent)


def test_a_mapping_finds_its_keys() -> None:
    mapping = parse_document("a: 1\nb: {c: 2}")

    assert mapping.names() == ("a", "b")
    assert isinstance(mapping.get("b"), Mapping)
    assert mapping.get("c") is None


@pytest.mark.parametrize(("text", "place"), [
    ("a: &x 1\nb: 2",      "a.yaml:1:4 E004"),
    ("a: 1\nb: *x",        "a.yaml:2:4 E004"),
    ("a: &x [1]",          "a.yaml:1:4 E004"),
    ("a: !!str 1",         "a.yaml:1:4 E004"),
    ("a: !python/none ''", "a.yaml:1:4 E004"),
    ("a: !!map {b: 1}",    "a.yaml:1:4 E004"),
    ("a: 1\nb: 2\na: 3",   "a.yaml:3:1 E005"),
    ("a:\n  b: 1\n  b: 1", "a.yaml:3:3 E005"),
    ("{a: 1, 'a': 2}",     "a.yaml:1:8 E005"),
    ("? [a]\n: 1",         "a.yaml:1:3 E003"),
    ("a: [1, 2",           "a.yaml:2:1 E003"),
    ("a: 1\n b: 2",        "a.yaml:2:3 E003"),
    ("a:\n\t- 1",          "a.yaml:2:1 E003"),
    ("a: 'x",              "a.yaml:1:6 E003"),
    ("a: \0",              "a.yaml E003"),
    ("",                   "a.yaml E007"),
    ("# 只有注释\n",        "a.yaml E007"),
    ("a: 1\n---\nb: 2",    "a.yaml:3:1 E007"),
])
def test_what_is_refused_and_where(text: str, place: str) -> None:
    assert refused(text) == place


def test_a_second_key_names_the_line_of_the_first() -> None:
    with pytest.raises(GuijuError, match="“面积”写了两次（上一次在第 1 行）；只留一处"):
        parse_document("面积: 1\n人数: 2\n面积: 3")


@pytest.mark.parametrize(("depth", "is_refused"), [(MAX_DEPTH, False), (MAX_DEPTH + 1, True), (100_000, True)])
def test_depth_is_bounded(depth: int, is_refused: bool) -> None:
    text = "[" * depth + "]" * depth

    if is_refused:
        assert refused(text) == f"a.yaml:1:{MAX_DEPTH + 1} E006"
    else:
        parse_document(text)


@pytest.fixture
def refused_file(tmp_path: Path) -> Callable[[bytes], str]:
    """The finding of a file of these bytes."""
    def finding(content: bytes) -> str:
        path = tmp_path / "facts.yaml"
        path.write_bytes(content)
        with pytest.raises(GuijuError) as caught:
            read_document(path, "facts.yaml")
        return caught.value.diagnostics[0].render()
    return finding


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes("\ufeff面积: 3000".encode())

    assert places(read_document(path)) == ["1:1 面积", "1:5 3000"]


@pytest.mark.parametrize(("content", "finding"), [
    ("面积: 3000".encode("gb18030"), "facts.yaml  E002  不是 UTF-8 文本（第 0 字节处）；请另存为 UTF-8"),
    ("a: 1".encode("utf-16"), "facts.yaml  E002  不是 UTF-8 文本（第 0 字节处）；请另存为 UTF-8"),
    (b"ab: \xff", "facts.yaml  E002  不是 UTF-8 文本（第 4 字节处）；请另存为 UTF-8"),
    (b"#" * (MAX_BYTES + 1), "facts.yaml  E001  文件有 8 MB，上限是 8 MB；请拆分，或只保留要评估的一个单位"),
    (b"", "facts.yaml  E007  文件是空的"),
], ids=["gb18030", "utf-16", "latin-1", "too large", "empty"])
def test_a_file_that_is_no_text_of_ours(refused_file: Callable[[bytes], str], content: bytes, finding: str) -> None:
    assert refused_file(content) == finding


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GuijuError) as caught:
        read_document(tmp_path / "none.yaml", "none.yaml")

    assert [d.render("en") for d in caught.value.diagnostics] == [
        "none.yaml  E001  cannot read: No such file or directory"]


@given(text=st.text(alphabet="ab:{}[]-|>&*!#'\"\\,? \n\t面", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_document(text)
        codes = []
    except GuijuError as error:
        codes = [d.code for d in error.diagnostics]
    assert codes in ([], ["E003"], ["E004"], ["E005"], ["E006"], ["E007"])
