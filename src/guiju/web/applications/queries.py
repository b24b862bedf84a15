"""Applications, and who may see them: whoever sees the case; the form itself only the applicant and its partners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from guiju.lifecycle.case import Case
from guiju.source.diagnostics import Text
from guiju.web.accounts.queries import ACTING, capacities
from guiju.web.applications.models import Answer, Application, Comment, Revision
from guiju.web.cases.charts import chart_of
from guiju.web.cases.projection import is_authority
from guiju.web.cases.queries import organisations_of, seen_by
from guiju.web.cases.rules import parts_in
from guiju.web.cases.store import case_of
from guiju.web.files.models import Attachment
from guiju.web.files.queries import HOLDERS, attached_to
from guiju.web.rounds.models import Round

NAME = "lab_name_zh"  # the field by which an application is known
HOLDER, KEPT = "application", "application-kept"  # attachments in use, and those that only a revision still names
_WITH = ("round", "case", "case__revision", "case__organisation", "organisation", "body__body__organisation")

AUTHORITIES = ("office", "evaluator")  # kinds of organisations that apply for nothing

# Who else, beside the authorities, may read one that was handed in: apps that let someone do so enter a test here.
READERS: list[Callable[[Any, Application], bool]] = []


def mine(user: Any) -> QuerySet[Application]:
    """Every application whose case the person sees, also as an authority or an expert."""
    return Application.objects.filter(case__in=seen_by(user)).select_related(*_WITH)


def an_application(user: Any, public_id: str, **_: Any) -> Application:
    """An application whose case the person may see. Raises Http404."""
    return _one(mine(user), public_id)


def own(user: Any) -> QuerySet[Application]:
    """The applications of the person's organisations, and those in which one of them takes part."""
    ids = [o.pk for o in organisations_of(user)]
    taking_part = Application.objects.filter(case__parties__organisation__in=ids).values("pk")
    return Application.objects.filter(Q(organisation__in=ids) | Q(pk__in=taking_part)).select_related(*_WITH)


def may_apply(user: Any) -> bool:
    """For the navigation: anyone but those who act for offices alone."""
    ours = organisations_of(user)
    return bool(user.is_authenticated) and (not ours or any(o.kind not in AUTHORITIES for o in ours))


def why_no_applicant(user: Any, round_: Round) -> Text | None:
    """Why nobody for whom the person acts can apply in a round; None: somebody can, or he acts for nobody."""
    ours = organisations_of(user, acting=True)
    if not ours or any(o.kind not in AUTHORITIES for o in ours):
        return None
    bodies = set(round_.bodies.values_list("body__organisation", flat=True))
    parts = (([o for o in ours if o.pk == round_.office_id], Text("组织本批次的申报", "runs this round")),
             ([o for o in ours if o.pk in bodies], Text("在本批次负责推荐", "recommends in this round")),
             (ours, Text("是行政机关或评估机构", "is an authority or evaluates")))
    named, part = next((found, does) for found, does in parts if found)
    names = "、".join(o.name for o in named)
    return Text(f"依托单位须是科研院所、高等院校或企业；您所代表的{names}{part.zh}，不在其中，不能申报",
                f"a host is a research institute, a university or an enterprise; {names} {part.en} and can't apply")


def my_application(user: Any, public_id: str, **_: Any) -> Application:
    """An application of one's own, or one's organisation takes part in it. Raises Http404: for everyone else, whoever
    he is, it is not there."""
    return _one(own(user), public_id)


def may_read(user: Any, application: Application) -> bool:
    """Whether someone else than the applicant may read what was handed in: an authority of the case, or whoever an
    app above lets."""
    if application.handed_in is None or not mine(user).filter(pk=application.pk).exists():
        return False
    record = application.case
    chart = chart_of(record.revision)
    return is_authority(chart, parts_in(user, chart, record)) or any(reads(user, application) for reads in READERS)


def readable(user: Any, public_id: str, **_: Any) -> Application:
    """One's own, or one that was handed in and that one may read for what one does. Raises Http404."""
    found = own(user).filter(public_id=public_id).first()
    if found is not None:
        return found
    found = an_application(user, public_id)
    if not may_read(user, found):
        raise Http404
    return found


def _one(found: QuerySet[Application], public_id: str) -> Application:
    one = found.filter(public_id=public_id).first()
    if one is None:
        raise Http404
    return one


def side_of(user: Any, application: Application) -> str:
    """In what a person stands to the form: `host` or `partner` (he may write), `reader`, or "" (it is not his)."""
    parties = set(application.case.parties.values_list("organisation", flat=True))
    found = {("host" if c.organisation.pk == application.organisation_id else "partner") if c.role in ACTING
             else "reader" for c in capacities(user)
             if c.organisation.pk == application.organisation_id or c.organisation.pk in parties}
    return next((side for side in ("host", "partner", "reader") if side in found), "")


def partner_organisation(user: Any, application: Application) -> str:
    """The public id of the partner that the person writes for."""
    parties = set(application.case.parties.values_list("organisation", flat=True))
    return next((c.organisation.public_id for c in capacities(user)
                 if c.organisation.pk in parties and c.role in ACTING), "")


def answers_of(application: Application) -> dict[str, Any]:
    """What stands in the fields, by field."""
    return dict(Answer.objects.filter(application=application).values_list("field", "value"))


def answers_with_versions(application: Application) -> dict[str, Answer]:
    found = Answer.objects.filter(application=application).select_related("changed_by")
    return {a.field: a for a in found}


def files_of(application: Application) -> dict[str, list[Attachment]]:
    """The attachments in use, by field."""
    found: dict[str, list[Attachment]] = {}
    for attachment in attached_to(HOLDER, application.public_id):
        found.setdefault(attachment.paper, []).append(attachment)
    return found


def revisions_of(application: Application) -> QuerySet[Revision]:
    return Revision.objects.filter(application=application).select_related("by").order_by("-number")


def handed_in_revision(application: Application) -> Revision | None:
    """What was handed in last: this is what whoever recommends, examines or reviews it reads."""
    return revisions_of(application).filter(event__isnull=False).first()


def comments_of(application: Application) -> QuerySet[Comment]:
    return Comment.objects.filter(application=application).select_related("by").order_by("at", "pk")


def case_of_application(application: Application) -> Case:
    return case_of(application.case)


def _sees_attachment(user: Any, attachment: Attachment) -> bool:
    application = Application.objects.filter(public_id=attachment.holder_id).select_related(*_WITH).first()
    if application is None:
        return False
    return own(user).filter(pk=application.pk).exists() or may_read(user, application)


HOLDERS[HOLDER] = HOLDERS[KEPT] = _sees_attachment
