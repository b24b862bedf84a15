"""The story, day by day: an earlier round whose laboratories are built and run, and a live one at every stage."""

from __future__ import annotations

import datetime as dt
import random
import time
from dataclasses import dataclass

from django.db import transaction

from guiju.lifecycle.events import CHINA
from guiju.web.cases.domain import bring_up_to_date
from guiju.web.cases.domain.writing import quietly
from guiju.web.cases.models import CaseRecord
from guiju.web.demonstration.seed import applying, intake, judging
from guiju.web.demonstration.seed.cast import enter_everyone
from guiju.web.demonstration.seed.earlier import earlier_round
from guiju.web.demonstration.seed.objecting import object_to
from guiju.web.demonstration.seed.stage import Stage, hashed, on
from guiju.web.notices.domain import handle
from guiju.web.reviewing.domain.assigning import declare

NOW = dt.datetime(2026, 4, 20, 9, 30, tzinfo=CHINA)
# By what becomes of them: whose they are. Those of the first batch go to the panels.
FIRST = {"approved": 2, "listed": 8, "objected": 11, "proposed": 14, "rejected": 17, "left-off": 7,
         "vetoed": 13, "voting": 16, "to-vote": 3, "visited": 6, "marking": 9, "marking-too": 12, "taken-in": 10}
SECOND = {"returned": 4, "noticed": 15, "noticed-failed": 18, "notice-over": 20, "examined": 24, "forwarded": 23,
          "checked": 21, "arrived": 26, "sent-back": 27,
          "declined": 28}
