"""What the host keeps on the desk itself: plan, leaders, outputs; and the committee's opinion that is no move."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.me import me
from guiju.web.cases.store import case_of
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door
from guiju.web.kit.downloads import download
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Refused
from guiju.web.kit.sheets import MEDIA, workbook
from guiju.web.laboratories.domain.leaders import appoint
from guiju.web.laboratories.domain.naming import promised_in_application
from guiju.web.laboratories.domain.opinions import give_opinion
from guiju.web.laboratories.domain.outputs import add_output, import_outputs, take_away
from guiju.web.laboratories.domain.planning import adopt_plan, may_change
from guiju.web.laboratories.forms.acceptance import ConcludingForm
from guiju.web.laboratories.forms.leaders import LeaderForm
from guiju.web.laboratories.forms.outputs import COLUMNS, ImportForm, OutputForm
from guiju.web.laboratories.forms.plan import PlanForm
from guiju.web.laboratories.models import OUTPUT_KINDS, POSTS, TASK_KINDS, Laboratory
from guiju.web.laboratories.page.desk import SECTIONS
from guiju.web.laboratories.page.law import leadership
from guiju.web.laboratories.page.plans import revisions
from guiju.web.laboratories.queries import my_laboratory, plan_of, unnamed_outputs
from guiju.web.laboratories.views.common import READ, section_page


@door("laboratory.desk", my_laboratory, methods=READ)
def plan(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    return section_page(request, laboratory, "plan", revisions=revisions(laboratory), kinds=TASK_KINDS,
                        changeable=may_change(laboratory))


@door("laboratory.plan", my_laboratory)
def change_plan(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    form = PlanForm(plan_of(laboratory), request.POST or None)
    if request.method == "POST" and not form.more and form.is_valid():
        data = form.cleaned_data
        try:
            made = adopt_plan(laboratory, me(request), form.tasks(), data["reason"], data["seen"] or 0)
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, f"建设计划第 {made.number} 版已定", f"revision {made.number} of the plan is adopted")
            return redirect("laboratories:plan", public_id)
    return render(request, "laboratories/change_plan.html", {
        **_frame(laboratory, "plan"), "form": form, "promised": promised_in_application(laboratory.case)})


@door("laboratory.desk", my_laboratory, methods=READ)
def leaders(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    return section_page(request, laboratory, "leaders", posts=POSTS,
                        leaders=laboratory.leaders.select_related("entered_by").order_by("-since", "-pk"),
                        said=leadership(laboratory, case_of(laboratory.case)))


@door("laboratory.leader", my_laboratory)
def name_leader(request: HttpRequest, laboratory: Laboratory, public_id: str, post: str) -> HttpResponse:
    if post not in POSTS:
        raise Http404
    form = LeaderForm(laboratory, post, request.POST or None, initial={"since": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            appoint(laboratory, me(request), post=post, since=data["since"], account=data["account"],
                    name=data["name"], unit=data["unit"], position=data["position"], reason=data["reason"],
                    stated=form.stated())
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "已登记", "entered")
            return redirect("laboratories:leaders", public_id)
    return render(request, "laboratories/name_leader.html", {**_frame(laboratory, "leaders"), "form": form,
                                                             "post": POSTS[post]})


@door("laboratory.desk", my_laboratory, methods=READ)
def outputs(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    missing = unnamed_outputs(laboratory).order_by("-on", "pk")
    only = bool(request.GET.get("unnamed"))
    asked = missing if only else laboratory.outputs.order_by("-on", "pk")
    return section_page(request, laboratory, "outputs", list=Paginator(asked, 50).get_page(request.GET.get("page")),
                        kinds=OUTPUT_KINDS, missing=missing.count(), total=laboratory.outputs.count(), only=only,
                        more="&unnamed=1" if only else "", form=OutputForm(), table=ImportForm())


@door("laboratory.output", my_laboratory, methods=("POST",))
def new_output(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    form = OutputForm(request.POST)
    if not form.is_valid():
        return render(request, "laboratories/new_output.html", {**_frame(laboratory, "outputs"), "form": form},
                      status=422)
    add_output(laboratory, me(request), **form.cleaned_data)
    done(request, "已登记", "entered")
    return redirect("laboratories:outputs", public_id)


@door("laboratory.output", my_laboratory, methods=("POST",))
def import_table(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise Refused("请选择表格文件；空文件不收", "choose a table: an empty file is not taken")
        count = import_outputs(laboratory, me(request), form.cleaned_data["table"])
    except Refused as refusal:
        failed(request, refusal.text)
    else:
        done(request, f"收下 {count} 项成果", f"{count} outputs were taken")
    return redirect("laboratories:outputs", public_id)


@door("laboratory.output", my_laboratory, methods=("POST",))
def drop_output(request: HttpRequest, laboratory: Laboratory, public_id: str, number: str) -> HttpResponse:
    if not take_away(laboratory, number):
        raise Http404
    done(request, "已去掉", "taken off")
    return redirect("laboratories:outputs", public_id)


@door("laboratory.desk", my_laboratory, methods=READ)
def outputs_sheet(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    """The list as a table, which can be imported again."""
    rows = [(str(OUTPUT_KINDS[o.kind]), o.title, o.authors, o.on, o.reference, "是" if o.made_here else "否",
             "是" if o.named else "否") for o in laboratory.outputs.order_by("-on", "pk")]
    return download(workbook("成果", COLUMNS, rows), MEDIA, f"outputs-{laboratory.public_id}.xlsx")


@door("laboratory.conclude", my_laboratory)
def conclude(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    """The committee's opinion on which the ministries decide: failed, or to be rectified once more."""
    form = ConcludingForm(laboratory, case_of(laboratory.case), "", request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_opinion(laboratory, form.content(me(request)))
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "评议意见已交两部门", "the opinion is with the ministries")
            return redirect("laboratories:acceptance", public_id)
    return render(request, "laboratories/conclude.html", {**_frame(laboratory, "acceptance"), "form": form})


def _frame(laboratory: Laboratory, here: str) -> dict[str, object]:
    return {"laboratory": laboratory, "record": laboratory.case, "sections": SECTIONS.values(), "here": here,
            "stage": laboratory.case.stage_label}
