"""Tables in block text: trimmed cells, each with its place in the file."""

import pytest

from guiju.source.diagnostics import GuijuError
from guiju.source.document import Scalar, parse_document
from guiju.source.table import read_rows


def table(text: str) -> Scalar:
    """The value of the only key of a document."""
    value = parse_document(text, "t.yaml").get("t")
    assert isinstance(value, Scalar)
    return value


def cells(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_rows(table(text))]


@pytest.mark.parametrize(("text", "rows"), [
    ("t: |\n  级别 | 金额\n  国家 | 8 万元", [["级别", "金额"], ["国家", "8 万元"]]),
    ("t: |\n  | 级别 | 金额 |\n  | 国家 | 8 |", [["级别", "金额"], ["国家", "8"]]),
    ("t: |\n  a | b\n\n  1 | 2\n\n", [["a", "b"], ["1", "2"]]),
    ("t: |\n  a | b | c\n  1 |   | 3", [["a", "b", "c"], ["1", "", "3"]]),
    ("t: |\n  a\n  1", [["a"], ["1"]]),
    ("t: ''", []),
])
def test_cells_are_trimmed(text: str, rows: list[list[str]]) -> None:
    assert cells(text) == rows


@pytest.mark.parametrize(("text", "places"), [
    ("t: |\n  级别 | 金额\n  国家 | 8 万元", ["2:3", "2:8", "3:3", "3:8"]),
    ("x: 1\nt: |\n      a |   b\n\n      1 |2", ["3:7", "3:13", "5:7", "5:10"]),
    ("t: |\n  | a | b |\n  | 1 | 2 |", ["2:5", "2:9", "3:5", "3:9"]),
])
def test_a_cell_knows_its_place_in_the_file(text: str, places: list[str]) -> None:
    found = [f"{cell.span.line}:{cell.span.column}" for row in read_rows(table(text)) for cell in row]

    assert found == places


@pytest.mark.parametrize(("text", "finding"), [
    ("t: |\n  a | b\n  1", "t.yaml:3:3  E010  这一行有 1 格，第一行有 2 格；用 | 补齐"),
    ("t: |\n  a | b\n  1 | 2\n  1 | 2 | 3", "t.yaml:4:3  E010  这一行有 3 格，第一行有 2 格；用 | 补齐"),
])
def test_every_row_has_as_many_cells_as_the_first(text: str, finding: str) -> None:
    with pytest.raises(GuijuError) as caught:
        read_rows(table(text))

    assert [d.render() for d in caught.value.diagnostics] == [finding]
