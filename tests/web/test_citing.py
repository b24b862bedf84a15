"""Clauses as pages cite them: what a mark abbreviates, and where it is a basis, is said by the programme's policy."""

from __future__ import annotations

import pytest

from guiju.source.diagnostics import Text
from guiju.web.kit.clauses import THE_ROUND, basis_in, holds_in, marks

LABORATORY, FUND = "national/quality-standards-laboratory", "tianjin/standardisation-fund"


@pytest.mark.parametrize(("key", "region", "chart", "holds"), [
    ("藏函二(二)", "540000", LABORATORY, True), ("藏函二(二)", "540100", LABORATORY, True),
    ("藏函二(二)", "320000", LABORATORY, False), ("藏函二(二)", "", LABORATORY, False),
    ("办12", "", LABORATORY, True), ("指24二", "320000", LABORATORY, True),
    ("藏函二(二)", "320000", FUND, True), ("藏函二(二)", "320000", "no/such-chart", True)])
def test_a_document_of_one_region_is_a_basis_there_only(key: str, region: str, chart: str, holds: bool) -> None:
    assert holds_in(key, region, chart) is holds
    assert basis_in(key, region, chart) == (Text(key, key) if holds else THE_ROUND)


@pytest.mark.parametrize(("key", "chart", "document", "place"), [
    ("办12", LABORATORY, "国家质量标准实验室管理办法", "/library/policies/national/quality-standards-laboratory-2023/"),
    ("指24二", LABORATORY, "2024 年国家质量标准实验室申报评审指南",
     "/library/policies/national/quality-standards-laboratory-2023/"),
    ("意22二(三)", LABORATORY, "关于推进国家级质量标准实验室建设的指导意见",
     "/library/charts/national/quality-standards-laboratory/"),
    ("7", FUND, "天津市标准化资助项目与资金管理办法（试行）", "/library/policies/tianjin/standardisation-fund-2021/"),
    ("表24别处", LABORATORY, "国家质量标准实验室申报材料（2024 年模板）", ""), ("办12", "no/such-chart", "", "")])
def test_a_mark_says_its_document_and_leads_to_its_place(key: str, chart: str, document: str, place: str) -> None:
    [mark] = marks([key], chart)

    assert (mark.document.zh, mark.address.partition("#")[0]) == (document, place)
