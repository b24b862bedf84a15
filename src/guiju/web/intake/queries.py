"""What a recommending body sees: what was handed in to it. What the officer sees: what reached the ministry."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.http import Http404

from guiju.web.applications.models import Application, Revision
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.queries import holders_of, organisations_of, roles_of
from guiju.web.files.models import Attachment
from guiju.web.files.queries import HOLDERS, attached_to
from guiju.web.intake.models import FORMAL, MATERIALS, Batch, Check, Consultation, Opinion
from guiju.web.intake.stages import BEFORE_MINISTRY, CHART, OFFICER
from guiju.web.rounds.models import Round, RoundBody

OPINION, CONSULTATION = "opinion", "consultation"
NAME = "lab_name_zh"  # the form's field
_WITH = ("round", "case", "case__revision", "case__organisation", "organisation", "body__body__organisation",
         "body__round")


def named(found: QuerySet[Application]) -> QuerySet[Application]:
    """With the laboratory's name as it was handed in last, `lab_name`."""
    last = Revision.objects.filter(application=OuterRef("pk"), event__isnull=False).order_by("-number")
    name = Subquery(last.annotate(own=KT(f"content__answers__{NAME}")).values("own")[:1])
    return found.annotate(lab_name=name).select_related(*_WITH)


def found_by(words: str, applications: QuerySet[Application]) -> QuerySet[Application]:
    """Those whose number, laboratory or applicant holds the words."""
    if not words:
        return applications
    return applications.filter(Q(public_id__icontains=words) | Q(organisation__name__icontains=words)
                               | Q(organisation__code__icontains=words) | Q(lab_name__icontains=words))


# Recommending

def bodies_of(user: Any) -> QuerySet[RoundBody]:
    """The user's recommending bodies, in each round that was published."""
    mine = [o.pk for o in organisations_of(user)]
    return RoundBody.objects.filter(body__organisation__in=mine, round__chart=CHART).exclude(
        round__state="draft").select_related("round", "body__organisation").order_by(
        "-round__year", "-round__pk", "pk")


def recommends(user: Any) -> bool | Exists:
    """For the navigation: whether there is such a body."""
    return bool(organisations_of(user)) and Exists(bodies_of(user))


def my_body(user: Any, round_id: str, number: int, **_: Any) -> RoundBody:
    """A body of the user's in a round. Raises Http404."""
    found = bodies_of(user).filter(round__public_id=round_id, pk=number).first()
    if found is None:
        raise Http404
    return found


def queue_of(body: RoundBody) -> QuerySet[Application]:
    """What was handed in to a body, first come first; with the number of marks, and of what was asked and answered."""
    return named(Application.objects.filter(body=body, handed_in__isnull=False)).select_related("opinion").annotate(
        marked=Count("checks", filter=Q(checks__kind=MATERIALS), distinct=True),
        in_doubt=Count("checks", filter=Q(checks__kind=MATERIALS) & ~Q(checks__mark="pass"), distinct=True),
        asked=Count("consultations", distinct=True),
        answered=Count("consultations", filter=Q(consultations__answered_on__isnull=False), distinct=True),
        has_seal=Exists(Attachment.objects.filter(holder=OPINION, holder_id=OuterRef("opinion__public_id"))),
    ).order_by("handed_in", "pk")


def drafts_of(body: RoundBody) -> int:
    """How many more are being written for the body: their number alone, for their content is not handed in."""
    return Application.objects.filter(body=body, handed_in__isnull=True, case__final=False).count()


def recommended_by(user: Any) -> QuerySet[Application]:
    """What was handed in to the user's bodies."""
    return Application.objects.filter(body__in=bodies_of(user).values("pk"), handed_in__isnull=False).select_related(
        *_WITH)


