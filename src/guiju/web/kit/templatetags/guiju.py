"""Tags of every template: both languages, dates, permissions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template

from guiju.cli.voice import Voice
from guiju.lifecycle.events import CHINA
from guiju.source.diagnostics import Text
from guiju.web.kit.numbers import short_percent
from guiju.web.kit.permissions import verdict
from guiju.web.kit.text import current, say

register = template.Library()


@register.simple_tag
def t(zh: str, en: str) -> str:
    """One sentence in both languages: `{% t "我的事项" "My cases" %}`."""
    return zh if current() == "zh" else en


@register.filter
def said(text: Text | None) -> str:
    return "" if text is None else say(text)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """2026-11-21, in China."""
    if isinstance(value, dt.datetime):
        value = value.astimezone(CHINA).date()
    return value.isoformat() if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """2026-11-21 09:30, in China."""
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if value else ""


@register.filter
def cited(key: str) -> str:
    """A clause as it is cited: 第七条."""
    return Voice(current()).clause(key)


@register.filter
def place(code: str) -> str:
    """A region by its names: 北京市海淀区."""
    from guiju.language.library import installed_library

    regions = installed_library().vocabulary.regions
    above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return "".join(regions.get(c, "") for c in above) or code


@register.filter
def percentage(value: str | None) -> str:
    """66.666667% as people read it."""
    return short_percent(value or "")


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str, thing: Any = None) -> bool:
    """Whether the reader may do this: `{% may "organisation.edit" organisation as editable %}`."""
    return verdict(context["request"].user, permission, thing).allowed
