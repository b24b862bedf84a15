"""The book: every policy and chart has its page, pages lead to one another and nowhere else, and what is paid stands
side by side as the price tables have it."""

import re
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.book.contents import Book
from guiju.book.page import beside
from guiju.book.policies.reference import Reference, reference_of
from guiju.cli.main import cli
from guiju.language.library import installed_library, load_library
from guiju.language.policy import Policy
from guiju.lifecycle.library import installed_charts

POLICIES = installed_library()
BOOK = Book(installed_charts(), run=False)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed library's book, as the command writes it."""
    folder = tmp_path_factory.mktemp("book")
    done = CliRunner().invoke(cli, ["book", str(folder), "--quick"])
    assert (done.exit_code, f"{len(BOOK.addresses())} 页" in done.stdout) == (0, True), done.output
    return folder


def test_every_policy_and_chart_has_a_page(written: Path) -> None:
    pages = {str(p.relative_to(written).with_suffix("")) for p in written.rglob("*.html")}

    assert pages == {"index", "compare", "dictionary", *(f"policies/{i}" for i in POLICIES.ids()),
                     *(f"charts/{i}" for i in installed_charts().ids())}


def test_links_lead_to_pages_of_the_book_and_nothing_is_fetched(written: Path) -> None:
    for path in written.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r'href="(?!#)([^"#]+)', text):
            assert (path.parent / link).resolve().is_file(), f"{path.name}: {link}"
        assert re.findall(r'<(?:script|link|img|iframe)|src="|url\(|@import', text) == []
        places = re.findall(r' id="([^"]+)"', text)
        assert sorted(places) == sorted(set(places)), path.name


def test_the_overview_lists_each_policy_by_region_kind_audience_and_validity(written: Path) -> None:
    text = (written / "index.html").read_text(encoding="utf-8")

    for policy in POLICIES:
        assert text.count(f'href="policies/{policy.id}.html"') >= 1
        assert str(policy.start) in text
        assert all(f"<dt>{who}</dt>" in text for who in policy.audience)
    assert re.search(r"天津市</th><td><a[^>]+>天津市标准化资助项目.+?</a></td><td>2021-08-30 起<br>至 2024-08-29</td>"
                     "<td>企业、事业单位、社会组织</td>", text)


@pytest.mark.parametrize("id_", POLICIES.ids())
def test_the_page_of_a_policy_shows_every_clause_every_rule_and_every_case(id_: str) -> None:
    policy = POLICIES.policy(id_)
    reference = reference_of(policy, POLICIES.folder_of(policy), run=False)
    page = BOOK.page(f"policies/{id_}", beside(f"policies/{id_}")).body
    shown = _rules(reference)

    assert [p.key for p in reference.passages if p.key] == list(policy.clauses)
    assert [rule for rule in policy.rule_ids() if rule not in shown and not _inside(rule, policy)] == []
    assert [rule for rule in shown if escape(rule) not in page] == []
    assert "✓" not in page


def test_the_page_of_a_policy_leads_to_what_it_amends() -> None:
    address = "policies/tianjin/standard-leaders-2021"
    page = BOOK.page(address, beside(address)).body

    assert re.search(r'在此之上：<a href="[^"]*national/standard-leaders-2018.html">关于实施企业标准“领跑者”制度的意见',
                     page)


def _rules(reference: Reference) -> set[str]:
    rules = [r for p in reference.passages for r in p.rules]
    return {r.id for r in rules} | {row[0] for r in rules for row in r.table[1:]}


def _inside(rule: str, policy: Policy) -> bool:
    """Whether the rule is a member written in place, shown with the condition that it belongs to."""
    return rule in {m.id for c in policy.conditions.values() for m in c.members}


def test_every_price_stands_in_the_comparison(written: Path) -> None:
    text = (written / "compare.html").read_text(encoding="utf-8")
    rows = [row.id for policy in POLICIES for benefit in policy.benefits for row in benefit.rows]

    assert [row for row in rows if f">{row}</a>" not in text] == []
    assert re.search(r">国家级</th>(<td>.*?</td>)*<td><div>7 万元 <small>", text)


def test_the_dictionary_explains_every_word(written: Path) -> None:
    text = (written / "dictionary.html").read_text(encoding="utf-8")
    vocabulary = POLICIES.vocabulary

    assert [f.name for f in vocabulary.all_facts() if f">{f.name}</th>" not in text] == []
    assert [f.name for r in vocabulary.all_records() for f in r.fields if f">{f.name}</th>" not in text] == []


def test_cases_are_run_for_their_page(policies: Path) -> None:
    """A case that does not come out as expected is marked."""
    library = load_library(policies)
    policy = library.policy("north/fund")
    reference = reference_of(policy, policies / "north/fund")

    assert reference.failed == frozenset({"应得一万"})


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A library of one policy with a wrong case."""
    folder = tmp_path / "policies/north/fund"
    folder.mkdir(parents=True)
    (folder / "policy.yaml").write_text(
        "id: north/fund\ntitle: {zh: 北方资助, en: fund}\nin_force: {from: 2020-01-01}\nclauses: {'1': {zh: 一}}\n"
        "goals: [{id: g, name: 资助, main: true, pays: true}]\n", encoding="utf-8")
    (folder / "benefits.yaml").write_text(
        "benefits:\n- id: p\n  name: {zh: 标准, en: s}\n  each: 标准\n  kind: exact\n  cite: '1'\n"
        "  table: |\n    id | 级别 | 金额\n    B-1 | 国家标准 | 2 万元\n", encoding="utf-8")
    (folder / "cases.yaml").write_text(
        "cases:\n- {name: 应得一万, as_of: 2021-01-01, given: {标准: [{级别: 国家标准}]}, covers: [B-1],\n"
        "   expect: {amount: 1 万元}}\n", encoding="utf-8")
    return tmp_path / "policies"


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    done = CliRunner().invoke(cli, ["book", str(tmp_path / "x"), "--quick"])

    assert (done.exit_code, done.stdout, "写不进去" in done.stderr) == (2, "", True)


def test_an_address_that_is_no_page_is_none() -> None:
    with pytest.raises(KeyError):
        BOOK.page("policies/nowhere", beside(""))
