"""Finding files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from guiju.web.files.models import Attachment

# By the kind of holder: whether a user may have what hangs on such a one. The app that has such things enters it.
HOLDERS: dict[str, Callable[[Any, Attachment], bool]] = {}


def sees(user: Any, attachment: Attachment) -> bool:
    """Whether a person may have a file: whoever may see that part of what it hangs on."""
    ask = HOLDERS.get(attachment.holder)
    return ask is not None and ask(user, attachment)


def my_file(user: Any, public_id: str) -> Attachment:
    """A file that the person may have. Raises Http404, the same for one of others and one that is not there."""
    found = Attachment.objects.select_related("file").filter(public_id=public_id).first()
    if found is None or not sees(user, found):
        raise Http404
    return found


def attached_to(holder: str, holder_id: str) -> QuerySet[Attachment]:
    return Attachment.objects.filter(holder=holder, holder_id=holder_id).select_related("file", "uploaded_by").order_by(
        "uploaded", "pk")
