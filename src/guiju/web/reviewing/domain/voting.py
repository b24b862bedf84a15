"""The committee's meeting: agenda, presence, secret ballots, and what the chair makes of the count."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Map
from typing import Any, TypeVar, cast

from django.db import transaction
from django.urls import reverse

from guiju.review import NotComputable
from guiju.review.ballots import Box as BallotBox
from guiju.review.ballots import Choice, Receipt, Tally, base_of, close, open_ballot, tally, to_data
from guiju.review.ballots import cast as cast_into
from guiju.review.scores import stated
from guiju.source.diagnostics import GuijuError, Text
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import now
from guiju.web.kit.holding import hold
from guiju.web.kit.permissions import Refused
from guiju.web.kit.sealing import seal
from guiju.web.outbox.domain import Letter, put_out
from guiju.web.reviewing.domain.moving import formed, moved, yes
from guiju.web.reviewing.models import Box, Hearing, Meeting
from guiju.web.reviewing.queries.ballots import PURPOSE, ballot_for, box_of, present_at
from guiju.web.reviewing.queries.parts import committee_of
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

T = TypeVar("T")
HEARD_AT = "S13"


@transaction.atomic
def call_meeting(round_: Round, title: str, begins: dt.datetime, place: str, agenda: str,
                 applications: Sequence[Application], user: User) -> Meeting:
    """Call the committee together; each member gets a letter."""
    committee = committee_of(round_)
    if committee is None:
        raise Refused("先组成并确认专家委员会", "compose and confirm the committee first")
    if not applications:
        raise Refused("议程里没有申报", "there is no application on the agenda")
    made = Meeting.objects.create(round=round_, committee=committee, title=title.strip() or f"{round_.title}审议投票会",
                                  begins=begins, place=place.strip(), agenda=agenda.strip(), created=now(),
                                  created_by=user)
    Hearing.objects.bulk_create(Hearing(meeting=made, application=a, place=n) for n, a in enumerate(applications, 1))
    when = f"{begins:%Y-%m-%d %H:%M}"
    put_out(Letter(f"meeting/{made.public_id}/{s.user_id}", "notice",
                   Text(f"专家委员会会议：{made.title}", f"committee meeting: {made.title}"),
                   Text(f"时间：{when}；地点：{made.place or '另行通知'}；审议 {len(applications)} 份申报。",
                        f"{when}, {made.place or 'place to be told'}: {len(applications)} applications."),
                   user=s.user, link=reverse("reviewing:meeting", args=[made.public_id]))
            for s in committee.seats.select_related("user"))
    return made


@transaction.atomic
def set_present(meeting: Meeting, seat_ids: Iterable[int]) -> None:
    """Who is there. One who has voted can't be made absent."""
    locked = _running(meeting)
    seats = locked.committee.seats.filter(pk__in=list(seat_ids))
    voted: set[str] = set()
    for hearing in locked.hearings.select_related("box"):
        box = box_of(hearing)
        voted |= box.voted if box is not None else set()
    missing = voted - set(seats.values_list("user__public_id", flat=True))
    if missing:
        raise Refused("有已投票的委员，不能改为缺席", "someone who has voted can't be absent")
    locked.present.set(seats)


@transaction.atomic
def note_hearing(hearing: Hearing, notes: str, visited: bool) -> None:
    """What was heard; whether there was a visit at this stage. Not once the votes are counted."""
    locked = _hearing(hearing)
    if locked.state == "closed":
        raise Refused("已经计票，记录不能再改", "the votes are counted: the notes stand")
    locked.notes, locked.visited = notes.strip(), visited
    locked.save(update_fields=["notes", "visited"])


