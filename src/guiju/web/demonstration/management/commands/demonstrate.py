"""Fills an empty site with what there is to look at, and says who is who. Run again, it only says it."""

from __future__ import annotations

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guiju.web.accounts.domain.people import register
from guiju.web.accounts.models import User


class Command(BaseCommand):
    help = "Seed the demonstration, and print who is who and the one password."

    def handle(self, *_: Any, **__: Any) -> None:
        if not settings.MOVABLE_CLOCK:
            raise CommandError("GUIJU_CLOCK=1 marks a demonstration; this site is none")
        password = _password()
        if not User.objects.filter(login="operator").exists():
            register("operator", "平台管理员", password, "operator@example.org", operator=True)
        self.stdout.write(f"operator  平台管理员 (operator)\n密码 password: {password}")


def _password() -> str:
    """One for all, made at random at the first start."""
    path = settings.DATA / "demonstration-password"
    if not path.is_file():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"guiju-{secrets.token_hex(4)}")
    return path.read_text(encoding="ascii").strip()
