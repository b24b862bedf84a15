"""Tags of pages on cases."""

from __future__ import annotations

import datetime as dt

from django import template

from guiju.source.diagnostics import Text
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.ways import beside as pages_beside
from guiju.web.cases.ways import matters
from guiju.web.cases.ways import way as way_to
from guiju.web.kit.clock import today

register = template.Library()


@register.simple_tag
def days_left(end: dt.date) -> int:
    return (end - today()).days


@register.filter
def absolute(number: int) -> int:
    return abs(number)


@register.simple_tag
def way(record: CaseRecord, name: str, part: str = "") -> str:
    """Where a move of a case is made."""
    return way_to(record, name, part)


@register.simple_tag(takes_context=True)
def open_matters(context: template.Context, record: CaseRecord) -> list[tuple[Text, str]]:
    """What is open about the case, for the reader."""
    return matters(context["request"].user, record)


@register.simple_tag
def beside(record: CaseRecord) -> list[tuple[Text, str]]:
    """Other pages about the case: its round, its laboratory."""
    return pages_beside(record)
