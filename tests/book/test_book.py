"""The book: every policy and chart has its page, pages lead to one another and nowhere else, and what is paid stands
side by side as the price tables have it."""

import datetime as dt
import re
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.book.contents import Book
from guiju.book.frame import framed
from guiju.book.listing import Chosen
from guiju.book.page import beside
from guiju.book.policies.reference import Reference, reference_of
from guiju.cli.main import cli
from guiju.cli.voice import Voice
from guiju.evaluate.readings import spell
from guiju.language.library import installed_library, load_library
from guiju.language.policy import Policy
from guiju.lifecycle.library import Charts, installed_charts, load_charts
from guiju.registers.library import installed_registers

POLICIES = installed_library()
BOOK = Book(installed_charts(), run=False, registers=installed_registers())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed library's book, as the command writes it."""
    folder = tmp_path_factory.mktemp("book")
    done = CliRunner().invoke(cli, ["book", str(folder), "--quick"])
    assert (done.exit_code, f"{len(BOOK.addresses())} 页" in done.stdout) == (0, True), done.output
    return folder


def test_every_policy_and_chart_has_a_page(written: Path) -> None:
    pages = {str(p.relative_to(written).with_suffix("")) for p in written.rglob("*.html")}

    lists = {p for p in pages if p.startswith("list/")}
    assert pages - lists == {"index", "compare", "dictionary", "registers", "targets",
                             *(f"policies/{i}" for i in POLICIES.ids()),
                             *(f"charts/{i}" for i in installed_charts().ids()),
                             *(f"registers/{i}" for i in installed_registers().ids())}


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
        assert all(f'href="list/audience/{who}.html"' in text for who in policy.audience)
    assert re.search(r"天津市标准化资助项目与资金管理办法（试行）</a> <small.+?</small></th><td[^>]*>天津市</td>"
                     r"<td[^>]*><span[^>]*>2021-08-30</span> 起<br>至 <span[^>]*>2024-08-29</span></td>"
                     r"<td[^>]*>企业、事业单位、社会组织</td>", text)


TIANJIN, TIERS = "tianjin/standardisation-fund-2021", "national/sme-tiers-2022"


@pytest.mark.parametrize(("address", "held", "left"), [
    ("list/region/12", TIANJIN, "beijing/capital-standardisation-fund-2020"), ("list/region/0", TIERS, TIANJIN),
    ("list/kind/pilot", TIANJIN, TIERS), ("list/audience/社会组织", TIANJIN, TIERS),
    ("list/year/2024", TIANJIN, "shandong/zaozhuang-standardisation-fund-2018"), ("list/year/2025", TIERS, TIANJIN)])
def test_a_filter_is_a_page_of_the_policies_that_it_leaves(written: Path, address: str, held: str, left: str) -> None:
    text = (written / f"{address}.html").read_text(encoding="utf-8")

    assert (f"policies/{held}.html" in text, f"policies/{left}.html" in text) == (True, False)


@pytest.mark.parametrize("address", ["list/", "list/region", "list/region/99", "list/year/0001", "list/year/20２1",
                                     "list/run/1", "list/audience/无人", "list//"])
def test_a_filter_that_leaves_nothing_is_no_page(address: str) -> None:
    with pytest.raises(KeyError):
        BOOK.page(address, beside(address))


def test_a_day_is_in_force_from_the_first_to_the_last_day() -> None:
    fund = next(e for e in BOOK.listing.entries if e.id == "tianjin/standardisation-fund-2021")
    days = [dt.date(2021, 8, 29), dt.date(2021, 8, 30), dt.date(2024, 8, 29), dt.date(2024, 8, 30)]

    assert [Chosen(on=day).fits(fund) for day in days] == [False, True, True, False]


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


FUND = "policies/tianjin/standardisation-fund-2021"


def _part(body: str, place: str) -> str:
    return body.partition(f'<h2 id="{place}">')[2].partition("<h2 ")[0]


def test_a_policy_tells_its_history() -> None:
    history = _part(BOOK.page(FUND, beside(FUND)).body, "history")
    base = "policies/national/standard-leaders-2018"

    assert re.findall(r">(20\d\d-\d\d-\d\d)</span></th><td>(.+?)</td><td>(.*?)</td>", history) == [
        ("2021-07-30", "发布", ""), ("2021-08-30", "起施行", "第三十三条"),
        ("2024-08-29", "届满（当日仍有效）", "第三十三条")]
    assert "没有载明失效日" in _part(BOOK.page(base, beside(base)).body, "history")
    assert re.search(r"在它之上的有：.*shanxi/standard-leaders-2019", BOOK.page(base, beside(base)).body)


