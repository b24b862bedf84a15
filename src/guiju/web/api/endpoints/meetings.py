"""The committee's meetings and ballots. One's own vote: see `review`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.params.functions import Query
from pydantic import AwareDatetime

from guiju.lifecycle.events import CHINA
from guiju.papers import WRITERS
from guiju.review.ballots import Box as BallotBox
from guiju.review.ballots import base_of
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.committee import TakenIn, chosen_of
from guiju.web.api.endpoints.leading import attempted
from guiju.web.api.endpoints.organising import READ, WRITE, Id, organised
from guiju.web.api.pages import listed
from guiju.web.api.security import caller
from guiju.web.files.kinds import MEDIA
from guiju.web.kit.days import FIRST_DAY, LAST_DAY
from guiju.web.kit.permissions import check, verdict
from guiju.web.reviewing.domain import voting
from guiju.web.reviewing.minutes import paper_of
from guiju.web.reviewing.models import Hearing, Meeting
from guiju.web.reviewing.queries.ballots import box_of, my_vote, present_at, turnout_of
from guiju.web.reviewing.queries.marks import result_for
from guiju.web.reviewing.queries.parts import meetings_of, my_hearing, my_meeting
from guiju.web.reviewing.queries.scene import title_of, titled
from guiju.web.rounds.models import Round

router = Router(tags=["委员会会议 committee meetings"])
Moment = Annotated[AwareDatetime, Field(ge=dt.datetime.combine(FIRST_DAY, dt.time(), CHINA),
                                        le=dt.datetime.combine(LAST_DAY, dt.time(), CHINA))]


class MeetingBrief(Schema):
    id: str
    round: str
    title: str
    begins: dt.datetime
    place: str
    over: dt.datetime | None


class SeatThere(Schema):
    seat: int
    name: str
    post: str
    present: bool


class OnAgenda(Schema):
    """`state`: waiting, voting, closed. `voted` of `voters`, who are present and may vote: how many so far; null
    before the vote is opened. `mine`: how the caller stands to it: due, voted, away, absent; empty for no voter."""

    id: str
    application: str
    title: str
    organisation: str
    state: str
    voted: int | None
    voters: int | None
    mine: str


class MeetingWhole(MeetingBrief):
    agenda: str
    minutes: str
    seats: list[SeatThere]
    hearings: list[OnAgenda]


class Count(Schema):
    """`text`: what it comes to by the round's rule; `missing`: figures that the rule does not set, so that nothing can
    be told; `decision`: carried, lost, no_quorum, empty where it can't be told. `base`: of what the share is taken;
    `not_voted`: who were present and might have voted; null if it was not noted down."""

    yes: int
    no: int
    abstain: int
    members: int
    present: int
    recused: int
    not_voted: int | None
    percent: str
    base: s.Words
    decision: str
    text: s.Words
    missing: list[str]


class CountedPaper(Schema):
    """A paper, by the commitment on its voter's receipt."""

    commitment: str
    choice: str


class HearingWhole(OnAgenda):
    """`score`: what the marks come to, or which rule is not set."""

    meeting: str
    stage: str
    score: s.Words
    notes: str
    visited: bool
    tally: Count | None
    papers: list[CountedPaper]


class Calling(s.Closed):
    title: str = Field("", max_length=120)
    begins: Moment
    place: str = Field("", max_length=120)
    agenda: str = Field("", max_length=s.MOST_WORDS)
    applications: list[Id] = Field(min_length=1, max_length=s.MOST_ROWS)


class Presence(s.Closed):
    seats: list[Annotated[int, Field(ge=0, le=s.MOST_NUMBER)]] = Field(max_length=200)


class Ending(s.Closed):
    minutes: str = Field("", max_length=s.MOST_WORDS)


class Noting(s.Closed):
    """`visited`: there was a visit at this stage."""

    notes: str = Field("", max_length=s.MOST_WORDS)
    visited: bool = False


class Counting(s.Closed):
    """`with_missing`: end the vote although some who are present and may vote have not."""

    with_missing: bool = False


class Listing(s.Closed):
    """`decisions`: written reasons, by what was asked."""

    decisions: dict[str, str] = Field({}, max_length=50)


@router.get("/organising/{round_id}/to-be-heard", response=list[TakenIn], auth=READ)
def to_hear(request: HttpRequest, round_id: str) -> Any:
    """可以列入会议议程的申报。"""
    return [TakenIn(id=a.public_id, title=title, organisation=a.organisation.name, panel=a.placement.panel.field)
            for a, title in titled(_heard(organised(request, round_id)))]


