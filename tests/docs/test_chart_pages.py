"""A chart's page leaves nothing out, its links lead somewhere, and policies and charts point to each other."""

import re
from pathlib import Path
from urllib.parse import unquote

import build
import pytest
from builder import chartlibrary, charts, policies
from builder.chartlibrary import Reference
from builder.chartlines import place
from builder.library import Reference as PolicyReference

from guiju.cli.chart.upkeep import Trial
from guiju.lifecycle.library import installed_charts
from guiju.source.diagnostics import Diagnostic, Span, Text

LIBRARY = installed_charts()
IDS = LIBRARY.ids()


@pytest.fixture(scope="module")
def references() -> dict[str, Reference]:
    """Every installed chart, its timelines not walked here: `guiju chart test` does that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chartlibrary, "tried", lambda library, id_: Trial(id_))
        return {r.view.id: r for r in chartlibrary.references_of(LIBRARY)}


@pytest.mark.parametrize("id_", IDS)
def test_the_page_of_a_chart_shows_every_part_and_every_timeline(id_: str, references: dict[str, Reference]) -> None:
    reference = references[id_]
    view = reference.view
    page, text = charts.page_of(reference, "x.svg"), charts.markdown_of(reference, "x.svg")
    parts = [p.id for group in (view.stages, view.moves, view.terms, view.notices, view.duties, view.loops, view.bans,
                                view.procedures, view.parameters, view.rounds) for p in group]
    shown = re.findall(r' id="([^"]+)"', page)

    assert [p for p in parts if place(p) not in shown] == []
    assert [p for p in parts if f"**{p}**" not in text] == []
    assert [w.name for w in reference.walks if w.name not in text] == []
    assert {unquote(link) for link in re.findall(r'href="#([^"]+)"', page)} - set(shown) == set()
    assert page.count("<svg ") == 1


@pytest.mark.parametrize("id_", IDS)
def test_what_a_page_points_to_is_another_page(id_: str, references: dict[str, Reference]) -> None:
    page = charts.page_of(references[id_], f"{id_.rsplit('/', 1)[-1]}.svg")
    here = Path("/charts", id_).parent
    found = {str((here / link).resolve()) for link in re.findall(r'(?:src|href)="(?!#)([^"]+)"', page)}
    pages = {f"/charts/{i}{end}" for i in ("index", *IDS) for end in (".html", ".svg")}
    pages |= {f"/policies/{i}.html" for i in LIBRARY.policies.ids()}

    assert found - pages == set()
    assert "/charts/index.html" in found


def test_the_list_names_every_chart_and_the_policies_that_it_applies(references: dict[str, Reference]) -> None:
    text = charts.index_of(list(references.values()), ".md")

    assert re.findall(r"^- .*?`(.+?)`", text, re.MULTILINE) == IDS
    assert "(../policies/national/quality-standards-laboratory-2023.md)" in text


def test_a_policy_points_to_its_charts_and_they_to_it(tmp_path: Path, references: dict[str, Reference],
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "OUT", tmp_path)
    monkeypatch.setattr(build.library, "reference_of", lambda policy, folder: PolicyReference(policy))
    laboratory = references["national/quality-standards-laboratory"]

    assert [*build._policies(LIBRARY.policies, [laboratory]), *build._charts([laboratory])] == []

    policy = (tmp_path / "policies/national/quality-standards-laboratory-2023.html").read_text(encoding="utf-8")
    chart = (tmp_path / "charts/national/quality-standards-laboratory.html").read_text(encoding="utf-8")
    assert 'href="../../charts/national/quality-standards-laboratory.html"' in policy
    assert 'href="../../policies/national/quality-standards-laboratory-2023.html"' in chart
    assert (tmp_path / "charts/national/quality-standards-laboratory.svg").is_file()
    assert 'href="../charts/index.html"' in (tmp_path / "policies/index.html").read_text(encoding="utf-8")


def test_a_timeline_that_goes_another_way_is_shown_as_failed(references: dict[str, Reference]) -> None:
    reference = references["common/objection"]
    name = reference.walks[0].name
    reference.wrong[name] = (Diagnostic("E531", Span("cases.yaml", 1), Text("应是别处", "elsewhere")),)

    assert "1 个不符" in charts.identity(reference)
    assert "应是别处" in charts.page_of(reference, "x.svg")
    assert f"### ✗ {name}" in charts.markdown_of(reference, "x.svg")


def test_a_policy_without_charts_has_no_links() -> None:
    policy = LIBRARY.policies.policy("national/sme-tiers-2022")

    assert re.findall(r'(?:src|href)="(?!#)', policies.page_of(PolicyReference(policy))) == []
