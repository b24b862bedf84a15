"""Putting messages out, and sending the mail among them."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from guiju.source.diagnostics import CONTROL, Language, Text
from guiju.web.kit.clock import now
from guiju.web.kit.holding import hold
from guiju.web.outbox.models import Message

log = logging.getLogger(__name__)
WAITS = (1, 5, 15, 60, 240)  # minutes before the next try
_BATCH, _LONGEST = 200, 300


@dataclass(frozen=True, slots=True)
class Letter:
    """What to tell whom. `user` or `address`; a user's own mail address is used where none is given. `mail`: whether
    it goes out as mail, beside showing on the site."""

    key: str
    kind: str
    subject: Text
    body: Text
    user: Any = None
    address: str = ""
    link: str = ""
    mail: bool = True


def put_out(letters: Iterable[Letter]) -> None:
    """Write messages, in the caller's transaction. One whose key is there already is not written again."""
    at = now()
    made = [Message(key=x.key, kind=x.kind, user=x.user, address=_address(x), subject_zh=_short(x.subject.zh),
                    subject_en=_short(x.subject.en), body_zh=x.body.zh, body_en=x.body.en, link=x.link, created=at,
                    next_try=at) for x in letters]
    for message in made:
        if not message.address:
            message.next_try = None
    Message.objects.bulk_create(made, ignore_conflicts=True)


def _short(subject: str) -> str:
    """A subject that has a place: names of things stand in it, and some are long."""
    return subject if len(subject) <= _LONGEST else f"{subject[:_LONGEST - 1]}…"


def _address(letter: Letter) -> str:
    return letter.address or (letter.user.email if letter.user and letter.mail else "")


def mark_read(user: Any) -> None:
    Message.objects.filter(user=user, read__isnull=True).update(read=now())


def send_due() -> int:
    """Send the mail that is due; how many went out. A failure is noted, and tried again later."""
    found = Message.objects.filter(sent__isnull=True, next_try__lte=now()).order_by("next_try")
    return sum(_send(pk) for pk in found.values_list("pk", flat=True)[:_BATCH])


def _send(pk: int) -> bool:
    """Send one message, claimed first, so that no other worker sends it as well."""
    with transaction.atomic():
        message = hold(Message.objects.select_related("user"), pk=pk)
        if message.sent or message.next_try is None or message.next_try > now():
            return False
        message.attempts += 1
        message.next_try = now() + dt.timedelta(minutes=WAITS[min(message.attempts, len(WAITS)) - 1])
        message.save(update_fields=["attempts", "next_try"])
    try:
        _mail(message).send()
    except Exception as error:
        log.warning("message %s not sent: %s", message.key, error)
        Message.objects.filter(pk=pk).update(error=str(error)[:300])
        return False
    Message.objects.filter(pk=pk).update(sent=now(), error="", next_try=None)
    return True


def _mail(message: Message) -> EmailMessage:
    language: Language = "en" if message.user is not None and message.user.language == "en" else "zh"
    subject = " ".join(message.subject.in_language(language).split())
    body = message.body.in_language(language)
    link = f"\n\n{settings.ORIGIN}{message.link}\n" if message.link else "\n"
    name = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    return EmailMessage(CONTROL.sub("", subject), CONTROL.sub("", body) + link, to=[message.address],
                        headers={"Message-ID": f"<{name}@guiju>"})
