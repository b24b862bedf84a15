"""Expert review of the live round: committee, panels, assignment, marks, visits, votes."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from guiju.web.accounts.models import User
from guiju.web.demonstration.seed.cast import EXPERTS_A_PANEL, HOSTS, PANELS, SEATS
from guiju.web.demonstration.seed.stage import Stage, Stuck
from guiju.web.kit.clock import today
from guiju.web.reviewing.domain import approving, assigning, beginning, committees, leading, marking, panels, voting
from guiju.web.reviewing.domain.moving import NotMade
from guiju.web.reviewing.models import Assigned, Committee, Hearing, Meeting, Panel, Placement
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.queries.marks import rubric_of
from guiju.web.reviewing.queries.parts import committee_of
from guiju.web.rounds.models import Round

REASONS = ("材料与现状相符，佐证充分（示例理由）", "基本符合，个别指标有待补强（示例理由）",
           "有一定基础，开放共享安排不够具体（示例理由）")


def compose(stage: Stage, round_: str, like: bool = False) -> Committee:
    """A committee of fifteen, confirmed today: a chair, three vice-chairs, members. `like`: as the one before it."""
    before = committee_of(stage.rounds[round_]) if like else None
    made = committees.begin_committee(stage.rounds[round_], "示例专家技术委员会（虚构）", before)
    committees.set_formed(made, today())
    for n in range(SEATS if before is None else 0):
        committees.seat(made, _seat(stage, n), "chair" if n == 0 else "vice" if n < 4 else "member")
    committees.confirm(made, stage.people["officer"])
    return made


def _seat(stage: Stage, number: int) -> User:
    return stage.people["chair" if number == 0 else f"member{number + 1}"]


def form_panels(stage: Stage, round_: str) -> None:
    """One for each field; the second expert of each leads it."""
    for n, field in enumerate(PANELS):
        panel = panels.form_panel(stage.rounds[round_], field)
        for m in range(EXPERTS_A_PANEL):
            panels.join(panel, stage.people[f"expert{n * EXPERTS_A_PANEL + m + 1}"])
        panels.name_leader(panel, stage.people[f"expert{n * EXPERTS_A_PANEL + 2}"])


def begin_review(stage: Stage, round_: str, hosts: dict[str, int]) -> None:
    """Applications go to their panels and the committee begins the review. `hosts`: whose each is, by name."""
    place(stage, round_, hosts)
    done = beginning.begin_review(stage.rounds[round_], [stage.fresh(n) for n in hosts], stage.people["chair"], True,
                                  {})
    for begun in done:
        if begun.refused is not None:
            raise Stuck(f"T12: {begun.refused}")


def place(stage: Stage, round_: str, hosts: dict[str, int]) -> None:
    for name, host in hosts.items():
        panels.place(stage.fresh(name), _panel(stage.rounds[round_], host))


def _panel(round_: Round, host: int) -> Panel:
    return Panel.objects.get(round=round_, field=HOSTS[host].domain)


def assign(stage: Stage, round_: str, deadline: dt.date, fixed: dict[str, str]) -> None:
    """The solver's proposal, accepted. `fixed`: an expert who must have an application, by the application's name."""
    officer = stage.people["officer"]
    for name, login in fixed.items():
        assigning.set_pair(stage.fresh(name), stage.people[login], "fixed", "示例：由本领域专家评审", officer)
    made = assigning.run(stage.rounds[round_], officer)
    if made.state != "proposed":
        raise Stuck(f"assignment: {made.found}")
    assigning.accept(made, officer, deadline)


def tasks_of(stage: Stage, name: str) -> list[Assigned]:
    found = Assigned.objects.filter(application=stage.apps[name], state__in=STANDING)
    return list(found.select_related("user", "application__round", "application__case").order_by("user__pk"))


def declare(stage: Stage, names: Sequence[str]) -> None:
    """Everyone who was asked says that he has no ties."""
    for name in names:
        for task in tasks_of(stage, name):
            assigning.declare(task, "")


def mark(task: Assigned, level: int, chance: random.Random, count: int | None = None, veto: str = "") -> None:
    """Marks about a level, with reasons. `count`: only so many, and not handed in. `veto`: held to be met."""
    indicators = rubric_of(task.application.round).marked()
    for indicator in indicators[:count]:
        value = min(100, max(0, level + chance.randint(-6, 6)))
        marking.save_mark(task, indicator.id, str(value), chance.choice(REASONS), 0)
    if veto:
        marking.claim_veto(task, veto, "示例：两份检测报告的编号重复，数据一致", None)
    if count is None:
        marking.save_opinion(task, "总体评价（示例）：见各指标理由。")
        marking.submit(task)


def mark_all(stage: Stage, levels: dict[str, int]) -> None:
    """Every expert of these applications hands in his marks."""
    for n, (name, level) in enumerate(levels.items()):
        chance = random.Random(n)  # nosec B311  # the same story each time
        for task in tasks_of(stage, name):
            mark(task, level, chance)


def to_the_committee(stage: Stage, names: Sequence[str]) -> None:
    for name in names:
        placement = stage.fresh(name).placement
        leading.close_marks(placement)
        with _made():
            leading.to_the_committee(placement, leader_of(placement))


def veto(stage: Stage, name: str) -> None:
    """The leader confirms a claim of a veto, and the application is out."""
    placement = stage.fresh(name).placement
    claim = next(c for t in tasks_of(stage, name) for c in t.sheet.claims.all())
    leading.settle_claim(placement, claim.public_id, True, "核对原件，属实（示例）", leader_of(placement))
    with _made():
        leading.out_by_veto(placement, leader_of(placement))


def leader_of(placement: Placement) -> User:
    leader = placement.panel.leader
    assert leader is not None
    return leader


def visit(stage: Stage, name: str, begins: dt.date) -> None:
    placement = stage.fresh(name).placement
    with _made():
        leading.arrange_visit(placement, leader_of(placement), "核实场地和设备（示例理由）", begins, begins,
                              "本组三位专家")


def meet(stage: Stage, round_: str, title: str, begins: dt.datetime, names: Sequence[str]) -> Meeting:
    meeting = voting.call_meeting(stage.rounds[round_], title, begins, "示例会议室", "听取专家组汇报；审议；投票",
                                  [stage.fresh(n) for n in names], stage.people["officer"])
    seats = list(meeting.committee.seats.order_by("pk").values_list("pk", flat=True))
    voting.set_present(meeting, seats[:13])
    return meeting


def vote(meeting: Meeting, name: str, stage: Stage, yes: int, no: int = 0, close: bool = True) -> Hearing:
    """Open the ballot on one application and cast votes; `close`: and count them."""
    hearing = meeting.hearings.get(application=stage.apps[name])
    voting.note_hearing(hearing, "听取汇报和答辩，查看现场影像（示例记录）", True)
    voting.open_vote(hearing)
    for n in range(yes + no):
        voting.vote(hearing, _seat(stage, n if close else n + 1), "yes" if n < yes else "no")
    if close:
        voting.close_vote(hearing)
    return hearing


def list_or_leave(stage: Stage, meeting: Meeting, listed: Sequence[str], left: Sequence[str]) -> None:
    """What the chair makes of the count, and the end of the meeting."""
    chair = stage.people["chair"]
    for name in listed:
        with _made():
            voting.put_on_list(meeting.hearings.get(application=stage.apps[name]), chair, {})
    for name in left:
        with _made():
            voting.leave_off(meeting.hearings.get(application=stage.apps[name]), chair)
    voting.end_meeting(meeting, "会议按议程进行，投票为无记名投票（示例纪要）。")


def publish_list(stage: Stage, round_: str, names: Sequence[str]) -> None:
    with _made():
        approving.publish_list(stage.rounds[round_], [stage.fresh(n) for n in names], stage.people["samr"])


def reject(stage: Stage, name: str) -> None:
    with _made():
        approving.reject(stage.fresh(name), stage.people["samr"], "与已有布局重复（示例理由）")


def approve(stage: Stage, name: str, planned_end: dt.date) -> None:
    with _made():
        approving.approve(stage.fresh(name), stage.people["samr"], planned_end, {})


def look_into(stage: Stage, name: str) -> None:
    with _made():
        approving.look_into(stage.fresh(name), stage.people["samr"])


@contextmanager
def _made() -> Iterator[None]:
    """Raises Stuck where a move was not made."""
    try:
        yield
    except NotMade as no:
        raise Stuck(str(getattr(no.answer, "text", no.answer))) from no
