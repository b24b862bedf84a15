"""Fills an empty site with an invented round, and says who is who. Run again, it only says it."""

from __future__ import annotations

import os
import secrets
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guiju.web.demonstration.people import PERSONAS, is_seeded
from guiju.web.demonstration.seed.story import NOW, seed
from guiju.web.kit.clock import set_to


class Command(BaseCommand):
    help = "Seed the demonstration, and print who is who and the one password."

    def handle(self, *_: Any, **__: Any) -> None:
        if not settings.MOVABLE_CLOCK:
            raise CommandError("只有演示环境（GUIJU_CLOCK=1）才能装入示例数据 · GUIJU_CLOCK=1 marks a demonstration; this site is none")
        password = _password()
        if is_seeded():
            self.stdout.write("示例数据已经在了，没有改动 · the demonstration is there already; nothing was changed")
        else:
            began = time.monotonic()
            seed(password)
            set_to(NOW)
            self.stdout.write(f"装入示例数据用了 {time.monotonic() - began:.1f} 秒 · seeded in that many seconds")
        for persona in PERSONAS:
            self.stdout.write(f"  {persona.login:<13}{persona.who.zh} · {persona.who.en}")
        self.stdout.write(f"密码 password: {password}\n从这里开始 start here: {settings.ORIGIN}/demonstration/")


def _password() -> str:
    """One for all, made at random at the first start."""
    path = settings.DATA / "demonstration-password"
    if not path.is_file():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"guiju-{secrets.token_hex(4)}")
    return path.read_text(encoding="ascii").strip()
