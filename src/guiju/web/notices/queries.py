"""Notices, and what is objected to them."""

from __future__ import annotations

import functools
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404

from guiju.web.cases.charts import installed
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.queries import holders_of, roles_of
from guiju.web.files.models import Attachment
from guiju.web.files.queries import HOLDERS
from guiju.web.notices.models import NoticeItem, Objection, PublicNotice


def public_notices() -> QuerySet[PublicNotice]:
    """What everybody may see, the newest first; with the number of its items and the name of the first."""
    first = NoticeItem.objects.filter(notice=OuterRef("pk")).order_by("place").values("name")[:1]
    return PublicNotice.objects.select_related("round", "round__office").annotate(
        how_many=Count("items"), first_name=Subquery(first)).order_by("-published", "-pk")


def a_notice(user: Any, public_id: str, **_: Any) -> PublicNotice:
    """Raises Http404."""
    found = public_notices().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def notice_over(record: CaseRecord, notice_id: str) -> PublicNotice | None:
    """The last notice of that kind that a case stood in, if it was not withdrawn."""
    return PublicNotice.objects.filter(items__case=record, notice=notice_id, state="published").order_by(
        "-published").first()


def objections_for(user: Any) -> QuerySet[Objection]:
    """What the person sees of objections as one who handles them: those of cases in which he acts for the procedure's
    handler."""
    held = holders_of(user, acting=True).values_list("chart", "role", "round", "case")
    found = Objection.objects.none()
    for chart_id, role, round_id, case in held:
        own = handled_by(chart_id, role)
        if own:
            rows = Objection.objects.filter(item__case__chart=chart_id, item__notice__notice__in=own)
            rows = rows.filter(item__case__round=round_id) if round_id else rows
            found |= rows.filter(item__case=case) if case else rows
    return Objection.objects.filter(pk__in=found.values("pk")).select_related(
        "item__notice__round", "item__case__revision", "item__case__organisation").order_by("-made", "-pk")


def settles_objections(user: Any) -> bool:
    """Whether the person has a role in which objections are settled, whether or not there are any."""
    return any(held.acting and handled_by(held.chart, held.role) for held in roles_of(user))


@functools.lru_cache(maxsize=256)
def handled_by(chart_id: str, role: str) -> tuple[str, ...]:
    """The notices of a chart to which objections are settled in a role."""
    chart = installed(chart_id)
    return tuple(n.id for n in chart.notices.values() if n.objections and role in {
        u.role for m in chart.procedures[n.objections].chart.moves.values() if not m.opens for u in m.roles})


def an_objection(user: Any, objection_id: str, **_: Any) -> Objection:
    """An objection that the person handles. Raises Http404."""
    found = objections_for(user).filter(public_id=objection_id).first()
    if found is None:
        raise Http404
    return found


def by_code(code: str) -> Objection | None:
    """An objection by its receipt's code, digested."""
    return Objection.objects.select_related("item__notice__round", "item__case__revision").filter(code=code).first()


def raised_by(user: Any) -> QuerySet[Objection]:
    return Objection.objects.filter(user=user).select_related("item__notice", "item__case__revision").order_by("-made")


def _sees_evidence(user: Any, attachment: Attachment) -> bool:
    return objections_for(user).filter(public_id=attachment.holder_id).exists() or Objection.objects.filter(
        public_id=attachment.holder_id, user=user).exists()


HOLDERS["objection"] = _sees_evidence
