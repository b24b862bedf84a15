"""Findings as they are shown: place, code, sentence, in both languages."""

import pytest

from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text, fail

BOTH = Text("缺少单位", "the unit is missing")


@pytest.mark.parametrize(("span", "cell", "zh", "en"), [
    (Span("a.yaml", 12, 9), "",   "a.yaml:12:9  E212  缺少单位", "a.yaml:12:9  E212  the unit is missing"),
    (Span("a.yaml", 12),    "",   "a.yaml:12  E212  缺少单位",   "a.yaml:12  E212  the unit is missing"),
    (Span("a.yaml"),        "",   "a.yaml  E212  缺少单位",      "a.yaml  E212  the unit is missing"),
    (Span("a.xlsx"),        "B7", "a.xlsx!B7  E212  缺少单位",   "a.xlsx!B7  E212  the unit is missing"),
])
def test_a_finding_in_both_languages(span: Span, cell: str, zh: str, en: str) -> None:
    finding = Diagnostic("E212", span, BOTH, cell)

    assert (finding.render(), finding.render("en")) == (zh, en)


def test_without_english_the_chinese_stands() -> None:
    assert Diagnostic("E212", Span("a.yaml"), Text("缺少单位", "")).render("en") == "a.yaml  E212  缺少单位"


@pytest.mark.parametrize(("code", "severity"), [("E212", "error"), ("W301", "warning"), ("N101", "note")])
def test_the_letter_of_the_code_is_the_severity(code: str, severity: str) -> None:
    assert Diagnostic(code, Span("a.yaml"), BOTH).severity == severity


def test_an_error_carries_all_its_findings() -> None:
    findings = [Diagnostic("E212", Span("a.yaml", n), BOTH) for n in (1, 2)]

    error = GuijuError(iter(findings))

    assert error.diagnostics == tuple(findings)
    assert str(error) == "a.yaml:1  E212  缺少单位\na.yaml:2  E212  缺少单位"


def test_an_error_of_one_finding() -> None:
    assert fail("E212", Span("a.yaml"), "缺少单位", "the unit is missing").diagnostics == (
        Diagnostic("E212", Span("a.yaml"), BOTH),)
