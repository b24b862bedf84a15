"""Who may do what in `reviewing`. What a person may see at all is said by the look-ups in `queries.parts`."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from guiju.web.kit.permissions import PERMISSIONS, Rule, rule
from guiju.web.reviewing.models import Assigned, Hearing, Meeting, Placement
from guiju.web.reviewing.queries.away import has_to_keep_away
from guiju.web.reviewing.queries.parts import approves, chairs, committee_of, published, runs
from guiju.web.rounds.models import Round


@rule("须先登录", "sign in first")
def signed_in(user: Any, _: Any) -> bool:
    return bool(user.is_authenticated)


@rule("由组织本批次的单位的经办人或管理员办理", "an agent or manager of the office that runs the round does this")
def is_officer(user: Any, round_: Round) -> bool:
    return runs(user, round_)


@rule("由专家委员会的主任委员办理", "the committee's chair does this")
def is_chair(user: Any, round_: Round) -> bool:
    return chairs(user, round_)


@rule("由本批次的批准主体办理", "whoever approves in this round does this")
def is_approver(user: Any, round_: Round) -> bool:
    return approves(user, round_)


@rule("只有分到这份申报的专家能看", "only the experts who review it see this")
def is_reviewer(user: Any, assigned: Assigned) -> bool:
    return bool(assigned.user_id == user.pk)


@rule("由这个专家组的组长办理", "the panel's leader does this")
def is_leader(user: Any, placement: Placement) -> bool:
    return bool(placement.panel.leader_id == user.pk)


@rule("由会议所属委员会的委员出席", "members of the committee take part")
def is_called(user: Any, meeting: Meeting) -> bool:
    return meeting.committee.seats.filter(user=user.pk).exists() or runs(user, meeting.round)


@rule("您对这份申报须回避：不给您看申报材料、得分和答辩记录，您也不参加表决",
      "you have to keep away from this application: you get neither its papers nor its score and notes, nor a vote")
def need_not_keep_away(user: Any, hearing: Hearing) -> bool:
    return not has_to_keep_away(user, hearing.application)


is_called_to = Rule(lambda user, hearing: is_called.holds(user, hearing.meeting), is_called.why)


@rule("由主任委员或组织本批次的单位办理", "the chair, or the office that runs the round, does this")
def conducts(user: Any, meeting: Meeting) -> bool:
    return runs(user, meeting.round) or chairs(user, meeting.round)


@rule("只有列入投票人的委员本人能投", "only a member on the list of voters votes, and he himself")
def may_vote(user: Any, hearing: Hearing) -> bool:
    return hearing.meeting.committee.seats.filter(user=user.pk).exists()


@rule("评审结果由组织单位、批准主体和专家委员会看", "results are for the office, the approvers and the committee")
def sees_results(user: Any, round_: Round) -> bool:
    committee = committee_of(round_)
    sits = committee is not None and committee.seats.filter(user=user.pk).exists()
    return sits or runs(user, round_) or approves(user, round_)


def round_with_results(user: Any, round_id: str, **_: Any) -> Round:
    """A round whose results the person may see."""
    found = published().filter(public_id=round_id).first()
    if found is None or not sees_results(user, found):
        raise Http404
    return found


PERMISSIONS.update({
    "review.desk": signed_in,
    "review.organise": is_officer,
    "review.preside": is_chair,
    "review.own": is_reviewer,
    "review.lead": is_leader,
    "review.meet": is_called,
    "review.hear": is_called_to & need_not_keep_away,
    "review.conduct": conducts,
    "review.vote": may_vote,
    "review.results": sees_results,
    "review.approve": is_approver,
})
