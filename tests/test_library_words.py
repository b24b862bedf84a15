"""What readers are told names clauses: numbers of our own working papers, which nobody can open, stand in no text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

SOURCE = Path(__file__).parents[1] / "src" / "guiju"
LIBRARY = sorted(path for path in SOURCE.rglob("*.yaml") if path.name != "cases.yaml")
SITE = sorted(path for path in (SOURCE / "web").rglob("*") if path.suffix in (".py", ".html"))
INTERNAL = re.compile(r"\d\.\d+#\d+|、#\d+|(?<![a-z_])[（(]\d\.\d[\d.]*[)）]|[（(](?:A-[A-Z]+-|HN\d-A)\d+")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FOR_AUTHORS = "ref"  # the number of an open question: data for whoever writes the chart


def said(value: object) -> list[str]:
    """Every text of a document, but what is for its authors."""
    if isinstance(value, dict):
        return [text for key, part in value.items() if key != FOR_AUTHORS for text in said(part)]
    if isinstance(value, list):
        return [text for part in value for text in said(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", LIBRARY, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_text_of_the_library_points_at_nothing_that_its_readers_have_not(path: Path) -> None:
    document = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # as text: no value is worked out

    assert [text for text in said(document) if INTERNAL.search(text)] == []


def test_neither_does_the_site() -> None:
    assert [path.name for path in SITE if INTERNAL.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("text", ["只组织申报的不算（1.7#35）", "原文没有时限（1.2.4）", "票数规则未载（1.7#32、#49）",
                                  "据此推算（A-TJ-5）", "只有这一步（HN2-A3）", "in its measures (1.7#4)"])
def test_the_check_knows_such_a_number(text: str) -> None:
    assert INTERNAL.search(text)


@pytest.mark.parametrize("text", ["办法第十二条（一）", "指24四(二)2", "得分（4.5 分）", "GB/T 9704（2012）",
                                  "保留原样（A4）"])
def test_and_no_other(text: str) -> None:
    assert not INTERNAL.search(text)
