"""Tags of every template: both languages, dates, permissions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guiju.cli.voice import Voice
from guiju.lifecycle.events import CHINA
from guiju.source.diagnostics import Text
from guiju.web.kit.clauses import SET_FOR_ROUND, THE_ROUND, Mark, holds_in, marks
from guiju.web.kit.numbers import short_percent
from guiju.web.kit.permissions import verdict
from guiju.web.kit.subjects import chart_id_of, region_of
from guiju.web.kit.text import current, say

register = template.Library()

# Names under which pages carry what they are about.
_OF_A_REGION = ("frame", "application", "record", "body")
_OF_A_CHART = ("chart", "round", "notice", "batch", *_OF_A_REGION)


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


@register.simple_tag(takes_context=True)
def cite(context: template.Context, keys: Any, settled: bool = False, of: object = None) -> SafeString:
    """Clauses, each with what it says and the way to it: `{% cite reason.clauses %}`. What holds in one region only is
    cited where the page is about an application of that region; `settled`: that was looked to before. `of`: what it is
    cited for, where the page is about several things."""
    found = [keys] if isinstance(keys, str) else [key if isinstance(key, str) else key[0] for key in keys or ()]
    chart = chart_id_of(of) or _first(chart_id_of(context.get(name)) for name in _OF_A_CHART)
    if not settled and not all(holds_in(key, "", chart) for key in found):
        region = region_of(of) or _first(region_of(context.get(name)) for name in _OF_A_REGION)
        found = [key for key in found if holds_in(key, region, chart)]
        if not found:
            return format_html('<span class="clause" title="{}">{}</span>', say(SET_FOR_ROUND), say(THE_ROUND))
    return format_html_join("", "{}", ((_marked(mark),) for mark in marks(found, chart)))


def _first(words: Iterable[str]) -> str:
    return next(filter(None, words), "")


def _marked(mark: Mark) -> SafeString:
    says = "：".join(word for word in (say(mark.document), say(mark.text)) if word)
    if not mark.address:
        return format_html('<span class="clause" title="{}">{}</span>', says, cited(mark.key))
    return format_html('<a class="clause" href="{}" target="_blank" rel="noopener" title="{}">{}</a>', mark.address,
                       says, cited(mark.key))


@register.filter
def place(code: str) -> str:
    """A region by its names: 北京市海淀区."""
    from guiju.language.library import installed_library

    return installed_library().vocabulary.place(code) or code


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
