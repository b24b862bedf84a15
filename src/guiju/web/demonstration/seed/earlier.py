"""The round of 2024, whose laboratories are at every stage of building, acceptance and operation.

It was held on paper and entered: there are cases and notices, but no forms. Building terms and evaluations are quicker
than usual here, so that there is something to see.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from guiju.source.diagnostics import Text
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign, bring_up_to_date
from guiju.web.demonstration.seed import applying, building, judging, paper
from guiju.web.demonstration.seed.objecting import object_to
from guiju.web.demonstration.seed.stage import Stage, on
from guiju.web.reviewing.queries.composition import rows_of
from guiju.web.rounds.domain import close

APPROVED, FORMED, FORMED_ANEW = "2024-05-14", "2024-03-11", "2026-03-02"
# By what becomes of them: whose they are, and the planned end of building.
BUILDING = {"building": (5, "2026-05-14"), "asking": (19, "2026-05-14"), "extended": (22, "2026-05-14"),
            "term-over": (25, "2026-03-31"), "accepting": (31, "2026-02-27"), "with-ministries": (32, "2026-02-27"),
            "p3": (33, "2026-02-27"), "p3-objected": (34, "2026-02-27"), "rectifying": (35, "2026-01-30"),
            "ended": (36, "2025-06-30")}
OPERATING = {"operating": 1, "excellent": 37, "passed": 38, "evaluated": 39, "failed": 40, "again": 41, "off": 42}
ALL = {**{name: host for name, (host, _) in BUILDING.items()}, **OPERATING}
READY, RUNS = "2024-12-31", "2025-02-26"


def earlier_round(stage: Stage) -> None:
    with on("2024-01-08"):
        applying.publish_round(stage, "earlier", "2024 年度国家质量标准实验室（示例批次）", dt.date(2024, 1, 8),
                               dt.date(2024, 2, 2), blind=False)
    _apply(stage)
    _review(stage)
    _approve(stage)
    _build(stage)
    _operate(stage)
    _accept(stage)


def _apply(stage: Stage) -> None:
    """From the answer to the call up to acceptance for review."""
    with on("2024-01-15"):
        for name, host in ALL.items():
            paper.begin(stage, name, host, "earlier")
    _everyone(stage, "2024-01-26", "T03", "", paper.HANDED_IN)
    _everyone(stage, "2024-02-02T17:00", "T05", "body", {})
    _everyone(stage, "2024-02-19", "T07", "body", paper.RECOMMENDED)
    _everyone(stage, "2024-02-22", "T08", "officer", paper.RECEIVED)
    with on("2024-02-19"):
        close(stage.rounds["earlier"], stage.people["officer"])
    _everyone(stage, "2024-02-27", "T09", "officer", {"形式审查结论": "形审通过"})
    with on("2024-02-27"):
        paper.publish(stage, "earlier", "P1", list(ALL), "officer", Text("通过形式审查",
                                                                         "passed the formal examination"))
    _everyone(stage, "2024-03-06", "T10", "officer", {})


def _review(stage: Stage) -> None:
    """A committee is entered; marks and votes were on paper."""
    with on(FORMED):
        committee = judging.compose(stage, "earlier")
    members = [{k: v for k, v in row.items() if v} for row in rows_of(committee)]
    _everyone(stage, "2024-03-13", "T12", "chair", {
        "专家委员会组建日": FORMED, "评审细则已通过": "是", "专家组已按领域设立": "是", "专家委员会成员": members})
    with on("2024-04-10"):
        for n, name in enumerate(ALL):
            assign(installed(applying.CHART), "PANEL", user=stage.people["expert2"], case=stage.cases[name])
            paper.move(stage, name, "T14a", "expert2", {**paper.NO_VETO, "专家委员会组建日": FORMED,
                                                        "评审得分": f"{74 + n} 分"})
    _everyone(stage, "2024-04-22", "T15", "chair", {"得票比例": "80%", "投票环节有现场考察": "是",
                                                    "专家委员会组建日": FORMED})


def _approve(stage: Stage) -> None:
    _everyone(stage, "2024-05-06", "T17", "samr", {})
    with on("2024-05-06"):
        paper.publish(stage, "earlier", "P2", list(ALL), "samr", Text("拟批准建设", "to be approved"))
    with on(APPROVED):
        for name, host in ALL.items():
            paper.move(stage, name, "T19", "samr", {"计划建成日": _end(name)})
            paper.name_it(stage, name, host)
    with on("2024-06-03"):
        for name in ALL:
            building.plan(stage, name, dt.date.fromisoformat(_end(name)))
        for name in ("building", "operating", "excellent"):
            building.lead(stage, name, "2024-06-03", "director" if name == "operating" else "")


def _end(name: str) -> str:
    """The planned end of building."""
    return BUILDING[name][1] if name in BUILDING else READY


def _everyone(stage: Stage, day: str, move: str, login: str, given: dict[str, Any]) -> None:
    with on(day):
        for name in ALL:
            paper.move(stage, name, move, login, given)


def _build(stage: Stage) -> None:
    """Yearly reports; one that ends without acceptance; extensions."""
    with on("2025-05-12"):
        for name in BUILDING:
            building.report(stage, name, "T21", APPROVED)
    _due(stage, "2025-07-01", "ended")
    with on("2025-07-10"):
        building.apply_for_acceptance(stage, "ended", "part")
    with on("2025-09-01"):
        building.fail_acceptance(stage, "ended")
    with on("2025-11-05"):
        building.act(stage, "building", "INSPECT", "ministries", {"检查情况": "现场抽查，进度正常（示例）"})
    with on("2026-01-20"):
        building.act(stage, "extended", "T22", given={"延期原因": "设备安装延误（示例）"})
    with on("2026-02-02"):
        building.act(stage, "asking", "T22", given={"延期原因": "验证试验周期延长（示例）"})
    with on("2026-02-09"):
        building.act(stage, "extended", "T23", "ministries", {"延期至": "2027-03-31"})
    with on("2026-02-24"):
        building.plan(stage, "extended", dt.date(2027, 3, 31), "批准延期，各项任务顺延（示例原因）")


def _operate(stage: Stage) -> None:
    """Accepted in the winter after; evaluated from the next autumn on."""
    _due(stage, "2025-01-06", *OPERATING)
    with on("2025-01-07"):
        for name in OPERATING:
            building.apply_for_acceptance(stage, name)
    with on("2025-02-11"):
        for name in OPERATING:
            building.review_acceptance(stage, name, "T29", FORMED)
    with on("2025-02-18"):
        for name in OPERATING:
            building.act(stage, name, "T30", "ministries")
    for name in OPERATING:
        with on("2025-05-06" if name == "operating" else RUNS):
            building.act(stage, name, "T31", "ministries")
    with on("2025-06-16"):
        for name in ("operating", "excellent"):
            building.outputs(stage, name)
    _evaluate(stage)
    with on("2026-04-09"):
        building.act(stage, "operating", "major_change:T44", "director",
                     {"重大事项说明": "依托单位内设机构调整，实验室拟更名（示例）"},
                     {"kind": "更名", "new_name": "示例精密测量仪器国家质量标准实验室",
                      "new_name_en": "State Quality & Standards Laboratory of Measuring Instruments (Example)"})


def _evaluate(stage: Stage) -> None:
    with on("2025-09-15"):
        for name in ("failed", "again", "off"):
            building.act(stage, name, "T39", "ministries")
    with on("2025-10-13"):
        for name in ("again", "off"):
            building.evaluate(stage, name, "T41")
    with on("2026-01-05"):
        for name in ("excellent", "passed", "evaluated", "failed", "off"):  # of the others one is not due, one is late
            building.report(stage, name, "T38", RUNS)
    with on("2026-01-12"):
        for name in ("excellent", "passed"):
            building.act(stage, name, "T39", "ministries")
        building.evaluate(stage, "failed", "T41")
    with on("2026-02-09"):
        building.evaluate(stage, "excellent", "T40", "优秀")
        building.evaluate(stage, "passed", "T40", "合格")
    with on("2026-03-09"):
        building.act(stage, "off", "T42a", "ministries", {"评价整改已完成": "是"})
        building.act(stage, "again", "T42a", "ministries", {"评价整改已完成": "是"})
    with on("2026-03-23"):
        building.evaluate(stage, "off", "T43")
    with on("2026-04-13"):
        building.act(stage, "evaluated", "T39", "ministries")


def _accept(stage: Stage) -> None:
    """Terms that ended this spring: a new committee sits."""
    _due(stage, "2026-02-02", "rectifying")
    with on("2026-02-04"):
        building.apply_for_acceptance(stage, "rectifying", "part")
    with on(FORMED_ANEW):
        judging.compose(stage, "earlier", like=True)
    names = ("accepting", "with-ministries", "p3", "p3-objected")
    _due(stage, "2026-03-02", *names)
    with on("2026-03-03"):
        building.review_acceptance(stage, "rectifying", "T32", FORMED_ANEW)
        for name in names:
            building.apply_for_acceptance(stage, name)
    with on("2026-04-07"):
        for name in names[1:]:
            building.review_acceptance(stage, name, "T29", FORMED_ANEW)
    with on("2026-04-15"):
        for name in names[2:]:
            building.act(stage, name, "T30", "ministries")
    with on("2026-04-16"):
        object_to(stage, "p3-objected", "P3", "示例异议：成果署名有误，请核查。", "曾虚名")
    with on("2026-04-17"):
        building.act(stage, "p3-objected", "T47", "ministries")


def _due(stage: Stage, day: str, *names: str) -> None:
    """What the chart does by itself on a day."""
    with on(day):
        for name in names:
            bring_up_to_date(stage.cases[name])
