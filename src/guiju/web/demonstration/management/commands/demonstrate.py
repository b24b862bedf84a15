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
            raise CommandError("只有演示环境（GUIJU_CLOCK=1）才能装入示例数据 · "
                               "GUIJU_CLOCK=1 marks a demonstration; this site is none")
        if is_seeded():
            self.stdout.write("示例数据已经在了，没有改动 · the demonstration is there already; nothing was changed")
        else:
            began = time.monotonic()
            seed(_password())
            seconds = f"{time.monotonic() - began:.1f}"
            self.stdout.write(f"装入示例数据用了 {seconds} 秒 · seeded in {seconds} seconds")
        if not (settings.DATA / "clock-shift").exists():
            set_to(NOW)
        for persona in PERSONAS:
            self.stdout.write(f"  {persona.login or '—':<13}{persona.who.zh} · {persona.who.en}")
        self.stdout.write("  operator     平台管理员，可以拨快时钟 · runs the platform, may move the clock on")
        self.stdout.write(f"密码 password: {_password(make=False)}\n"
                          f"从这里开始 start here: {settings.ORIGIN}/demonstration/")


def _password(make: bool = True) -> str:
    """One for all, made at random at the first start. Only its hash is in the database: where the file is gone, nobody
    knows it any more."""
    path = settings.DATA / "demonstration-password"
    if not path.is_file() and not make:
        return "（口令文件不在了；删掉数据目录可重新开始 · its file is gone: delete the data directory to begin anew）"
    if not path.is_file():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"guiju-{secrets.token_hex(4)}")
    return path.read_text(encoding="ascii").strip()
