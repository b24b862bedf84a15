"""Reads of laboratories: the public register, and what those who take part in a case see."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from guiju.lifecycle.case import Case
from guiju.lifecycle.events import Event
from guiju.lifecycle.given import read_given
from guiju.lifecycle.names import chart_of_thread
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.queries import seen_by
from guiju.web.kit.numbers import whole_number
from guiju.web.laboratories.models import Laboratory, MajorChange, Output, PlanRevision, Submission
from guiju.web.laboratories.models.work import EXEMPT
from guiju.web.rounds.models import Round
from guiju.web.rounds.programmes import LABORATORY

CHART = LABORATORY
# Who marked the application has nothing to look for on the desk of the laboratory that came of it.
NOT_AFTER_APPROVAL = ("PANEL",)


def register(*, words: str = "", state: str = "", region: str = "", year: str = "") -> QuerySet[Laboratory]:
    """Every laboratory that was approved, as the public sees it: by name, host, field; earlier names count as well."""
    found = Laboratory.objects.select_related("host").prefetch_related("case__parties__organisation", "names", "grades")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(name_en__icontains=words) | Q(field__icontains=words)
                             | Q(host__name__icontains=words) | Q(public_id__iexact=words)
                             | Q(pk__in=Laboratory.objects.filter(names__name__icontains=words).values("pk")))
    if state:
        found = found.filter(state=state)
    if region:
        found = found.filter(region__startswith=region)
    if asked := whole_number(year[:4]):
        found = found.filter(approved_on__year=asked)
    return found.order_by("-approved_on", "name", "pk")


def round_of(laboratory: Laboratory) -> Round | None:
    """The round in which it applied; none for a case outside the site's rounds."""
    return Round.objects.filter(public_id=laboratory.case.round).first()


def a_laboratory(user: Any, public_id: str, **_: Any) -> Laboratory:
    """A laboratory of the register: anybody may see it. Raises Http404."""
    found = register().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def my_laboratories(user: Any) -> QuerySet[Laboratory]:
    """Those in whose cases the person takes part after the approval."""
    found = Laboratory.objects.filter(case__in=seen_by(user, NOT_AFTER_APPROVAL))
    return found.select_related("host", "case").order_by("name", "pk")


def my_laboratory(user: Any, public_id: str, **_: Any) -> Laboratory:
    """A laboratory in whose case the person takes part. Raises Http404, the same for one of others."""
    found = my_laboratories(user).select_related("case__revision", "case__organisation__above").filter(
        public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def laboratory_of(record: CaseRecord) -> Laboratory | None:
    return Laboratory.objects.filter(case=record).first()


def day_of(case: Case, fact: str) -> dt.date | None:
    """A date that the case knows, by the fact's id; none where it is not known exactly."""
    value = case.main.facts.values.get(fact)
    if not isinstance(value, tuple) or value[0] != value[1]:
        return None
    return dt.date.fromordinal(int(value[0]))


def given_in(case: Case, event: Event, fact: str) -> str:
    """What an event gave for a fact, by the fact's id, however it was written: the name of a choice, or the text."""
    chart = chart_of_thread(case.chart, event.thread) or case.chart
    found = read_given(chart, chart.moves[event.move], event.actor, event.evidence, event.date).values.get(fact)
    if not isinstance(found, tuple) or found[0] is None or found[0] != found[1]:
        return ""
    choices = chart.vocabulary.facts[fact].enumeration
    return choices.members[int(found[0])].name if choices is not None else str(found[0])


def plan_of(laboratory: Laboratory) -> PlanRevision | None:
    """The plan as it stands."""
    return laboratory.plans.select_related("by").order_by("-number").first()


def submission_of(laboratory: Laboratory) -> Submission | None:
    """What was last handed in for acceptance."""
    return laboratory.submissions.select_related("by", "plan").order_by("-event").first()


def open_changes(laboratory: Laboratory) -> QuerySet[MajorChange]:
    return laboratory.changes.filter(state__in=("open", "reviewed")).order_by("reported", "pk")


def unnamed_outputs(laboratory: Laboratory) -> QuerySet[Output]:
    """Outputs made in the laboratory that must carry its name (办23) and do not."""
    return laboratory.outputs.filter(made_here=True, named=False).exclude(kind__in=EXEMPT)
