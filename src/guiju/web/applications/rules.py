"""Who may do what in `applications`: the host fills in and hands in; partners help where the form is theirs."""

from __future__ import annotations

from typing import Any

from guiju.web.applications.models import Application
from guiju.web.applications.queries import may_read, own, side_of
from guiju.web.kit.permissions import PERMISSIONS, rule


@rule("须先登录", "sign in first")
def signed_in(user: Any, _: Any) -> bool:
    return bool(user.is_authenticated)


@rule("只有申报单位和参建单位的人能看", "only the applicant and its partners see it")
def belongs(user: Any, application: Application) -> bool:
    return own(user).filter(pk=application.pk).exists()


@rule("由申报单位或参建单位的经办人、管理员填写", "an agent or manager of the applicant or of a partner writes it")
def writes(user: Any, application: Application) -> bool:
    return side_of(user, application) in ("host", "partner")


@rule("由申报单位（主要承建方）的经办人、管理员办理", "an agent or manager of the applicant does this")
def hosts(user: Any, application: Application) -> bool:
    return side_of(user, application) == "host"


@rule("只有申报、参建单位和经办的主管部门能看", "only the applicant, its partners and the authorities in charge see it")
def reads(user: Any, application: Application) -> bool:
    return may_read(user, application)


PERMISSIONS.update({
    "application.list": signed_in,
    "application.begin": signed_in,
    "application.view": belongs,
    "application.read": belongs | reads,
    "application.write": writes,
    "application.comment": writes,
    "application.import": hosts,
    "application.restore": hosts,
    "application.hand_in": hosts,
})
