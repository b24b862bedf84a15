"""Mail by a real connection: while the server is down nothing is lost, and it goes out later, once."""

from __future__ import annotations

import datetime as dt
import socketserver
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from people import World
from test_server import free_port

from guiju.source.diagnostics import Text
from guiju.web.kit.clock import today
from guiju.web.mailing import mail_settings
from guiju.web.outbox.domain import Letter, put_out, send_due
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db


class Post(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs. `busy`: no letter is taken for now."""

    received: list[bytes]
    busy = False

    def handle(self) -> None:
        self.wfile.write(b"220 post\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                content = b"".join(iter(self.rfile.readline, b".\r\n"))
                type(self).received.append(content)
                self.wfile.write(b"250 taken\r\n")
            elif word == b"RCPT" and self.busy:
                self.wfile.write(b"450 busy, try later\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 post\r\n")


def test_what_could_not_be_sent_goes_out_when_the_server_is_back(
        world: World, monkeypatch: pytest.MonkeyPatch, on: Callable[[str], None]) -> None:
    Message.objects.all().delete()
    port = free_port()
    for name, value in mail_settings(f"smtp://127.0.0.1:{port}", Path("/x")).items():
        monkeypatch.setattr(settings, name, value, raising=False)
    put_out([Letter("k", "notice", Text("标题", "subject"), Text("正文", "body"), user=world.manager)])
    assert send_due() == 0  # nobody listens
    assert "refused" in Message.objects.get().error

    Post.received = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", port), Post) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        monkeypatch.setattr(Post, "busy", True)
        on((today() + dt.timedelta(days=1)).isoformat())
        assert send_due() == 0  # it is there, and has no time
        monkeypatch.setattr(Post, "busy", False)
        on((today() + dt.timedelta(days=1)).isoformat())
        assert [send_due(), send_due()] == [1, 0]
        server.shutdown()
        thread.join()
    assert len(Post.received) == 1
    assert Message.objects.get().sent is not None
