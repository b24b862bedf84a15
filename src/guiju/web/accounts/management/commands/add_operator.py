"""Makes the first account, which runs the platform."""

from __future__ import annotations

import getpass
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guiju.web.accounts.domain.people import register
from guiju.web.kit.permissions import Refused


class Command(BaseCommand):
    help = "Add an operator of the platform. The password is asked for, or taken from GUIJU_NEW_PASSWORD."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login")
        parser.add_argument("name")
        parser.add_argument("--email", default="")

    def handle(self, *_: Any, **options: Any) -> None:
        password = os.environ.get("GUIJU_NEW_PASSWORD") or getpass.getpass()
        try:
            made = register(options["login"], options["name"], password, options["email"], operator=True)
        except Refused as refusal:
            raise CommandError(refusal.text.zh) from None
        self.stdout.write(f"{made.login} ({made.name})")
