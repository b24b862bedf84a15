"""Long lists, page by page: those that say their numbers in the answer, and plain lists, which say them in headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

SIZE, LONG = 50, 1000


@dataclass(frozen=True, slots=True)
class Cut:
    """`numbers`: what a `Page` says."""

    rows: list[Any]
    numbers: dict[str, Any]


def cut(found: QuerySet[Any], page: int) -> Cut:
    """One page of a query."""
    count = found.count()
    start = (page - 1) * SIZE
    return Cut(list(found[start:start + SIZE]), {"page": page, "count": count, "more": start + SIZE < count})


def listed(request: HttpRequest, response: HttpResponse, found: QuerySet[Any] | Sequence[Any], page: int) -> list[Any]:
    """One page of a plain list. `X-Total-Count` says how many there are, `Link` where the next page is, if there is
    one: nothing is cut unsaid."""
    count = found.count() if isinstance(found, QuerySet) else len(found)
    end = page * LONG
    response["X-Total-Count"] = str(count)
    if end < count:
        asked = request.GET.copy()
        asked["page"] = str(page + 1)
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{asked.urlencode()}>; rel="next"'
    return list(found[end - LONG:end])