@transaction.atomic
def open_vote(hearing: Hearing) -> None:
    """Open the ballot on one application. Who has to keep away from it is settled now."""
    locked = _hearing(hearing)
    _running(locked.meeting)
    if locked.state != "waiting":
        raise Refused("这一项已经开始投票", "the vote has begun")
    if locked.application.case.stage != HEARD_AT:
        raise Refused("这份申报不在审议投票环节", "this application is not before the committee")
    if not present_at(locked.meeting):
        raise Refused("先登记到会委员", "say first who is present")
    Box.objects.create(hearing=locked, sealed=_sealed(_or_refused(lambda: open_ballot(ballot_for(locked)))))
    locked.state, locked.opened = "voting", now()
    locked.save(update_fields=["state", "opened"])


@transaction.atomic
def vote(hearing: Hearing, user: User, choice: str, word: str = "") -> Receipt:
    """Put one vote into the box. Box and list of who has voted are one value: both are written or neither is.

    The receipt is given back and kept nowhere. Nothing else may be written in this transaction that names the voter.
    """
    box_row = Box.objects.select_for_update(of=("self",)).filter(hearing=hearing).first()
    if box_row is None:
        raise Refused("投票还没有开始，或者已经收回", "the vote has not begun, or was taken back")
    if box_row.hearing.state != "voting":
        raise Refused("投票已经结束", "the vote is over")
    if user.public_id not in present_at(box_row.hearing.meeting):
        raise Refused("到会名单上没有您；请会务登记到会后再投", "you are not listed as present: have it mended first")
    box = box_of(box_row.hearing)
    assert box is not None
    fuller, receipt = _or_refused(lambda: cast_into(box, user.public_id, cast(Choice, choice), secrets.token_hex(32),
                                                    word))
    box_row.sealed = _sealed(fuller)
    box_row.save(update_fields=["sealed"])
    return receipt


@transaction.atomic
def take_back_vote(hearing: Hearing) -> None:
    """Undo the opening of a ballot into which nobody has voted: it may be opened anew, or the meeting ended."""
    box_row, locked, box = _under_way(hearing)
    if box.voted:
        raise Refused("已经有人投票，不能收回；请结束投票并计票", "votes are in: end the vote and count it instead")
    box_row.delete()
    locked.state, locked.opened = "waiting", None
    locked.save(update_fields=["state", "opened"])


@transaction.atomic
def close_vote(hearing: Hearing, with_missing: bool = False) -> Tally:
    """End the vote and count. What the round's rule leaves open is said; the votes are counted all the same.

    `with_missing`: although some of those who are present and may vote have not. A ballot without a vote is not ended.
    """
    box_row, locked, box = _under_way(hearing)
    present = present_at(locked.meeting)
    missing = box.ballot.voters & present - box.voted
    _refuse_too_early(box, len(missing), with_missing)
    box = close(box)
    counted = _or_refused(lambda: tally(box, present))
    box_row.sealed = _sealed(box)
    box_row.save(update_fields=["sealed"])
    locked.state, locked.closed, locked.tally = "closed", now(), _kept(counted, box, len(missing))
    locked.save(update_fields=["state", "closed", "tally"])
    return counted


def _refuse_too_early(box: BallotBox, missing: int, with_missing: bool) -> None:
    if not box.voted:
        raise Refused("还没有人投票，不能计票：等到会委员投票，或者收回这次投票，以后再开",
                      "nobody has voted, there is nothing to count: wait for votes, or take the ballot back")
    if missing and not with_missing:
        base = base_of(box.ballot.rule)
        raise Refused(f"到会可投票的委员还有 {missing} 人没有投票，没有计票。得票比例的基数：{base.zh}。"
                      "仍要结束的，勾选“仍要结束”（程序填 with_missing: true）再提交",
                      f"{missing} of those present who may vote have not: nothing was counted. The share is taken of:"
                      f" {base.en}. To end the vote all the same, tick 'end it all the same' (programs: with_missing:"
                      " true)")


def _kept(counted: Tally, box: BallotBox, missing: int) -> dict[str, Any]:
    outcome = counted.outcome
    kept: dict[str, Any] = {"yes": counted.yes, "no": counted.no, "abstain": counted.abstain,
                            "members": counted.members, "present": counted.present,
                            "recused": len(box.ballot.recused), "not_voted": missing,
                            "zh": outcome.text.zh, "en": outcome.text.en}
    if isinstance(outcome, NotComputable):
        return {**kept, "missing": [m.parameter for m in outcome.missing]}
    return {**kept, "decision": outcome.decision, "share": str(outcome.share) if outcome.share is not None else "",
            "percent": f"{stated(outcome.share * 100)}%" if outcome.share is not None else ""}


