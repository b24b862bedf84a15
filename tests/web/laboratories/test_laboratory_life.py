"""A laboratory's whole life through the pages, with the clock moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from laboratory_walks import APPROVED, INNER, act, desk, walked

from guiju.web.cases.store import verified
from guiju.web.cases.tasks import daily_round

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
SIDES = {f"own-{f}-{s}": f"{s}的{f}" for s in ("research", "people", "openness", "service")
         for f in ("text", "evidence")}
COMMITTEE = {"own-text": "综合意见", "fact-committee_formed_on": "2027-03-01"}


def test_from_the_approval_to_the_exit(on: Clock, client: Client) -> None:
    on("2024-05-20")
    walk = walked(APPROVED)
    steps: tuple[tuple[str, str, str, dict[str, str], str], ...] = (
        ("2025-05-20", "LAB", "T21",
         {"own-first": "2024-05-20", "own-last": "2025-05-19", "own-progress": "过半"}, "S20"),
        ("2025-09-01", "MINISTRIES", "INSPECT", {"fact-inspection": "进度相符"}, "S20"),
        ("2026-02-20", "LAB", "T22", {"fact-extension_reason": "设备进口受阻"}, "S21"),
        ("2026-03-16", "COORD", "T23", {"fact-extended_to": "2027-05-20"}, "S22"),
        ("2027-05-24", "LAB", "T27", {"own-summary": "完成大部分"}, "S24"),
        ("2027-06-01", "COMMITTEE", "T32", {**COMMITTEE, "own-told": "补齐标准",
                                            "decide-T32-extended": "延过期，仍可整改"}, "S27"),
        ("2027-11-01", "LAB", "T33",
         {"own-summary": "已补齐", "fact-rectified": "是", "fact-rectified_on": "2027-10-29"}, "S24"),
        ("2027-11-15", "COMMITTEE", "T34", COMMITTEE, "S25"),
        ("2027-11-22", "MINISTRIES", "T30", {}, "S26"),
        ("2027-11-30", "MINISTRIES", "T31", {}, "S30"),
        ("2028-11-30", "LAB", "T38",
         {"own-first": "2027-11-30", "own-last": "2028-11-29", "own-progress": "正常"}, "S30"),
        ("2030-11-30", "MINISTRIES", "T39", {}, "S31"),
        ("2031-01-06", "MINISTRIES", "T41", SIDES, "S32"),
        ("2031-06-02", "MINISTRIES", "T42a", {"fact-lab_rectified": "是"}, "S33"),
        ("2031-07-01", "MINISTRIES", "T42b", {**SIDES, "fact-lab_regrade": "合格"}, "S30"),
        ("2032-03-01", "MINISTRIES", "T45b", {"own-lab_exit_false": "是", "own-lab_exit_harm": "是"}, "S39"))
    for day, role, move, given, stage in steps:
        on(day)
        daily_round.call()
        assert act(walk, role, move, given) == 302, move
        assert walk.record.stage == stage, move
    laboratory = walk.laboratory

    assert (laboratory.state, laboratory.over_on) == ("left", dt.date(2032, 3, 1))
    assert [(s.state, str(s.since)) for s in laboratory.states.order_by("event")] == [
        ("building", "2024-05-20"), ("notice", "2027-11-22"), ("operating", "2027-11-30"), ("rectifying", "2031-01-06"),
        ("operating", "2031-07-01"), ("left", "2032-03-01")]
    assert [(g.grade, g.again) for g in laboratory.grades.order_by("event")] == [("不合格", False), ("合格", True)]
    assert verified(walk.record) == []
    page = client.get(f"/laboratories/{laboratory.public_id}/").content.decode()
    assert [w for w in (*INNER, "进度相符", "补齐", "受阻") if w in page] == []
    checks = walk.client("MINISTRIES").get(f"{desk(walk)}checks/").content.decode()
    assert "进度相符" in checks
    assert "退出序列" in checks


def test_a_term_that_is_over_leads_to_acceptance_by_itself(on: Clock) -> None:
    on("2024-05-20")
    walk = walked(APPROVED)
    on("2026-05-21")
    assert "建设期满待验收" in walk.client("LAB").get(desk(walk)).content.decode()
    daily_round.call()
    walk.record.refresh_from_db()

    assert (walk.record.stage, walk.laboratory.state) == ("S23", "building")
    assert "建设期满" in walk.client("LAB").get(f"{desk(walk)}extension/").content.decode()