def to_recommend(user: Any, public_id: str, **_: Any) -> Application:
    """An application that was handed in to the user's body. Raises Http404."""
    found = recommended_by(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


# Examining

def examined_rounds(user: Any) -> QuerySet[Round]:
    """The rounds in which the user's organisation examines."""
    held = holders_of(user).filter(Q(round="") | Q(round=OuterRef("public_id")), role=OFFICER, case__isnull=True,
                                   chart=CHART)
    return Round.objects.filter(Exists(held), chart=CHART).exclude(state="draft").select_related("office").order_by(
        "-year", "-pk")


def examines(user: Any) -> bool | Exists:
    """For the navigation: whether there is such a round."""
    may = any(held.role == OFFICER and held.chart == CHART and not held.of_case for held in roles_of(user))
    return may and Exists(examined_rounds(user))


def my_round(user: Any, round_id: str, **_: Any) -> Round:
    """A round that the user's organisation examines. Raises Http404."""
    found = examined_rounds(user).filter(public_id=round_id).first()
    if found is None:
        raise Http404
    return found


def at_ministry(round_: Round) -> QuerySet[Application]:
    """What was forwarded to the ministry in a round: it takes part in the round."""
    return named(Application.objects.filter(round=round_).exclude(case__stage__in=BEFORE_MINISTRY)).select_related(
        "examination", "examination__by").order_by("handed_in", "pk")


def on_paper(round_: Round) -> int:
    """How many cases of a round reached the ministry without an application on the site: they went by paper."""
    return CaseRecord.objects.filter(round=round_.public_id, chart=CHART, application__isnull=True).exclude(
        stage__in=BEFORE_MINISTRY).count()


def examination_queue(round_: Round) -> QuerySet[Application]:
    return at_ministry(round_).annotate(
        marks=Count("checks", filter=Q(checks__kind=FORMAL), distinct=True),
        examiners=Count("checks__by", filter=Q(checks__kind=FORMAL), distinct=True))


def to_examine(user: Any, public_id: str, **_: Any) -> Application:
    """An application that reached the ministry in a round that the user's organisation examines. Raises Http404."""
    found = Application.objects.filter(round__in=examined_rounds(user).values("pk"), public_id=public_id).exclude(
        case__stage__in=BEFORE_MINISTRY).select_related(*_WITH, "examination", "examination__by").first()
    if found is None:
        raise Http404
    return found


# What is kept of one

def material_marks(application: Application) -> dict[str, Check]:
    found = Check.objects.filter(application=application, kind=MATERIALS).select_related("by")
    return {c.item: c for c in found}


def formal_marks(application: Application) -> dict[str, list[Check]]:
    """The examiners' marks, by item."""
    marks: dict[str, list[Check]] = {}
    for check in Check.objects.filter(application=application, kind=FORMAL).select_related("by").order_by("at", "pk"):
        marks.setdefault(check.item, []).append(check)
    return marks


def consultations_of(application: Application) -> list[Consultation]:
    return list(Consultation.objects.filter(application=application).select_related("asked_by", "recorded_by").order_by(
        "asked_on", "pk"))


def opinion_of(application: Application) -> Opinion | None:
    return Opinion.objects.filter(application=application).select_related("changed_by").first()


def seals_of(opinion: Opinion | None) -> list[Attachment]:
    return [] if opinion is None else list(attached_to(OPINION, opinion.public_id))


def answers_to(consultation: Consultation) -> list[Attachment]:
    return list(attached_to(CONSULTATION, consultation.public_id))


def my_batch(user: Any, public_id: str, **_: Any) -> Batch:
    """A batch of one's own body or round. Raises Http404."""
    found = Batch.objects.filter(
        Q(body__in=bodies_of(user).values("pk")) | Q(body__isnull=True, round__in=examined_rounds(user).values("pk")),
        public_id=public_id).select_related("round", "body__body__organisation", "by").first()
    if found is None:
        raise Http404
    return found


def _sees(user: Any, application: Application | None) -> bool:
    """The body's papers: its own people, and once it forwarded them the officer."""
    if application is None:
        return False
    if recommended_by(user).filter(pk=application.pk).exists():
        return True
    return application.case.stage not in BEFORE_MINISTRY and examined_rounds(user).filter(
        pk=application.round_id).exists()


def _sees_opinion(user: Any, attachment: Attachment) -> bool:
    found = Opinion.objects.select_related("application__case").filter(public_id=attachment.holder_id).first()
    return _sees(user, found.application if found else None)


def _sees_answer(user: Any, attachment: Attachment) -> bool:
    found = Consultation.objects.select_related("application__case").filter(public_id=attachment.holder_id).first()
    return _sees(user, found.application if found else None)


HOLDERS.update({OPINION: _sees_opinion, CONSULTATION: _sees_answer})