@router.post("/organising/{round_id}/meetings", response={201: MeetingBrief}, auth=WRITE)
def call(request: HttpRequest, round_id: str, asked: Calling) -> Any:
    """召集委员会会议：时间（带时区）、地点、议程、审议哪些申报；给每位委员发信。"""
    round_ = organised(request, round_id)
    made = voting.call_meeting(round_, asked.title, asked.begins.astimezone(CHINA), asked.place, asked.agenda,
                               chosen_of(list(_heard(round_)), asked.applications), caller(request))
    return Status(201, _brief(made))


@router.get("/meetings", response=list[MeetingBrief], auth=READ)
def meetings(request: HttpRequest, response: HttpResponse, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """请我出席的、我召集的会议，新的在前。"""
    return list(map(_brief, listed(request, response, meetings_of(caller(request)), page)))


@router.get("/meetings/{public_id}", response=MeetingWhole, auth=READ)
def one_meeting(request: HttpRequest, public_id: str) -> Any:
    """一次会议：议程、到会、各项投票的情况。"""
    return _meeting(request, _met(request, public_id))


@router.put("/meetings/{public_id}/presence", response=MeetingWhole, auth=WRITE)
def presence(request: HttpRequest, public_id: str, asked: Presence) -> Any:
    """登记到会的席位（编号见会议）；已投票的不能改为缺席。"""
    found = _conducted(request, _met(request, public_id))
    voting.set_present(found, asked.seats)
    return _meeting(request, found)


@router.post("/meetings/{public_id}/end", response=MeetingWhole, auth=WRITE)
def end(request: HttpRequest, public_id: str, asked: Ending) -> Any:
    """散会，写纪要的补充内容。"""
    found = _conducted(request, _met(request, public_id))
    voting.end_meeting(found, asked.minutes)
    return _meeting(request, _met(request, public_id))


@router.get("/meetings/{public_id}/minutes/{kind}", response={200: str}, auth=READ)
def minutes(request: HttpRequest, public_id: str, kind: Literal["pdf", "docx"]) -> Any:
    """散会后的纪要，按公文格式。"""
    found = _met(request, public_id)
    if found.over is None:
        raise Http404
    return HttpResponse(WRITERS[kind](paper_of(found)), content_type=MEDIA[kind])


@router.get("/hearings/{public_id}", response=HearingWhole, auth=READ)
def one_hearing(request: HttpRequest, public_id: str) -> Any:
    """会上的一份申报：得分、答辩记录、投票情况；计票后有票数和各票的承诺值，没有谁投了什么。"""
    found = _heard_at(request, public_id)
    check(caller(request), "review.hear", found)
    return _hearing_whole(request, found)


@router.put("/hearings/{public_id}/notes", response={204: None}, auth=WRITE)
def note(request: HttpRequest, public_id: str, asked: Noting) -> Any:
    """写答辩记录，以及投票环节有没有现场考察。"""
    found = _heard_at(request, public_id)
    _conducted(request, found.meeting)
    check(caller(request), "review.hear", found)
    voting.note_hearing(found, asked.notes, asked.visited)
    return Status(204, None)


@router.post("/hearings/{public_id}/ballot", response={204: None}, auth=WRITE)
def open_vote(request: HttpRequest, public_id: str) -> Any:
    """开始投票；委员、回避和规则从此不变。"""
    found = _heard_at(request, public_id)
    _conducted(request, found.meeting)
    voting.open_vote(found)
    return Status(204, None)


@router.delete("/hearings/{public_id}/ballot", response={204: None}, auth=WRITE)
def take_back(request: HttpRequest, public_id: str) -> Any:
    """收回还没有人投过票的投票，回到待审议。"""
    found = _heard_at(request, public_id)
    _conducted(request, found.meeting)
    voting.take_back_vote(found)
    return Status(204, None)


@router.post("/hearings/{public_id}/tally", response=HearingWhole, auth=WRITE)
def count(request: HttpRequest, public_id: str, asked: Counting | None = None) -> Any:
    """结束投票并计票；规则没有定全的，票数照计，说明缺哪一项。没有人投票的不能计票；到会可投票的委员有人没有投的，
    须写明 with_missing: true。"""
    found = _heard_at(request, public_id)
    _conducted(request, found.meeting)
    voting.close_vote(found, asked is not None and asked.with_missing)
    return _hearing_whole(request, _heard_at(request, public_id))


@router.post("/hearings/{public_id}/listing", response={204: None, 409: s.Problem}, auth=WRITE)
def put_on_list(request: HttpRequest, public_id: str, asked: Listing) -> Any:
    """主任委员按票数列入建设建议名单（T15）。"""
    found, user = _heard_at(request, public_id), caller(request)
    check(user, "review.preside", found.meeting.round)
    return attempted(lambda: voting.put_on_list(found, user, asked.decisions))


@router.post("/hearings/{public_id}/leaving-off", response={204: None, 409: s.Problem}, auth=WRITE)
def leave_off(request: HttpRequest, public_id: str) -> Any:
    """主任委员按票数不列入建议名单（T16）。"""
    found, user = _heard_at(request, public_id), caller(request)
    check(user, "review.preside", found.meeting.round)
    return attempted(lambda: voting.leave_off(found, user))


def _met(request: HttpRequest, public_id: str) -> Meeting:
    user = caller(request)
    found = my_meeting(user, public_id)
    check(user, "review.meet", found)
    return found


def _heard_at(request: HttpRequest, public_id: str) -> Hearing:
    user = caller(request)
    found = my_hearing(user, public_id)
    check(user, "review.meet", found.meeting)
    return found


def _conducted(request: HttpRequest, meeting: Meeting) -> Meeting:
    check(caller(request), "review.conduct", meeting)
    return meeting


def _heard(round_: Round) -> Any:
    return round_.applications.filter(case__stage=voting.HEARD_AT).exclude(
        hearings__meeting__over=None, hearings__isnull=False).select_related(
        "organisation", "case", "placement__panel").order_by("pk")


def _brief(found: Meeting) -> MeetingBrief:
    return MeetingBrief(**_about(found))


def _about(found: Meeting) -> dict[str, Any]:
    return {"id": found.public_id, "round": found.round.public_id, "title": found.title, "begins": found.begins,
            "place": found.place, "over": found.over}


def _meeting(request: HttpRequest, found: Meeting) -> MeetingWhole:
    present = set(found.present.values_list("pk", flat=True))
    hearings = list(found.hearings.select_related(
        "application", "application__organisation", "application__case", "box", "meeting", "meeting__committee"
    ).order_by("place"))
    titled(h.application for h in hearings)
    return MeetingWhole(
        **_about(found), agenda=found.agenda, minutes=found.minutes,
        hearings=[OnAgenda(**_on_agenda(request, h)) for h in hearings],
        seats=[SeatThere(seat=x.pk, name=x.user.name, post=x.post, present=x.pk in present)
               for x in found.committee.seats.select_related("user").order_by("pk")])


def _on_agenda(request: HttpRequest, hearing: Hearing) -> dict[str, Any]:
    turnout = turnout_of(hearing, present_at(hearing.meeting))
    return {"id": hearing.public_id, "application": hearing.application.public_id, "state": hearing.state,
            "title": title_of(hearing.application), "organisation": hearing.application.organisation.name,
            "voted": turnout[0] if turnout else None, "voters": turnout[1] if turnout else None,
            "mine": my_vote(hearing, caller(request))}


def _hearing_whole(request: HttpRequest, found: Hearing) -> HearingWhole:
    box: BallotBox | None = box_of(found) if found.state == "closed" else None
    heard = verdict(caller(request), "review.hear", found)
    return HearingWhole(
        **_on_agenda(request, found), meeting=found.meeting.public_id, stage=found.application.case.stage,
        score=s.said(result_for(found.application).text if heard else heard.why),
        notes=found.notes if heard else "", visited=found.visited,
        tally=_count(found.tally, box) if box is not None else None,
        papers=[CountedPaper(commitment=p.commitment, choice=p.choice) for p in (box.papers if box else ())])


def _count(kept: dict[str, Any], box: BallotBox) -> Count:
    numbers = {k: kept[k] for k in ("yes", "no", "abstain", "members", "present", "recused")}
    return Count(**numbers, not_voted=kept.get("not_voted"), percent=kept.get("percent", ""),
                 base=s.said(base_of(box.ballot.rule)), decision=kept.get("decision", ""),
                 text=s.Words(zh=kept["zh"], en=kept["en"]), missing=kept.get("missing", []))
