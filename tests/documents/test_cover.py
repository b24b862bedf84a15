"""Coverage: a small policy held to a small text of our own, and the library to the sources where they are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import cli
from guiju.documents.coverage.compare import cover
from guiju.documents.importing import import_file
from guiju.language.library import POLICIES, installed_library, load_library
from guiju.source.diagnostics import GuijuError

TEXT = """甲市桥梁检测奖励办法
第一条 面积达到 300 平方米的可以申请。
第二条 申请表一式四份。
第三条 本办法自2021年4月1日起施行。
"""
POLICY = """id: own
title: {zh: 甲市桥梁检测奖励办法, en: rewards}
issuer: [甲市]
region: "11"
in_force: {from: 2021-04-01, cite: "3"}
clauses:
  "1": {zh: 面积, en: area, lines: "900:2"}
  "2": {zh: 份数, en: copies, lines: "900:3"}
  "3": {zh: 施行, en: force, lines: "900:4"}
conditions:
goals:
  - {id: may, name: {zh: 可以申请, en: may apply}, main: true, require: [C1]}
"""
RULES = """conditions:
  - id: C1
    name: {zh: 面积, en: area}
    require: 科研用房面积 >= 300 平方米
    cite: "1"
"""
SAID = """coverage:
  - {clause: "2", figure: 四份, as: narrative, reason: 份数不决定是否够条件}
"""


LAYER = """id: layer
title: {zh: 乙县桥梁检测奖励办法, en: rewards of the county}
in_force: {from: 2021-04-01, cite: 乙3}
amends: own
clauses:
  乙2: {zh: 份数, en: copies, lines: "900:3"}
  乙3: {zh: 施行, en: force, lines: "900:4"}
