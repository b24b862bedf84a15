"""Invitations by mail: to join an organisation, or for another organisation to join in a case."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable

from django.db import transaction
from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.accounts.domain.organisations import add_member, checked_code, create_organisation
from guiju.web.accounts.models import Invitation, Organisation, User
from guiju.web.accounts.queries import role_in
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.domain import Letter, put_out

LASTS = dt.timedelta(days=7)
# The app that invites partners enters here what an acceptance does there.
Joined = Callable[[Invitation, Organisation], None]
JOINS: list[Joined] = []


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(organisation: Organisation, by: User, email: str, role: str = "agent", subject: str = "") -> str:
    """Send a link; its token, which is kept nowhere. `subject`: the case in which a partner is to join."""
    token, at = secrets.token_urlsafe(32), now()
    made = Invitation.objects.create(
        purpose="partner" if subject else "member", organisation=organisation, role=role, subject=subject,
        email=email.strip(), digest=digest_of(token), invited_by=by, created=at, expires=at + LASTS)
    what = Text(f"{organisation.name}邀请贵单位参加联合申报" if subject else f"{organisation.name}邀请您加入",
                f"{organisation.name} invites your organisation as a partner" if subject
                else f"{organisation.name} invites you")
    day = f"{made.expires:%Y-%m-%d}"
    body = Text(f"{by.name}邀请您。请在 {day} 之前打开下面的链接，登录或注册后接受。链接只能用一次；"
                "如果您不认识邀请人，不必理会。",
                f"{by.name} invites you. Open the link before {day}, sign in or register, and accept. "
                "It can be used once; ignore it if you don't know the sender.")
    put_out([Letter(f"invitation/{made.public_id}", "mail", what, body, address=made.email,
                    link=reverse("accounts:invitation", args=[token]))])
    return token


def find(token: str) -> Invitation | None:
    """The invitation that a link means, if it can still be used."""
    found = Invitation.objects.select_related("organisation", "invited_by").filter(digest=digest_of(token)).first()
    if found is None or found.accepted or found.withdrawn or found.expires <= now():
        return None
    return found


def withdraw(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk, accepted__isnull=True).update(withdrawn=now())


@transaction.atomic
def accept(token: str, user: User, code: str = "", name: str = "", kind: str = "other") -> Organisation:
    """Take the invitation. A partner says which organisation joins: one's own, or a new one. Raises Refused."""
    Invitation.objects.select_for_update().filter(digest=digest_of(token)).first()
    invitation = find(token)
    if invitation is None:
        raise Refused("这个邀请已经用过、撤回或过期；请对方重新邀请",
                      "this invitation was used, withdrawn or is over: ask for another")
    if invitation.purpose == "member":
        add_member(invitation.organisation, user, invitation.role)
        joined = invitation.organisation
    else:
        joined = _partner(invitation, user, code, name, kind)
        for act in JOINS:
            act(invitation, joined)
    invitation.accepted, invitation.accepted_by = now(), user
    invitation.save(update_fields=["accepted", "accepted_by"])
    put_out([Letter(f"joined/{invitation.public_id}", "notice",
                    Text(f"{joined.name}（{user.name}）接受了邀请", f"{user.name} of {joined.name} accepted"),
                    Text("可以继续办理", "you can go on"), user=invitation.invited_by)])
    return joined


def _partner(invitation: Invitation, user: User, code: str, name: str, kind: str) -> Organisation:
    """The partner: known by its code, for which the person must be a manager; or new, with him as its first."""
    code = checked_code(code)
    if code == invitation.organisation.code:
        raise Refused("参建单位不能就是邀请方", "the partner can't be the inviting organisation itself")
    known = Organisation.objects.filter(code=code).first()
    if known is None:
        return create_organisation(code, name, kind, user)
    if role_in(user, known) != "manager":
        raise Refused("这个单位已经登记；请由它的管理员接受邀请",
                      "this organisation is registered: its manager must accept")
    return known
