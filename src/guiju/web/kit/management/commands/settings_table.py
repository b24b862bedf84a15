"""Prints the table of settings, as it stands in README.md."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from guiju.web.environment import table


class Command(BaseCommand):
    help = "The variables of the environment that the site reads."

    def handle(self, *_: Any, **__: Any) -> None:
        self.stdout.write(table())
