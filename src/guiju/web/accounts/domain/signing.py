"""Sign-in: who it is, whether he is locked out, and the session that begins."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.contrib.auth import login as django_login
from django.http import HttpRequest

from guiju.web.accounts.models import PasswordReset, Session, SignInAttempt, User
from guiju.web.accounts.sessions import MARK
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused

WINDOW = dt.timedelta(minutes=15)
MOST_HERE, MOST_ANYWHERE, MOST_OF_ADDRESS = 5, 20, 60
PENDING = "_half_signed_in"
_PENDING_LASTS = 300  # seconds between password and second factor
_KEEP = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Place:
    """From where someone signs in."""

    address: str
    agent: str


def place_of(request: HttpRequest) -> Place:
    """The address that the server saw; behind a trusted proxy, the last one that the proxy wrote."""
    from django.conf import settings

    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rsplit(",", 1)[-1].strip()
    return Place(address[:45], request.META.get("HTTP_USER_AGENT", "")[:300])


def locked_for(login: str, place: Place) -> int:
    """For how many more minutes a sign-in is refused; 0 if it is not."""
    since = now() - WINDOW
    failed = SignInAttempt.objects.filter(at__gt=since, succeeded=False)
    here = failed.filter(login=login, address=place.address)
    for found, most in ((here, MOST_HERE), (failed.filter(login=login), MOST_ANYWHERE),
                        (failed.filter(address=place.address), MOST_OF_ADDRESS)):
        times = list(found.order_by("-at").values_list("at", flat=True)[:most])
        if len(times) == most:
            left = times[-1] + WINDOW - now()
            return max(1, -(-int(left.total_seconds()) // 60))
    return 0


def not_locked(login: str, place: Place) -> None:
    minutes = locked_for(login, place)
    if minutes:
        raise Refused(f"连续输错多次，为保护账号，请 {minutes} 分钟后再试",
                      f"too many failures: to protect the account, try again in {minutes} minutes")


def by_password(request: HttpRequest, login: str, password: str) -> User:
    """The person, by login and password. Raises Refused: the same words whether or not there is such a login."""
    login, place = login.strip().lower()[:60], place_of(request)
    not_locked(login, place)
    user = authenticate(request, login=login, password=password)
    note_attempt(login, place, succeeded=user is not None)
    if not isinstance(user, User):
        raise Refused("登录名或密码不对", "the name or the password is not right")
    return user


def note_attempt(login: str, place: Place, succeeded: bool) -> None:
    """Count it. A success forgets the failures from the same place."""
    SignInAttempt.objects.create(login=login, address=place.address, at=now(), succeeded=succeeded)
    if succeeded:
        SignInAttempt.objects.filter(login=login, address=place.address, succeeded=False).delete()


def factor_attempt(user: User, place: Place) -> None:
    """Second factors are counted, too: six digits are soon guessed. Raises Refused."""
    not_locked(_factor_login(user), place)


def note_factor(user: User, place: Place, succeeded: bool) -> None:
    note_attempt(_factor_login(user), place, succeeded)


def _factor_login(user: User) -> str:
    return f"#{user.public_id}"


def wait_for_factor(request: HttpRequest, user: User) -> None:
    """Half signed in: the password was right. Nothing but the second step knows of it."""
    request.session.cycle_key()
    request.session[PENDING] = {"user": user.pk, "at": now().timestamp()}


def half_signed_in(request: HttpRequest) -> User | None:
    pending = request.session.get(PENDING)
    if not pending or now().timestamp() - pending["at"] > _PENDING_LASTS:
        return None
    return User.objects.filter(pk=pending["user"], is_active=True).first()


def sign_in(request: HttpRequest, user: User) -> None:
    """A new session, under a new key; what it was before the sign-in is forgotten."""
    request.session.flush()
    django_login(request, user, backend="guiju.web.accounts.backend.Passwords")
    place, at = place_of(request), now().isoformat()
    request.session[MARK] = {"agent": place.agent, "address": place.address, "began": at, "seen": at}


def session_digest(key: str) -> str:
    """What a page shows in place of a session's key."""
    return hashlib.sha256(f"session {key}".encode()).hexdigest()[:16]


def purge() -> None:
    """Forget what is over: attempts after a month, sessions and links that ran out."""
    SignInAttempt.objects.filter(at__lt=now() - _KEEP).delete()
    Session.objects.filter(expire_date__lt=now()).delete()
    PasswordReset.objects.filter(expires__lt=now() - _KEEP).delete()
