"""A forgotten password: a link by mail, good once and for an hour. And links that show that mail arrives."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable

from django.core import signing as tokens
from django.db import transaction
from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.accounts.domain.people import set_password
from guiju.web.accounts.domain.signing import Place, not_locked, note_attempt
from guiju.web.accounts.models import PasswordReset, Session, User
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.domain import Letter, put_out

LASTS = dt.timedelta(hours=1)
CONFIRM_DAYS = 3
_SALT = "guiju.accounts.address"

# An app whose secrets let in without a password enters here how a person's are all ended.
SECRETS: list[Callable[[User], object]] = []


def ask(email: str, place: Place) -> None:
    """Note that someone asks, whether or not there is such an address. Raises Refused when it is asked too often: the
    same for every address. Whoever it reaches is found in the background: `send`."""
    name = f"@{hashlib.sha256(email.strip().lower().encode()).hexdigest()[:40]}"
    not_locked(name, place)
    note_attempt(name, place, succeeded=False)


@transaction.atomic
def send(email: str) -> int:
    """A letter for each account with this address; how many."""
    people = list(User.objects.filter(email__iexact=email.strip(), is_active=True)) if email.strip() else []
    for user in people:
        token, at = secrets.token_urlsafe(32), now()
        made = PasswordReset.objects.create(user=user, digest=_digest(token), created=at, expires=at + LASTS)
        put_out([Letter(
            f"reset/{made.pk}", "mail", Text("重设密码", "Set a new password"),
            Text(f"有人为账号“{user.login}”申请重设密码。如果是您，请在一小时内打开下面的链接；"
                 "链接只能用一次。如果不是您，不必理会，密码没有变。",
                 f"Someone asked to set a new password for '{user.login}'. If it was you, open the link within an "
                 "hour; it can be used once. If not, ignore this: nothing has changed."),
            user=user, link=reverse("accounts:reset", args=[token]))])
    return len(people)


def find(token: str) -> PasswordReset | None:
    """The reset that a link means, if it can still be used."""
    found = PasswordReset.objects.select_related("user").filter(digest=_digest(token), used__isnull=True).first()
    return found if found is not None and found.expires > now() and found.user.is_active else None


@transaction.atomic
def reset(token: str, password: str) -> User:
    """Set the new password. Whoever else got in gets out: every session ends, every other link is void, and so is every
    secret that lets in without the password. Raises Refused."""
    PasswordReset.objects.select_for_update().filter(digest=_digest(token)).first()
    found = find(token)
    if found is None:
        raise _over()
    user = found.user
    set_password(user, password)
    user.confirmed = user.confirmed or now()
    user.save(update_fields=["password", "confirmed"])
    PasswordReset.objects.filter(user=user, used__isnull=True).update(used=now())
    Session.objects.filter(user=user).delete()
    for end in SECRETS:
        end(user)
    put_out([Letter(f"reset-done/{found.pk}", "notice", Text("密码已重设", "Your password was changed"),
                    Text("您的密码刚刚通过邮件链接重设。各处的登录都已退出，接口令牌和日历订阅地址都已停用，还要用的请重新生成。"
                         "如果不是您本人，请立即联系平台管理员。",
                         "Your password was just set by a link in a mail. Every session has ended; API tokens and the "
                         "calendar's address hold no more: make new ones where you need them. If that was not you, "
                         "tell the operator."),
                    user=user)])
    return user


def ask_to_confirm(user: User) -> None:
    """Send a link that shows that mail to the address arrives."""
    if not user.email:
        raise Refused("请先填写邮箱", "state an address first")
    token = tokens.dumps([user.pk, user.email], salt=_SALT)
    put_out([Letter(f"confirm/{user.pk}/{now():%Y%m%d%H%M}", "mail", Text("确认邮箱", "Confirm your address"),
                    Text("请打开下面的链接，确认这个邮箱是您的。",
                         "Open the link to confirm that this address is yours."),
                    user=user, link=reverse("accounts:confirm", args=[token]))])


@transaction.atomic
def confirm(token: str) -> User:
    """The link arrived. Raises Refused where it is old, or the address is another one by now."""
    try:
        key, email = tokens.loads(token, salt=_SALT, max_age=dt.timedelta(days=CONFIRM_DAYS))
    except (tokens.BadSignature, ValueError, TypeError):
        raise _over() from None
    user = User.objects.select_for_update().filter(pk=key, email=email, is_active=True).first()
    if user is None:
        raise _over()
    user.confirmed = user.confirmed or now()
    user.save(update_fields=["confirmed"])
    return user


def _over() -> Refused:
    return Refused("这个链接用过或过期了；请重新申请", "this link was used, or is over: ask for another")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
