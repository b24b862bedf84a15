"""A chart's page leaves nothing out, and its links lead somewhere."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from guiju.book.charts.lines import place
from guiju.book.charts.page import identity, page_of
from guiju.book.charts.reference import Reference, family_of, reference_of
from guiju.book.page import beside
from guiju.lifecycle.library import installed_charts
from guiju.source.diagnostics import Diagnostic, Span, Text

LIBRARY = installed_charts()
IDS = LIBRARY.ids()


@pytest.fixture(scope="module")
def references() -> dict[str, Reference]:
    """Every installed chart, its timelines not walked here: `guiju chart test` does that."""
    family = family_of(LIBRARY, LIBRARY.ids())
    return {id_: reference_of(LIBRARY, id_, family, run=False) for id_ in IDS}


@pytest.mark.parametrize("id_", IDS)
def test_the_page_of_a_chart_shows_every_part_and_every_timeline(id_: str, references: dict[str, Reference]) -> None:
    reference = references[id_]
    view = reference.view
    page = page_of(reference, beside(f"charts/{id_}")).body
    parts = [p.id for group in (view.stages, view.moves, view.terms, view.notices, view.duties, view.loops, view.bans,
                                view.procedures, view.parameters, view.rounds) for p in group]
    shown = re.findall(r' id="([^"]+)"', page)

    assert [p for p in parts if place(p) not in shown] == []
    assert [w.name for w in reference.walks if w.name not in page] == []
    assert {unquote(link) for link in re.findall(r'href="#([^"]+)"', page)} - set(shown) == set()
    assert page.count("<svg ") == 1


def test_refusals_and_stages_are_said_in_words(references: dict[str, Reference]) -> None:
    reference = references["hainan/sanctions"]
    page = page_of(reference, beside("charts/hainan/sanctions")).body

    assert re.search(r"拒绝：时候未到 <code>early</code>；因 \S+ <code>CORRECT50</code>", page)
    assert "拒绝 <code>" not in page


def test_a_timeline_that_goes_another_way_is_shown_as_failed(references: dict[str, Reference]) -> None:
    reference = references["common/objection"]
    name = reference.walks[0].name
    wrong = {name: (Diagnostic("E531", Span("cases.yaml", 1), Text("应是别处", "elsewhere")),)}
    failed = replace(reference, wrong=wrong)
    page = page_of(failed, beside("charts/common/objection")).body

    assert "1 个不符" in identity(failed)
    assert "应是别处" in page
    assert re.search(f"✗</span> {re.escape(name)}", page)
    assert "✗" not in page_of(reference, beside("charts/common/objection")).body
