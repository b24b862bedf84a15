"""Long lists, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

SIZE = 50


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
