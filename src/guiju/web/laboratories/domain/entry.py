"""Correcting an entry of the register: what follows from no case. Names change by major changes alone (办24)."""

from __future__ import annotations

from django.db import transaction

from guiju.web.kit.permissions import Refused
from guiju.web.laboratories.domain.naming import check_name
from guiju.web.laboratories.models import Laboratory


@transaction.atomic
def correct(laboratory: Laboratory, name: str, name_en: str, field: str) -> Laboratory:
    """Correct the field and the first names, which the application may have lacked or got wrong. Raises Refused for
    names that are not formed as asked, and for a laboratory that was renamed since."""
    found = Laboratory.objects.select_for_update(of=("self",)).get(pk=laboratory.pk)
    if (name, name_en) != (found.name, found.name_en):
        check_name(name, name_en)
        if found.names.exclude(change="").exists():
            raise Refused("已经更名的，名称按重大事项办理，不在这里改",
                          "it was renamed since: names change by major changes, not here")
        found.names.update(name=name, name_en=name_en)
    found.name, found.name_en, found.field = name, name_en, field
    found.save(update_fields=["name", "name_en", "field"])
    return found