@pytest.mark.parametrize("id_", POLICIES.ids())
def test_every_doubt_of_a_policy_stands_among_its_doubts(id_: str) -> None:
    """What nobody could verify, and each ambiguity with its default and the other readings."""
    policy = POLICIES.policy(id_)
    doubts = _part(BOOK.page(f"policies/{id_}", beside(f"policies/{id_}")).body, "doubts")
    readings = [escape(spell(p, v)) for p in policy.parameters.values() for v in (p.default, *p.alternatives)]
    unverified = [*policy.unverified, *(c.unverified for c in policy.conditions.values() if c.unverified)]

    assert [p.name for p in policy.parameters.values() if escape(p.name) not in doubts] == []
    assert [reading for reading in readings if reading not in doubts] == []
    assert [words for words in unverified if escape(words) not in doubts] == []


def test_without_a_text_coverage_says_what_is_explained() -> None:
    coverage = _part(BOOK.page(FUND, beside(FUND)).body, "coverage")

    assert "叙述 1，人工判断 0" in coverage
    assert "没有文本库" in coverage
    assert "2021年7月30日" in coverage


def test_with_a_text_coverage_is_counted(north: Charts, tmp_path: Path) -> None:
    """Two figures of the text: the rule carries 2 万元, nobody said anything of 5 万元."""
    source = tmp_path / "004_text.txt"
    source.write_text("第一条 每项标准资助2万元，另有5万元未载明。\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["import", str(source), "--store", str(tmp_path / "store")])
    assert done.exit_code == 0, done.output
    address = "policies/north/fund"
    coverage, english = (_part(Book(north, False, Voice(language), tmp_path / "store").page(
        address, beside(address)).body, "coverage") for language in ("zh", "en"))

    assert re.search(r">2</th><td>1</td><td>0</td><td>0</td><td>0</td><td>1</td>", coverage)
    assert "未交代：5万元（004:1）" in coverage
    assert 'open: <span lang="zh-Hans">5万元</span> (004:1)' in english


@pytest.fixture
def north(policies: Path, tmp_path: Path) -> Charts:
    (tmp_path / "charts").mkdir()
    return load_charts(tmp_path / "charts", load_library(policies))


def test_the_pages_of_a_chinese_reader_have_no_english_sentences(written: Path) -> None:
    text = (written / f"{FUND}.html").read_text(encoding="utf-8")

    assert "Tianjin standardisation funding" not in text
    assert not re.search(r'class="(en|aside)"', text)


def test_the_book_in_english_has_every_page_in_english(tmp_path: Path) -> None:
    say = Voice("en")
    book = Book(installed_charts(), False, say)
    page = book.page(FUND, beside(FUND))

    assert "<h1>Tianjin standardisation funding measures (trial)</h1>" in page.body
    assert "of: making and revising standards" in page.body
    assert '<html lang="en">' in framed(page, beside(FUND), say)
    assert re.search(r'<dd><span lang="zh-Hans">天津市市场监督管理委员会', page.body)


def _rules(reference: Reference) -> set[str]:
    rules = [r for p in reference.passages for r in p.rules]
    return {r.id for r in rules} | {row[0].zh for r in rules for row in r.table[1:] if row[0].zh}


def _inside(rule: str, policy: Policy) -> bool:
    """Whether the rule is a member written in place, shown with the condition that it belongs to."""
    return rule in {m.id for c in policy.conditions.values() for m in c.members}


def test_every_price_stands_in_the_comparison(written: Path) -> None:
    text = (written / "compare.html").read_text(encoding="utf-8")
    rows = [row.id for policy in POLICIES for benefit in policy.benefits for row in benefit.rows]

    assert [row for row in rows if f">{row}</a>" not in text] == []
    assert re.search(r">国家级</th>(<td>.*?</td>)*<td><div>7 万元 <a ", text)
    assert '<div class="soft"><span class="day">2021-08-30</span> 起<br>至 <span class="day">2024-08-29</span>' in text
    places = {i: (written / f"policies/{i}.html").read_text(encoding="utf-8") for i in POLICIES.ids()}
    lost = [(policy, place) for policy, place in re.findall(r'class="id" href="policies/(.+?).html#(.+?)"', text)
            if f'id="{place}"' not in places[policy]]
    assert lost == []


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
        "id: north/fund\ntitle: {zh: 北方资助, en: fund}\nin_force: {from: 2020-01-01}\n"
        "clauses: {'1': {zh: 一, lines: '004:1'}}\n"
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
