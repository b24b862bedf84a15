"""One's organisations, their people, delegations and invitations; one's expert profile; when one wants to be reminded.

Passwords, second factors, passkeys, sessions, single sign-on, the address by which an account is found again, closing
an account and tokens are not here, on purpose: a program must not change how its person signs in. Nor is accepting an
invitation, whose link comes by mail to a person.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.params.functions import Path, Query

from guiju.lifecycle.agenda import REMIND
from guiju.web.accounts.domain import invitations, organisations
from guiju.web.accounts.domain.people import save_expert
from guiju.web.accounts.domain.transfer import hand_over
from guiju.web.accounts.forms import (
    DelegationForm,
    ExpertForm,
    InviteForm,
    OrganisationEditForm,
    OrganisationForm,
    PostForm,
    RecommendingForm,
    RoleForm,
)
from guiju.web.accounts.models import Delegation, Expert, ExpertPost, Invitation, Membership, Organisation, User
from guiju.web.accounts.queries import (
    all_organisations,
    capacities,
    delegations,
    forget,
    members,
    my_organisation,
    open_invitations,
    people_of,
)
from guiju.web.api import schemas as s
from guiju.web.api.checked import Unfit, fit, posted
from guiju.web.api.pages import listed
from guiju.web.api.security import Scope, caller
from guiju.web.cases.domain.reminding import MOST_AHEAD
from guiju.web.desk.domain.wishes import MOST_DAYS, wish
from guiju.web.desk.queries.deadlines import wish_of
from guiju.web.kit.permissions import Denied, check, verdict

router = Router(tags=["单位与本人 organisations"])
_READ, _WRITE = Scope(), Scope("people:write")
_MOST_POSTS = 40


class OrganisationEntry(Schema):
    id: str
    code: str
    name: str
    kind: str
    region: str
    ministry: str
    above: str


class Member(Schema):
    """`until`: the last day; none while it lasts."""

    id: str
    name: str
    role: str
    since: dt.date
    until: dt.date | None


class DelegationEntry(Schema):
    number: int
    giver: str
    delegate: str
    since: dt.date
    until: dt.date
    reason: str


class InvitationEntry(Schema):
    id: str
    email: str
    role: str
    expires: dt.datetime
    by: str


class OrganisationWhole(OrganisationEntry):
    """`invitations`: only for who may invite."""

    members: list[Member]
    delegations: list[DelegationEntry]
    invitations: list[InvitationEntry]


class OrganisationGiven(s.Closed):
    """`region`: a place's name or code."""

    name: str = Field(max_length=120)
    kind: str = Field(max_length=20)
    region: str = Field("", max_length=40)
    ministry: str = Field("", max_length=60)


class OrganisationNew(OrganisationGiven):
    code: str = Field(max_length=40)


class Recommending(s.Closed):
    """One of the two: a region, or a ministry."""

    region: str = Field("", max_length=40)
    ministry: str = Field("", max_length=60)


class Inviting(s.Closed):
    email: str = Field(max_length=254)
    role: str = Field("agent", max_length=10)


class RoleGiven(s.Closed):
    role: str = Field(max_length=10)


class Delegating(s.Closed):
    """`person`: the public id of one of the organisation's people; `until`: that day included."""

    person: str = Field(max_length=20)
    since: dt.date
    until: dt.date
    reason: str = Field(max_length=200)


class Leaving(s.Closed):
    """`successor`: the public id of who takes over everything."""

    successor: str = Field(max_length=20)


class HandedOver(Schema):
    what: s.Words
    count: int


class ExpertPostEntry(s.Closed):
    """Where one worked or works: conflicts of interest are derived from it."""

    institution: str = Field(min_length=1, max_length=120)
    code: str = Field("", max_length=40)
    position: str = Field("", max_length=60)
    since: dt.date
    until: dt.date | None = None


class ExpertEntry(s.Closed):
    title: str = Field("", max_length=60)
    biography: str = Field("", max_length=4000)
    specialities: list[str] = Field(min_length=1, max_length=40)
    posts: list[ExpertPostEntry] = Field([], max_length=_MOST_POSTS)


class Reminders(s.Closed):
    """`days`: how many days ahead; none for no reminders ahead. `mail`: by mail as well."""

    days: list[int] = Field(max_length=MOST_DAYS, description=f"1–{MOST_AHEAD}")
    mail: bool


@router.get("/organisations", response=list[OrganisationEntry], auth=_READ)
def mine(request: HttpRequest, response: HttpResponse, everyone: bool = False,
         page: int = Query(1, ge=1, le=100_000)) -> Any:
    """我代表的单位；`everyone` 是平台管理员看全部。"""
    user = caller(request)
    if everyone:
        check(user, "organisation.list")
        return list(map(_entry, listed(request, response, all_organisations(), page)))
    return [_entry(c.organisation) for c in listed(request, response, capacities(user), page)]


