"""Tags of pages on applications."""

from __future__ import annotations

import datetime as dt

from django import template

from guiju.lifecycle.events import CHINA

register = template.Library()


@register.filter
def second(value: dt.datetime | None) -> str:
    """2026-11-21 09:30:05, in China: the moment of a receipt."""
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S") if value else ""
