"""Who may do what with people and organisations."""

from __future__ import annotations

from typing import Any

from guiju.web.accounts.models import Organisation
from guiju.web.accounts.queries import ACTING, RANK, role_in
from guiju.web.kit.permissions import PERMISSIONS, rule


@rule("须先登录", "sign in first")
def signed_in(user: Any, _: Any) -> bool:
    return bool(user.is_authenticated)


@rule("由平台管理员办理", "the platform's operator does this")
def is_operator(user: Any, _: Any) -> bool:
    return bool(getattr(user, "is_operator", False))


@rule("只限本单位的人", "only for people of the organisation")
def is_member(user: Any, organisation: Organisation) -> bool:
    return role_in(user, organisation) in RANK


@rule("由本单位的经办人或管理员办理", "an agent or manager of the organisation does this")
def acts_for(user: Any, organisation: Organisation) -> bool:
    return role_in(user, organisation) in ACTING


@rule("由本单位的管理员办理", "a manager of the organisation does this")
def is_manager(user: Any, organisation: Organisation) -> bool:
    return role_in(user, organisation) == "manager"


PERMISSIONS.update({
    "account.own": signed_in,
    "organisation.list": is_operator,
    "organisation.create": signed_in,
    "organisation.view": is_member | is_operator,
    "organisation.edit": is_manager | is_operator,
    "organisation.people": is_manager | is_operator,
    "organisation.invite": is_manager | is_operator,
    "organisation.delegate": acts_for,
    "organisation.hand_over": is_manager | is_operator,
    "recommending.edit": is_operator,
})