@router.post("/organisations", response={201: OrganisationEntry, 409: s.Problem}, auth=_WRITE)
def create(request: HttpRequest, asked: OrganisationNew) -> Any:
    """登记一个单位，登记人是它的第一位管理员。"""
    user = caller(request)
    check(user, "organisation.create")
    form = fit(OrganisationForm(posted(asked.model_dump())))
    return Status(201, _entry(organisations.create_organisation(manager=user, **form.cleaned_data)))


@router.get("/organisations/{public_id}", response=OrganisationWhole, auth=_READ)
def one(request: HttpRequest, public_id: str) -> Any:
    """一个单位：人员、委托、未接受的邀请。"""
    user, own = caller(request), _own(request, public_id, "organisation.view")
    invited = open_invitations(own) if verdict(user, "organisation.invite", own) else []
    return OrganisationWhole(
        **_entry(own).model_dump(),
        members=[Member(id=m.user.public_id, name=m.user.name, role=m.role, since=m.since, until=m.until)
                 for m in members(own)],
        delegations=list(map(_delegation, delegations(own))), invitations=list(map(_invitation, invited)))


@router.put("/organisations/{public_id}", response={200: OrganisationEntry, 409: s.Problem}, auth=_WRITE)
def edit(request: HttpRequest, public_id: str, asked: OrganisationGiven) -> Any:
    """改单位的名称、类别、所在地、主管部门；信用代码不能改。"""
    own = _own(request, public_id, "organisation.edit")
    organisations.edit_organisation(own, **fit(OrganisationEditForm(posted(asked.model_dump()))).cleaned_data)
    return Status(200, _entry(own))


@router.put("/organisations/{public_id}/recommending", response={204: None, 409: s.Problem}, auth=_WRITE)
def recommend(request: HttpRequest, public_id: str, asked: Recommending) -> Any:
    """把一个单位设为推荐单位（平台管理员）。"""
    own = _own(request, public_id, "recommending.edit")
    organisations.make_recommending(own, **fit(RecommendingForm(posted(asked.model_dump()))).cleaned_data)
    return Status(204, None)


@router.post("/organisations/{public_id}/invitations", response={201: list[InvitationEntry]}, auth=_WRITE)
def invite(request: HttpRequest, public_id: str, asked: Inviting) -> Any:
    """请人加入单位：链接只发到对方邮箱，这里不给。回未接受的邀请。"""
    own = _own(request, public_id, "organisation.invite")
    data = fit(InviteForm(posted(asked.model_dump()))).cleaned_data
    invitations.invite(own, caller(request), data["email"], data["role"])
    return Status(201, list(map(_invitation, open_invitations(own))))


@router.delete("/organisations/{public_id}/invitations/{invitation}", response={204: None}, auth=_WRITE)
def withdraw(request: HttpRequest, public_id: str, invitation: str) -> Any:
    """撤回一个邀请。"""
    own = _own(request, public_id, "organisation.invite")
    found = Invitation.objects.filter(organisation=own, public_id=invitation).first()
    if found is None:
        raise Http404
    invitations.withdraw(found)
    return Status(204, None)


@router.put("/organisations/{public_id}/people/{person}", response={204: None, 409: s.Problem}, auth=_WRITE)
def change_role(request: HttpRequest, public_id: str, person: str, asked: RoleGiven) -> Any:
    """改一个人在单位的角色：manager、agent、reader。"""
    found = _member(request, public_id, person)
    role = fit(RoleForm(posted(asked.model_dump()))).cleaned_data["role"]
    organisations.change_role(found, role)
    forget(caller(request))
    return Status(204, None)


@router.delete("/organisations/{public_id}/people/{person}", response={204: None, 409: s.Problem}, auth=_WRITE)
def end(request: HttpRequest, public_id: str, person: str) -> Any:
    """一个人不再属于单位，不移交。"""
    organisations.end_membership(_member(request, public_id, person))
    forget(caller(request))
    return Status(204, None)


@router.post("/organisations/{public_id}/people/{person}/leave", response={200: list[HandedOver], 409: s.Problem},
             auth=_WRITE)
def leave(request: HttpRequest, public_id: str, person: str, asked: Leaving) -> Any:
    """一个人离开单位，全部事项移交给接手的人。"""
    own = _own(request, public_id, "organisation.hand_over")
    moved = hand_over(own, _person(own, person), _person(own, asked.successor))
    forget(caller(request))
    return Status(200, [HandedOver(what=s.said(what), count=count) for what, count in moved])


