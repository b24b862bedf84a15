"""A row held against others while it is read and changed."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def hold(rows: QuerySet[Row], **which: Any) -> Row:
    """The one row, with all that `rows` joins to it, as they are once nobody else holds it; it is held until the
    transaction ends. Raises DoesNotExist.

    Two questions, because a database that waits for a row gives what is joined to it as it was before it waited.
    """
    key = rows.select_related(None).select_for_update(of=("self",)).only("pk").get(**which).pk
    return rows.get(pk=key)
