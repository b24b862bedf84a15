"""The recommending body's queue, one application, and its moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.applications.models import Application
from guiju.web.intake import domain
from guiju.web.intake.checklists import material_check
from guiju.web.intake.domain.obstacles import obstacles_to_forwarding
from guiju.web.intake.forms import AnsweredForm, AskForm, DeclineForm, SendBackForm, opinion_form
from guiju.web.intake.models import MARKS
from guiju.web.intake.page import Row, Typed, recommending_page, row_of, typed_into
from guiju.web.intake.queries import bodies_of, drafts_of, my_body, queue_of, to_recommend
from guiju.web.intake.quota import NOT_SET, quota_of
from guiju.web.intake.stages import ARRIVED, CHECKING, DECLINE, FORWARD, NOT_ACCEPTED, REFUSE_LATE, TAKE_IN
from guiju.web.intake.views.deciding import Made, made_on, told
from guiju.web.intake.views.tabs import tabbed
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door
from guiju.web.kit.downloads import download
from guiju.web.kit.forms import Form
from guiju.web.kit.permissions import check
from guiju.web.kit.reasons import reasons_in, with_answers
from guiju.web.kit.sheets import MEDIA, file_name, workbook
from guiju.web.rounds.models import RoundBody

READ = ("GET", "HEAD")
HERE = "intake:recommend-application"
GROUPS = (
    (ARRIVED, Text("待收件", "to be taken in")), (CHECKING, Text("审核中", "being checked")),
    ("forwarded", Text("已报总局", "forwarded")),
    (NOT_ACCEPTED, Text("不予受理、不推荐", "not accepted or recommended")),
)
LABELS = {"take-in": Text("收件", "take in"), "late": Text("逾期不予受理", "refuse as late"),
          "decline": Text("不推荐", "don't recommend"), "forward": Text("推荐并报送总局", "recommend and forward"),
          "send-back": Text("退回补充", "send back")}
BATCHES = {ARRIVED: (TAKE_IN, LABELS["take-in"]), CHECKING: (FORWARD, LABELS["forward"])}
MOVES = {"take-in": TAKE_IN, "late": REFUSE_LATE, "decline": DECLINE, "forward": FORWARD}


@door("recommend.list", methods=READ)
def mine(request: HttpRequest) -> HttpResponse:
    """The bodies that one recommends for, in each round."""
    bodies = []
    for body in bodies_of(request.user):
        stages = Counter(group_of(a) for a in queue_of(body))
        bodies.append({"body": body, "counts": [(key, label, stages[key]) for key, label in GROUPS],
                       "drafts": drafts_of(body)})
    return render(request, "intake/recommend.html", {"bodies": bodies})


def group_of(application: Application) -> str:
    stage = application.case.stage
    return stage if stage in (ARRIVED, CHECKING, NOT_ACCEPTED) else "forwarded"


@door("recommend.view", my_body, methods=READ)
def queue(request: HttpRequest, body: RoundBody, round_id: str, number: int) -> HttpResponse:
    tabs, shown = tabbed(request, queue_of(body), GROUPS, group_of)
    return render(request, "intake/recommend_queue.html", {
        "body": body, "tabs": tabs, "shown": shown, "move": BATCHES.get(shown.group), "quota": quota_of(body),
        "not_set": NOT_SET, "needed": len(material_check().needed), "drafts": drafts_of(body)})


@door("recommend.view", my_body, methods=READ)
def export(request: HttpRequest, body: RoundBody, round_id: str, number: int) -> HttpResponse:
    """The queue as a table."""
    columns = [Text("编号", "id"), Text("实验室", "laboratory"), Text("申报单位", "applicant"),
               Text("统一社会信用代码", "credit code"), Text("联合申报", "joint"), Text("提交日", "handed in"),
               Text("逾期", "late"), Text("环节", "stage"), Text("已审项", "items marked"),
               Text("征求意见", "departments asked"), Text("已答复", "answered"), Text("推荐意见", "opinion"),
               Text("盖章件", "seal")]
    rows = [_cells(row_of(a)) for a in queue_of(body)]
    return download(workbook("推荐", columns, rows), MEDIA, file_name("推荐队列", body.round.title))


def _cells(row: Row) -> list[Any]:
    a: Any = row.application
    return [a.public_id, row.name, a.organisation.name, a.organisation.code, a.joint, row.handed_in, row.late,
            a.case.stage_label, a.marked, a.asked, a.answered, hasattr(a, "opinion"), a.has_seal]


@door("recommend.view", to_recommend, methods=READ)
def application(request: HttpRequest, found: Application, public_id: str) -> HttpResponse:
    """All that the body needs to check, consult, recommend and forward."""
    return shown(request, found)


def shown(request: HttpRequest, found: Application, typed: Typed | None = None) -> HttpResponse:
    """`typed`: a mark that was not kept."""
    page = recommending_page(found, request.user)
    return render(request, "intake/recommend_application.html", {
        "page": page, "lines": typed_into(page.lines, typed), "application": found, "record": found.case,
        "marks": MARKS.items(),
        "opinion_form": opinion_form(page.opinion), "ask_form": AskForm(),
        "answered_forms": _answered_forms(page.asked), "quota": quota_of(found.body), "not_set": NOT_SET,
        "history": found.sendings_back.select_related("by").order_by("-at")}, status=409 if typed else 200)


def _answered_forms(asked: Any) -> dict[str, AnsweredForm]:
    return {a.consultation.public_id: AnsweredForm(initial={"number": a.consultation.public_id, "on": today()},
                                                   prefix=a.consultation.public_id)
            for a in asked if not a.consultation.answered_on}


@door("recommend.view", to_recommend)
def act(request: HttpRequest, found: Application, public_id: str, act: str) -> HttpResponse:
    """One move of the body's: asked on a page of its own, so that nothing goes by a slip of the hand."""
    if act not in LABELS:
        raise Http404
    check(request.user, "recommend.act", found)
    forms: dict[str, type[Form]] = {"send-back": SendBackForm, "decline": DeclineForm}
    form = forms.get(act, Form)(request.POST or None)
    page = recommending_page(found, request.user)
    choice = page.choices.get(MOVES.get(act, ""))
    context = {"form": form, "application": found, "act": act, "label": LABELS[act], "page": page, "choice": choice,
               "record": found.case, "quota": quota_of(found.body), "not_set": NOT_SET,
               "seen": request.POST.get("seen", found.case.head),
               "asked": with_answers(request, choice.option.decides if choice else ())}
    if act == "forward":
        obstacles = obstacles_to_forwarding(found, me(request))
        context |= {"obstacles": obstacles, "stuck": any(not o.is_decided for o in obstacles),
                    "asked": with_answers(request, [o.reason for o in obstacles if o.reason and o.is_decided])}
    if request.method != "POST" or not form.is_valid():
        return render(request, "intake/recommend_act.html", context)
    if act == "send-back":
        if told(request, form, lambda: domain.send_back(found, form.cleaned_data["reasons"], me(request)), "已退回补充",
                "sent back to be completed"):
            return redirect(HERE, public_id)
        return render(request, "intake/recommend_act.html", context, status=409)
    return made_on(request, "intake/recommend_act.html", context, found, LABELS[act],
                   _maker(request, found, act, form), HERE)


def _maker(request: HttpRequest, found: Application, act: str, form: Form) -> Callable[[], Made]:
    user, seen = me(request), request.POST.get("seen", "")
    if act == "take-in":
        return lambda: domain.take_in(found, user, seen, reasons_in(request))
    if act == "late":
        return lambda: domain.refuse_late(found, user, seen)
    if act == "forward":
        return lambda: domain.forward(found, user, seen, reasons_in(request))
    data = form.cleaned_data
    return lambda: domain.decline(found, data["reason"], data["ground"] == "materials", user, seen)
