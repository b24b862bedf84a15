"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from guiju.web.kit.navigation import navigation_of
from guiju.web.kit.text import current


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: worked out where it is shown; a part of a page asks nothing."""
    return {"language": current(), "html_language": "zh-Hans" if current() == "zh" else "en",
            "movable_clock": settings.MOVABLE_CLOCK,
            "navigation": SimpleLazyObject(lambda: navigation_of(getattr(request, "user", None) or AnonymousUser()))}
