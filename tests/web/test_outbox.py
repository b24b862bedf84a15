"""Mail goes out once, and later if it can't go out now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from people import RESULT, World, moved

from guiju.lifecycle.events import Evidence
from guiju.source.diagnostics import Text
from guiju.web.cases.tasks import daily_round
from guiju.web.kit.clock import today
from guiju.web.kit.ticks import enqueue_once
from guiju.web.outbox.domain import Letter, put_out, send_due
from guiju.web.outbox.models import Message
from guiju.web.outbox.queries import unread
from guiju.web.outbox.tasks import send_mail

pytestmark = pytest.mark.django_db


def letter(key: str = "k", **more: Any) -> Letter:
    return Letter(key, "notice", Text("标题", "subject"), Text("正文", "body"), link="/cases/", **more)


def test_a_letter_is_written_and_sent_once(world: World) -> None:
    Message.objects.all().delete()
    for _ in range(2):
        put_out([letter(user=world.manager)])
    assert (send_due(), send_due()) == (1, 0)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["zhang@example.org"], "标题")
    assert sent.body == "正文\n\nhttp://127.0.0.1:8000/cases/\n"
    assert unread(world.manager) == 1


def test_mail_is_in_the_readers_language(world: World) -> None:
    Message.objects.all().delete()
    world.manager.language = "en"
    world.manager.save()
    put_out([letter(user=world.manager)])
    send_due()

    assert mail.outbox[0].subject == "subject"


def test_nothing_is_lost_while_the_mail_server_is_down(
        world: World, settings: object, monkeypatch: pytest.MonkeyPatch, on: Callable[[str], None]) -> None:
    Message.objects.all().delete()
    put_out([letter(user=world.manager)])

    def down(*_: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", down)
        assert send_due() == 0
    message = Message.objects.get()
    assert (message.attempts, message.error, message.sent) == (1, "nobody listens", None)
    assert send_due() == 0  # not at once again
    on((today() + dt.timedelta(days=1)).isoformat())
    assert send_due() == 1


def test_a_subject_can_not_carry_headers(world: World) -> None:
    Message.objects.all().delete()
    put_out([Letter("k", "mail", Text("标题\r\nBcc: x@example.org", ""), Text("正文", ""), address="a@example.org")])

    assert send_due() == 1
    assert mail.outbox[0].subject == "标题 Bcc: x@example.org"


def test_people_are_reminded_once_a_day_that_counts(world: World, on: Callable[[str], None]) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)
    moved(world.case, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    end = world.case.agenda.get().end
    on((end - dt.timedelta(days=1)).isoformat())
    for _ in range(2):
        daily_round.call()

    keys = Message.objects.filter(kind="reminder").values_list("key", flat=True)
    assert len(keys) == len(set(keys))


def test_a_task_waits_in_the_queue_once(world: World) -> None:
    assert (enqueue_once(send_mail), enqueue_once(send_mail)) == (True, False)
