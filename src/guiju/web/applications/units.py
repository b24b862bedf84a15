"""The units of an application, and in how many applications of the round the host takes part: the site counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from guiju.web.accounts.models import Organisation
from guiju.web.applications.models import Application


def units_of(application: Application) -> list[dict[str, str]]:
    """Rows of the dictionary's 参建单位: the host first, then its partners."""
    partners = [p.organisation for p in application.case.parties.select_related("organisation").order_by("joined")]
    return [_row(o, application) for o in (application.organisation, *partners)]


def with_others(units: Sequence[Mapping[str, str]], stated: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The units as the site counts them, and below those that only the form names: they have not joined here."""
    known = {row["单位代码"] for row in units}
    return [dict(row) for row in (*units, *(r for r in stated if r.get("单位代码", "") not in known))]


def _row(organisation: Organisation, application: Application) -> dict[str, str]:
    """A unit. In how many applications a partner takes part is the partner's own affair: the office that examines
    counts it over the round, the applicant is not told."""
    if organisation.pk != application.organisation_id:
        return {"单位代码": organisation.code, "是依托单位": "否", "是主要承建方": "否"}
    takes_part = Application.objects.filter(
        Q(organisation=organisation) | Q(case__parties__organisation=organisation), round=application.round,
        case__final=False).distinct()
    joint = takes_part.filter(joint=True).count()
    return {"单位代码": organisation.code, "是依托单位": "是", "是主要承建方": "是",
            "同批申报数": f"{takes_part.count()} 个", "其中联合申报数": f"{joint} 个"}