@router.post("/organisations/{public_id}/delegations", response={201: DelegationEntry, 409: s.Problem}, auth=_WRITE)
def delegate(request: HttpRequest, public_id: str, asked: Delegating) -> Any:
    """委托本单位的另一人在一段时间里代办，最长一年。"""
    own, user = _own(request, public_id, "organisation.delegate"), caller(request)
    form = fit(DelegationForm([p for p in people_of(own) if p != user], posted(asked.model_dump())))
    data = form.cleaned_data
    return Status(201, _delegation(organisations.delegate(own, user, form.chosen, data["since"], data["until"],
                                                          data["reason"])))


@router.delete("/organisations/{public_id}/delegations/{number}", response={204: None}, auth=_WRITE)
def revoke(request: HttpRequest, public_id: str, number: int = Path(..., ge=1, le=s.MOST_NUMBER)) -> Any:
    """终止一项委托：自己给的，或者由管理员终止。"""
    user, own = caller(request), _own(request, public_id, "organisation.view")
    found = Delegation.objects.select_related("delegate", "giver").filter(organisation=own, pk=number).first()
    if found is None:
        raise Http404
    answer = verdict(user, "organisation.people", own)
    if found.giver != user and not answer:
        raise Denied(answer.why)
    organisations.revoke(found)
    return Status(204, None)


@router.get("/expert", response={200: ExpertEntry, 404: s.Problem}, auth=_READ)
def expert(request: HttpRequest) -> Any:
    """本人的专家信息：专业领域、任职经历。"""
    own = Expert.objects.filter(user=caller(request)).prefetch_related("specialities", "posts").first()
    if own is None:
        raise Http404
    return Status(200, _expert(own))


@router.put("/expert", response=ExpertEntry, auth=_WRITE)
def put_expert(request: HttpRequest, asked: ExpertEntry) -> Any:
    """写本人的专家信息，整个换掉；回避关系由任职经历推出。"""
    user = caller(request)
    check(user, "account.own")
    form = fit(ExpertForm(posted({"title": asked.title, "biography": asked.biography,
                                  "specialities": "\n".join(asked.specialities)})))
    data = form.cleaned_data
    save_expert(user, data["title"], data["biography"], data["specialities"],
                [_post(n, post) for n, post in enumerate(asked.posts)])
    return _expert(Expert.objects.prefetch_related("specialities", "posts").get(user=user))


@router.get("/reminders", response=Reminders, auth=_READ)
def reminders(request: HttpRequest) -> Any:
    """何时提醒我、是否也发邮件。"""
    kept = wish_of(caller(request))
    return Reminders(days=list(kept.days if kept else REMIND), mail=kept.mail if kept else True)


@router.put("/reminders", response={200: Reminders, 409: s.Problem}, auth=_WRITE)
def put_reminders(request: HttpRequest, asked: Reminders) -> Any:
    """改提醒的时间。"""
    user = caller(request)
    check(user, "desk.own")
    kept = wish(user, asked.days, asked.mail)
    return Status(200, Reminders(days=kept.days, mail=kept.mail))


def _own(request: HttpRequest, public_id: str, permission: str) -> Organisation:
    user = caller(request)
    found = my_organisation(user, public_id)
    check(user, permission, found)
    return found


def _member(request: HttpRequest, public_id: str, person: str) -> Membership:
    own = _own(request, public_id, "organisation.people")
    found = Membership.objects.select_related("user", "organisation").filter(
        organisation=own, user__public_id=person, until__isnull=True).first()
    if found is None:
        raise Http404
    return found


def _person(own: Organisation, public_id: str) -> User:
    found = people_of(own).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _post(number: int, given: ExpertPostEntry) -> ExpertPost:
    try:
        return ExpertPost(**fit(PostForm(posted(given.model_dump()))).cleaned_data)
    except Unfit as unfit:
        raise Unfit([f.model_copy(update={"at": f"posts.{number}.{f.at}"}) for f in unfit.faults]) from None


def _entry(own: Organisation) -> OrganisationEntry:
    return OrganisationEntry(id=own.public_id, code=own.code, name=own.name, kind=own.kind, region=own.region,
                             ministry=own.ministry, above=own.above.name if own.above else "")


def _delegation(found: Delegation) -> DelegationEntry:
    return DelegationEntry(number=found.pk, giver=found.giver.name, delegate=found.delegate.name, since=found.since,
                           until=found.until, reason=found.reason)


def _invitation(found: Invitation) -> InvitationEntry:
    return InvitationEntry(id=found.public_id, email=found.email, role=found.role, expires=found.expires,
                           by=found.invited_by.name)


def _expert(own: Expert) -> ExpertEntry:
    return ExpertEntry(title=own.title, biography=own.biography, specialities=[x.field for x in own.specialities.all()],
                       posts=[ExpertPostEntry(institution=p.institution, code=p.code, position=p.position,
                                              since=p.since, until=p.until) for p in own.posts.all()])