@transaction.atomic
def put_on_list(hearing: Hearing, user: User, reasons: Map[str, str]) -> CaseRecord:
    """T15, from the count. Raises NotMade."""
    locked = _counted(hearing)
    if locked.tally.get("decision") == "no_quorum":
        raise Refused("到会人数不足，表决不成立，不能据此列入名单", "there was no quorum: the vote carries nothing")
    if not locked.tally.get("percent"):
        raise Refused(locked.tally.get("zh", ""), locked.tally.get("en", ""))
    seen = locked.visited or locked.application.visits.filter(reported__isnull=False).exists()
    required = rules_of(locked.meeting.round).visit_required
    if required is None and not seen:
        raise Refused("评审细则没有设定“须有现场评审”，这份申报又没有现场评审：先由组织本批次的单位设定",
                      "the detailed rules do not say whether a site visit is required, and there was none: the office"
                      " that runs the round sets that first")
    if required and not seen:
        raise Refused("本批次的评审细则要求现场评审，这份申报还没有",
                      "the round's rules require a site visit, and there was none")
    given = {**formed(locked.meeting.round), "得票比例": locked.tally["percent"],
             "投票环节有现场考察": yes(locked.visited)}
    return moved(locked.application.case, "T15", user, given, decisions=reasons)


@transaction.atomic
def leave_off(hearing: Hearing, user: User) -> CaseRecord:
    """T16, from the count. An application that carried its vote is not left off. Raises NotMade."""
    locked = _counted(hearing)
    share = {"得票比例": locked.tally["percent"]} if locked.tally.get("percent") else {}
    return moved(locked.application.case, "T16", user, {**formed(locked.meeting.round), **share})


@transaction.atomic
def end_meeting(meeting: Meeting, minutes: str) -> None:
    """The meeting is over; what was said besides goes into the minutes."""
    locked = _running(meeting)
    if locked.hearings.filter(state="voting").exists():
        raise Refused("还有投票没有结束", "a vote is going on")
    locked.minutes, locked.over = minutes.strip(), now()
    locked.save(update_fields=["minutes", "over"])


def _running(meeting: Meeting) -> Meeting:
    locked = hold(Meeting.objects.select_related("committee", "round"), pk=meeting.pk)
    if locked.over is not None:
        raise Refused("会议已经结束", "the meeting is over")
    return locked


def _hearing(hearing: Hearing) -> Hearing:
    return hold(Hearing.objects.select_related(
        "meeting__round__revision", "meeting__committee", "application__case", "application__organisation",
        "application__round", "application__body__body__organisation"), pk=hearing.pk)


def _under_way(hearing: Hearing) -> tuple[Box, Hearing, BallotBox]:
    """The ballot that is open, with its row locked before anything is read."""
    box_row = Box.objects.select_for_update(of=("self",)).filter(hearing=hearing).first()
    locked = _hearing(hearing)
    box = box_of(locked)
    if box_row is None or box is None or locked.state != "voting":
        raise Refused("没有正在进行的投票", "no vote is going on")
    return box_row, locked, box


def _counted(hearing: Hearing) -> Hearing:
    locked = _hearing(hearing)
    if locked.state != "closed":
        raise Refused("先计票", "count the votes first")
    return locked


def _sealed(box: BallotBox) -> str:
    return seal(json.dumps(to_data(box), ensure_ascii=False, sort_keys=True).encode(), PURPOSE)


def _or_refused(act: Callable[[], T]) -> T:
    """What the core does; what it refuses, as a refusal to the person."""
    try:
        return act()
    except GuijuError as error:
        first = error.diagnostics[0].message
        raise Refused(first.zh, first.en) from None
