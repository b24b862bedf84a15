"""The desk's sections that are only read; what is done in them is a move, or a form of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guiju.values import add_months
from guiju.web.cases.store import case_of
from guiju.web.kit.doors import door
from guiju.web.laboratories.forms.evaluation import SIDES
from guiju.web.laboratories.forms.report import SECTIONS as REPORT_SECTIONS
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.page.comparing import compared
from guiju.web.laboratories.page.desk import deadline
from guiju.web.laboratories.page.evaluating import totals
from guiju.web.laboratories.page.law import reading_of, supports
from guiju.web.laboratories.queries import day_of, my_laboratory, open_changes, plan_of
from guiju.web.laboratories.rules import OFFICES, acts_for_host, roles_in
from guiju.web.laboratories.views.common import READ, section_page


@door("laboratory.desk", my_laboratory, methods=READ)
def desk(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    return section_page(request, laboratory, "overview", plan=plan_of(laboratory),
                        leaders=laboratory.leaders.filter(until__isnull=True), changes=open_changes(laboratory))


@door("laboratory.desk", my_laboratory, methods=READ)
def reports(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    found = laboratory.reports.select_related("by").order_by("-event")
    return section_page(request, laboratory, "reports", reports=found, headings=REPORT_SECTIONS,
                        due=[d for d in (deadline(laboratory, "R1"), deadline(laboratory, "R2")) if d])


@door("laboratory.desk", my_laboratory, methods=READ)
def extension(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    """The last day on which an extension may be asked for (DL6) is shown as a date."""
    asked_by = deadline(laboratory, "DL6")
    over = deadline(laboratory, "DL4") or deadline(laboratory, "DL7")
    first = day_of(case_of(laboratory.case), "first_planned_end")
    longest = add_months(first, 12) if first else None
    return section_page(request, laboratory, "extension", asked_by=asked_by, over=over, longest=longest)


@door("laboratory.desk", my_laboratory, methods=READ)
def acceptance(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    roles = roles_in(request.user, laboratory)
    sees_opinions = bool(roles & (OFFICES | {"COMMITTEE"}))
    told = bool(acts_for_host(request.user, laboratory))
    return section_page(request, laboratory, "acceptance", rounds=compared(laboratory), sees_opinions=sees_opinions,
                        told=told, rectify_by=deadline(laboratory, "DL8"))


@door("laboratory.desk", my_laboratory, methods=READ)
def evaluation(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    sees_all = bool(roles_in(request.user, laboratory) & OFFICES)
    return section_page(request, laboratory, "evaluation", sides=SIDES, sees_all=sees_all,
                        evaluations=laboratory.evaluations.select_related("by").order_by("-event"),
                        totals=totals(laboratory), next=deadline(laboratory, "DL10"),
                        rectify_by=deadline(laboratory, "DL11"))


@door("laboratory.desk", my_laboratory, methods=READ)
def changes(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    return section_page(request, laboratory, "changes", changes=laboratory.changes.order_by("-reported", "-pk"))


@door("laboratory.desk", my_laboratory, methods=READ)
def support(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    """What the law says of support, computed from the case; how much, and whether at all, is for the ministries."""
    return section_page(request, laboratory, "support", supports=supports(case_of(laboratory.case)))


@door("laboratory.desk", my_laboratory, methods=READ)
def checks(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    """Beside the moves stands how the words on harm are read in this case."""
    return section_page(request, laboratory, "checks", reading=reading_of(case_of(laboratory.case), "harm_scope"))
