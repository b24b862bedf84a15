"""Acts on an organisation and on who belongs to it."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from guiju.facts.codes import Regions
from guiju.facts.organisations import plain_code
from guiju.facts.reading import Refusal as Unreadable
from guiju.web.accounts.models import Delegation, Membership, Organisation, RecommendingBody, User
from guiju.web.accounts.queries import ACTING, forget, standing
from guiju.web.accounts.uscc import fault
from guiju.web.kit.clock import now, today
from guiju.web.kit.permissions import Refused

LONGEST_DELEGATION = dt.timedelta(days=366)
ONE_DAY = dt.timedelta(days=1)


def checked_code(code: str) -> str:
    """The credit code in its normal form. Raises Refused."""
    code = plain_code(code)
    wrong = fault(code)
    if wrong is not None:
        raise Refused(wrong.zh, wrong.en)
    return code


def region_code(words: str) -> str:
    """The six digits of a region given by name or code; "" for none. Raises Refused."""
    from guiju.language.library import installed_library

    if not words.strip():
        return ""
    try:
        value = Regions(installed_library().vocabulary.regions).read(words.strip()).value
        return str(value[0]) if isinstance(value, tuple) else ""
    except Unreadable as refusal:
        raise Refused(refusal.message.zh, refusal.message.en) from None


@transaction.atomic
def create_organisation(code: str, name: str, kind: str, manager: User | None = None, region: str = "",
                        ministry: str = "", above: Organisation | None = None) -> Organisation:
    """A new organisation and its first manager. Raises Refused for a wrong code and one that is there already."""
    made = Organisation(code=checked_code(code), name=name.strip(), kind=kind, region=region_code(region),
                        ministry=ministry.strip(), above=above, created=now())
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused("这个单位已经登记，请由它的管理员邀请您加入",
                      "this organisation is registered: let its manager invite you") from None
    if manager is not None:
        add_member(made, manager, "manager")
    return made


@transaction.atomic
def edit_organisation(organisation: Organisation, name: str, kind: str, region: str, ministry: str) -> None:
    """The credit code stays: another code is another organisation."""
    organisation.name, organisation.kind, organisation.ministry = name.strip(), kind, ministry.strip()
    organisation.region = region_code(region)
    organisation.save(update_fields=["name", "kind", "region", "ministry"])


@transaction.atomic
def add_member(organisation: Organisation, user: User, role: str) -> Membership:
    """Raises Refused for someone who belongs to it already."""
    forget(user)
    _locked(organisation)
    if Membership.objects.filter(organisation=organisation, user=user, until__isnull=True).exists():
        raise Refused(f"{user.name}已经是本单位的人", f"{user.name} belongs to it already")
    return Membership.objects.create(organisation=organisation, user=user, role=role, since=today())


@transaction.atomic
def change_role(membership: Membership, role: str) -> None:
    """The old part ends, a new one begins: who was what on which day stays on record. Raises Refused."""
    _locked(membership.organisation)
    if membership.role == "manager" and role != "manager":
        _not_the_last(membership)
    user, organisation = membership.user, membership.organisation
    _end(membership)
    Membership.objects.create(organisation=organisation, user=user, role=role, since=today())
    forget(user)


@transaction.atomic
def end_membership(membership: Membership) -> None:
    """From today on the person has no part in it. Raises Refused for the last manager."""
    _locked(membership.organisation)
    if membership.role == "manager":
        _not_the_last(membership)
    _end(membership)
    Delegation.objects.filter(giver=membership.user, organisation=membership.organisation, revoked__isnull=True
                              ).update(revoked=now())
    forget(membership.user)


def _end(membership: Membership) -> None:
    """The last day was yesterday; a part that began today never was."""
    if membership.since >= today():
        membership.delete()
    else:
        membership.until = today() - ONE_DAY
        membership.save(update_fields=["until"])


def _locked(organisation: Organisation) -> None:
    """One change of people at a time: two managers who leave at once must not leave none."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _not_the_last(membership: Membership) -> None:
    others = Membership.objects.filter(standing(today()), organisation=membership.organisation, role="manager")
    if not others.exclude(pk=membership.pk).exists():
        raise Refused("这是最后一位管理员；请先指定另一位管理员", "this is the last manager: name another one first")


@transaction.atomic
def delegate(organisation: Organisation, giver: User, to: User, since: dt.date, until: dt.date,
             reason: str) -> Delegation:
    """Let someone act for the organisation until a day. Raises Refused."""
    if giver.pk == to.pk:
        raise Refused("不能委托给自己", "not to oneself")
    if until < since or until < today():
        raise Refused("委托的末日不能早于首日和今天", "the delegation must end after it begins, and not in the past")
    if until - since > LONGEST_DELEGATION:
        raise Refused("一次委托最长一年", "a delegation lasts a year at most")
    if not to.is_active:
        raise Refused("对方的账号已停用", "that person's account is closed")
    own = Membership.objects.filter(standing(today()), user=giver, organisation=organisation, role__in=ACTING)
    if not own.exists():
        raise Refused("受托人不能再转委托", "what was delegated to you can't be delegated on")
    forget(to)
    return Delegation.objects.create(organisation=organisation, giver=giver, delegate=to, since=since, until=until,
                                     reason=reason.strip())


def revoke(delegation: Delegation) -> None:
    delegation.revoked = now()
    delegation.save(update_fields=["revoked"])
    forget(delegation.delegate)


@transaction.atomic
def make_recommending(organisation: Organisation, region: str = "", ministry: str = "") -> RecommendingBody:
    """A body that recommends for a region or for a ministry. Raises Refused."""
    code = region_code(region)
    if bool(code) == bool(ministry.strip()):
        raise Refused("推荐单位要么对应一个地区，要么对应一个部门",
                      "it recommends for a region or for a ministry: give one")
    made, _ = RecommendingBody.objects.update_or_create(
        organisation=organisation, defaults={"region": code, "ministry": ministry.strip()})
    return made