duties:
  - {id: D1, kind: material, zh: 申请表四份, cite: 乙2}
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "policy.yaml").write_text(POLICY.replace("conditions:\n", ""), encoding="utf-8")
    (folder / "own" / "rules.yaml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture
def texts(tmp_path: Path, store: Path) -> Path:
    file = tmp_path / "900_own.txt"
    file.write_text(TEXT, encoding="utf-8")
    import_file(file, store)
    return store


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def held(library: Path, texts: Path):
    return cover(load_library(library).policy("own"), library / "own", texts)


def test_a_layer_is_held_to_its_own_text_and_the_base_to_the_base_s(library: Path, texts: Path) -> None:
    (library / "layer").mkdir()
    (library / "layer" / "policy.yaml").write_text(LAYER, encoding="utf-8")
    done = cover(load_library(library).policy("layer"), library / "layer", texts)

    assert [(f.figure.text, f.status, f.clauses, f.rules) for f in done.figures] == [
        ("300平方米", "open", (), ()), ("四份", "duty", ("乙2",), ("D1",)),
        ("2021年4月1日", "cited", ("乙3",), ("in_force",))]
    assert done.mismatches == []


def test_each_figure_is_cited_or_said_or_open(library: Path, texts: Path) -> None:
    done = held(library, texts)
    assert [(f.figure.text, f.line, f.status, f.rules) for f in done.figures] == [
        ("300平方米", 2, "cited", ("C1",)), ("四份", 3, "open", ()), ("2021年4月1日", 4, "cited", ("in_force",))]
    assert (done.mismatches, done.complete) == ([], False)
    (library / "own" / "coverage.yaml").write_text(SAID, encoding="utf-8")
    done = held(library, texts)
    assert (done.counts, done.complete) == (
        {"cited": 2, "duty": 0, "judgement": 0, "narrative": 1, "open": 0}, True)


def test_a_wrong_value_is_open_in_the_text_and_mismatched_in_the_rule(library: Path, texts: Path) -> None:
    (library / "own" / "rules.yaml").write_text(RULES.replace("300", "400"), encoding="utf-8")
    (library / "own" / "coverage.yaml").write_text(SAID, encoding="utf-8")
    done = held(library, texts)
    assert [f.figure.text for f in done.figures if f.status == "open"] == ["300平方米"]
    assert [(m.rule, m.value[1]) for m in done.mismatches] == [("C1", 400)]
    assert not done.complete


def test_the_right_value_in_the_wrong_clause_does_not_count(library: Path, texts: Path) -> None:
    (library / "own" / "rules.yaml").write_text(RULES.replace('cite: "1"', 'cite: "2"'), encoding="utf-8")
    assert [f.figure.text for f in held(library, texts).figures if f.status == "open"] == ["300平方米", "四份"]


def test_an_entry_that_fits_nothing_is_told(library: Path, texts: Path) -> None:
    more = SAID.split("\n", 1)[1].replace("四份", "五份")
    (library / "own" / "coverage.yaml").write_text(SAID + more, encoding="utf-8")
    assert [r.figure for r in held(library, texts).idle] == ["五份"]


@pytest.mark.parametrize(("entry", "code"), [
    ("{clause: \"2\", as: other, reason: x}", "E872"), ("{as: narrative, reason: x}", "E872"),
    ("{lines: \"2到3\", as: narrative, reason: x}", "E873")])
def test_bad_entries(library: Path, texts: Path, entry: str, code: str) -> None:
    (library / "own" / "coverage.yaml").write_text(f"coverage:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(GuijuError) as error:
        held(library, texts)
    assert error.value.diagnostics[0].code == code


def test_without_the_text_it_says_so(library: Path, texts: Path, tmp_path: Path) -> None:
    assert "E870" in run("cover", "own", "--policies", library, "--text", tmp_path / "none").stderr
    shutil.rmtree(texts / "900")
    (tmp_path / "901.txt").write_text(TEXT, encoding="utf-8")
    import_file(tmp_path / "901.txt", texts)
    done = run("cover", "own", "--policies", library, "--text", texts)
    assert (done.exit_code, "E874" in done.stderr) == (2, True)


def test_the_commands(library: Path, tmp_path: Path) -> None:
    file, store, report = tmp_path / "900_own.txt", tmp_path / "s", tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = run("import", file, "--store", store, "--report", report)
    assert done.exit_code == 0
    assert "1-4  甲市桥梁检测奖励办法" in report.read_text(encoding="utf-8")
    done = run("cover", "own", "--policies", library, "--text", store, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["counts"]["open"] == 1
    assert "未交代 1" in run("cover", "own", "--policies", library, "--text", store).stdout
    (tmp_path / "bad.txt").write_bytes(b"")
    assert run("import", tmp_path, "--store", store, "--lang", "en").exit_code == 1


COUNTS = {
    "tianjin/standardisation-fund-2021": {"cited": 34, "duty": 2, "judgement": 0, "narrative": 1, "open": 0},
    "beijing/capital-standardisation-fund-2020": {"cited": 19, "duty": 0, "judgement": 0, "narrative": 3, "open": 0},
    "shandong/linyi-standardisation-fund-2019": {"cited": 42, "duty": 0, "judgement": 0, "narrative": 1, "open": 0},
    "shandong/weihai-standardisation-fund-2019": {"cited": 28, "duty": 3, "judgement": 0, "narrative": 4, "open": 0},
    "shandong/liaocheng-quality-patent-awards-2021": {
        "cited": 95, "duty": 2, "judgement": 0, "narrative": 1, "open": 0},
    "shandong/zaozhuang-standardisation-fund-2018": {"cited": 26, "duty": 1, "judgement": 0, "narrative": 1, "open": 0},
    "guangdong/foshan-standardisation-fund-2018": {"cited": 29, "duty": 1, "judgement": 0, "narrative": 2, "open": 0},
    "national/sme-tiers-2022": {"cited": 271, "duty": 4, "judgement": 0, "narrative": 13, "open": 0},
    "national/quality-standards-laboratory-2023": {
        "cited": 25, "duty": 8, "judgement": 1, "narrative": 77, "open": 0},
    "beijing/standard-leaders-2020": {"cited": 1, "duty": 0, "judgement": 0, "narrative": 0, "open": 0},
    "hebei/standard-leaders-2018": {"cited": 2, "duty": 7, "judgement": 0, "narrative": 1, "open": 0},
    "jiangsu/standard-leaders-2018": {"cited": 4, "duty": 0, "judgement": 0, "narrative": 0, "open": 0},
    "jiangsu/taizhou-standard-leaders-2019": {"cited": 5, "duty": 0, "judgement": 0, "narrative": 0, "open": 0},
    "liaoning/standard-leaders-2022": {"cited": 4, "duty": 0, "judgement": 0, "narrative": 3, "open": 0},
    "national/standard-leaders-2018": {"cited": 2, "duty": 5, "judgement": 0, "narrative": 3, "open": 0},
    "shaanxi/standard-leaders-2019": {"cited": 6, "duty": 5, "judgement": 0, "narrative": 2, "open": 0},
    "shanxi/standard-leaders-2019": {"cited": 5, "duty": 1, "judgement": 0, "narrative": 0, "open": 0},
    "sichuan/guangyuan-standard-leaders-2019": {"cited": 1, "duty": 0, "judgement": 0, "narrative": 7, "open": 0},
    "tianjin/standard-leaders-2021": {"cited": 1, "duty": 5, "judgement": 0, "narrative": 0, "open": 0},
}


@pytest.fixture(scope="module")
def sources(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("sources")
    for seed in sorted(seeds.glob("*.txt")):
        import_file(seed, store)
    return store


@pytest.mark.parametrize("id_", COUNTS)
def test_the_library_leaves_no_figure_of_its_sources_open(sources: Path, id_: str) -> None:
    done = cover(installed_library().policy(id_), POLICIES / id_, sources)
    assert [f"{f.source}:{f.line} {f.figure.text}" for f in done.figures if f.status == "open"] == []
    assert [m.rule for m in done.mismatches if not m.reason] == []
    assert [str(r.span) for r in done.idle] == []
    assert done.counts == COUNTS[id_]