TITLE = "2026 年度国家质量标准实验室（示例批次）"
REVIEWED = {name: host for name, host in FIRST.items() if name != "taken-in"}
SCORED = {"approved": 88, "listed": 84, "objected": 80, "proposed": 78, "rejected": 72, "left-off": 61,
          "voting": 76, "to-vote": 74}


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made, and in how many seconds."""

    stage: Stage
    seconds: float


@transaction.atomic
def seed(password: str) -> Seeded:
    """Tell the whole story. All of it stays, or nothing. Raises Stuck where the site refused an act."""
    began = time.monotonic()
    stage = Stage(hashed(password))
    with on("2024-01-02"):
        enter_everyone(stage)
    with quietly():
        earlier_round(stage)
        with on("2026-01-05"):
            applying.publish_round(stage, "live", TITLE, dt.date(2026, 1, 5), dt.date(2026, 5, 29))
        _first_batch(stage)
        _review(stage)
        _decide(stage)
        _second_batch(stage)
        applying.drafts(stage, 29)
    with on("2026-04-17T17:00"):
        for record in CaseRecord.objects.filter(final=False):
            bring_up_to_date(record)
    _of_late(stage)
    return Seeded(stage, time.monotonic() - began)


def _first_batch(stage: Stage) -> None:
    """Handed in early in January, examined, published, taken in for review."""
    for name, host in FIRST.items():
        applying.handed_in(stage, name, host, "live", "2026-01-06", "2026-01-12T15:20",
                           "partner2" if name == "listed" else "")
    with on("2026-01-13"):
        intake.take_in(stage, *FIRST)
    with on("2026-01-20"):
        intake.forward(stage, *FIRST)
    with on("2026-01-22"):
        intake.receive(stage, "live", list(FIRST))
    with on("2026-01-26"):
        intake.conclude(stage, "live", list(FIRST))
    with on("2026-02-03"):
        intake.accept(stage, "live", list(FIRST))


def _review(stage: Stage) -> None:
    """Committee, panels, assignment; marks in February and March."""
    with on("2026-01-28"):
        judging.compose(stage, "live")
        judging.form_panels(stage, "live")
    with on("2026-02-04"):
        judging.begin_review(stage, "live", REVIEWED)
        judging.place(stage, "live", {"taken-in": FIRST["taken-in"]})
    with on("2026-02-05"):
        judging.assign(stage, "live", dt.date(2026, 4, 30), {"marking": "expert11", "visited": "expert1"})
    with on("2026-02-06"):
        judging.declare(stage, [n for n in REVIEWED if not n.startswith("marking")])
    with on("2026-03-02T16:10"):
        judging.mark_all(stage, SCORED)
        _veto(stage)
        judging.mark_all(stage, {"visited": 79})
    with on("2026-03-05"):
        judging.to_the_committee(stage, list(SCORED))
        judging.veto(stage, "vetoed")
    with on("2026-04-13"):
        judging.visit(stage, "visited", dt.date(2026, 4, 22))
        _some_marks(stage)


def _veto(stage: Stage) -> None:
    chance = random.Random(99)  # nosec B311  # the same story each time
    for n, task in enumerate(judging.tasks_of(stage, "vetoed")):
        judging.mark(task, 70, chance, veto="实验数据造假" if n == 0 else "")


def _some_marks(stage: Stage) -> None:
    """Of two applications that are marked now: one review handed in, one half written, others not begun."""
    chance = random.Random(7)  # nosec B311  # the same story each time
    tasks = judging.tasks_of(stage, "marking")
    mine = next(t for t in tasks if t.user.login == "expert11")
    others = [t for t in tasks if t.pk != mine.pk]
    for task in (mine, others[0]):
        declare(task, "")
    judging.mark(judging.tasks_of(stage, "marking")[tasks.index(others[0])], 81, chance)
    judging.mark(judging.tasks_of(stage, "marking")[tasks.index(mine)], 77, chance, count=4)


def _decide(stage: Stage) -> None:
    """The meeting of March, the ministry, the notice of the list."""
    listed = ["approved", "listed", "objected", "proposed", "rejected"]
    with on("2026-03-16T14:00") as at:
        meeting = judging.meet(stage, "live", "示例批次第一次审议投票会", at, [*listed, "left-off"])
        for name in listed:
            judging.vote(meeting, name, stage, 11, 2)
        judging.vote(meeting, "left-off", stage, 3, 10)
        judging.list_or_leave(stage, meeting, listed, ["left-off"])
    with on("2026-03-23"):
        judging.publish_list(stage, "live", ["approved"])
    with on("2026-03-31"):
        judging.approve(stage, "approved", dt.date(2027, 12, 31))
        judging.reject(stage, "rejected")
    with on("2026-04-15"):
        judging.publish_list(stage, "live", ["listed", "objected"])
    with on("2026-04-16T10:00"):
        object_to(stage, "objected", "P2", "示例异议：名单所列参建单位与公示材料不一致，请核查。", "孔虚议")
    with on("2026-04-17"):
        judging.look_into(stage, "objected")


def _second_batch(stage: Stage) -> None:
    """What came in March and April, at every stage up to the notice of the examination."""
    for name, host in SECOND.items():
        late = name in ("arrived", "sent-back")
        applying.handed_in(stage, name, host, "live", "2026-04-09" if late else "2026-03-03",
                           "2026-04-17T16:40" if late else "2026-03-06T10:15")
    forwarded = ["returned", "noticed", "noticed-failed", "notice-over", "examined", "forwarded"]
    with on("2026-03-09"):
        intake.take_in(stage, *(n for n in SECOND if n not in ("arrived", "sent-back")))
    with on("2026-03-16"):
        intake.forward(stage, *forwarded)
        intake.decline(stage, "declined")
        intake.check(stage, "checked", 3)
    with on("2026-03-18"):
        intake.receive(stage, "live", forwarded[:-1])
    with on("2026-03-20"):
        intake.conclude(stage, "live", [], ["returned"])
    with on("2026-03-30"):
        intake.send_away(stage, "live", ["returned"])
    with on("2026-04-08"):
        intake.conclude(stage, "live", ["notice-over"])
    with on("2026-04-15T11:00"):
        intake.conclude(stage, "live", ["noticed"], ["noticed-failed"])
        intake.mark_some(stage, "examined", 4)
    with on("2026-04-16T15:00"):
        named = object_to(stage, "noticed", "P1", "示例异议：所列设备系租用，请核查权属。", "孟虚言")
    with on("2026-04-17T09:00"):
        handle(named, "accept", "", stage.people["officer"])
        applying.returned(stage, "sent-back")


def _of_late(stage: Stage) -> None:
    """What happened last, with letters to everyone whom it concerns. The committee sits: one ballot is open, the chair
    has not voted; one application waits."""
    with on("2026-04-17T17:10"):
        object_to(stage, "noticed", "P1", "示例异议：人员名单与公开信息不符。")
    with on("2026-04-20T09:00") as at:
        meeting = judging.meet(stage, "live", "示例批次第二次审议投票会", at, ["voting", "to-vote"])
        judging.vote(meeting, "voting", stage, 5, 1, close=False)
