"""The officer's queue, the examination of one application, and the check over the whole round."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.refusal import Reason
from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.applications.models import Application
from guiju.web.intake import domain
from guiju.web.intake.checklists import formal_examination
from guiju.web.intake.domain.examining import passed_despite
from guiju.web.intake.forms import ConcludeForm, conclude_form
from guiju.web.intake.models import CONCLUSIONS, MARKS, Examination
from guiju.web.intake.page import Typed, examining_page, own_line, row_of, typed_into
from guiju.web.intake.queries import at_ministry, examination_queue, examined_rounds, my_round, on_paper, to_examine
from guiju.web.intake.stages import ACCEPT, ACCEPTED, CONCLUDE, EXAMINING, FORWARDED, NOTICE, RECEIVE, RETURN, RETURNED
from guiju.web.intake.units import Census
from guiju.web.intake.views.deciding import told
from guiju.web.intake.views.marking import kept_mark
from guiju.web.intake.views.tabs import tabbed
from guiju.web.kit.doors import door
from guiju.web.kit.downloads import download
from guiju.web.kit.reasons import reasons_in, with_answers
from guiju.web.kit.sheets import MEDIA, file_name, workbook
from guiju.web.kit.text import say
from guiju.web.rounds.models import Round

READ, WRITE = ("GET", "HEAD"), ("POST",)
HERE = "intake:examine-application"
GROUPS = (
    (FORWARDED, Text("待收件", "to be received"), ((RECEIVE, Text("收件并转形式审查", "receive")),)),
    (EXAMINING, Text("形式审查中", "being examined"), ((CONCLUDE, Text("出结论并公示", "conclude and publish")),)),
    (NOTICE, Text("公示中", "under notice"), ((ACCEPT, Text("受理", "accept")), (RETURN, Text("退回", "return")))),
    (ACCEPTED, Text("已受理", "accepted"), ()),
    (RETURNED, Text("已退回", "returned"), ()),
    ("later", Text("已进入评审及以后", "in review or later"), ()),
)
_KNOWN = {key for key, _, _ in GROUPS}


def group_of(application: Application) -> str:
    return application.case.stage if application.case.stage in _KNOWN else "later"


@door("examine.list", methods=READ)
def mine(request: HttpRequest) -> HttpResponse:
    rounds = []
    for round_ in examined_rounds(request.user):
        stages = Counter(group_of(a) for a in at_ministry(round_))
        rounds.append({"round": round_, "counts": [(key, label, stages[key]) for key, label, _ in GROUPS],
                       "on_paper": on_paper(round_)})
    return render(request, "intake/examine.html", {"rounds": rounds})


@door("examine.view", my_round, methods=READ)
def queue(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    tabs, shown = tabbed(request, examination_queue(round_), [(key, label) for key, label, _ in GROUPS], group_of)
    moves = next((m for key, _, m in GROUPS if key == shown.group), ())
    return render(request, "intake/examine_queue.html", {
        "round": round_, "tabs": tabs, "shown": shown, "moves": moves,
        "several": len(Census(round_).several()), "conclusions": CONCLUSIONS})


@door("examine.view", my_round, methods=READ)
def export(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    columns = [Text("编号", "id"), Text("实验室", "laboratory"), Text("申报单位", "applicant"),
               Text("统一社会信用代码", "credit code"), Text("推荐单位", "recommended by"), Text("联合申报", "joint"),
               Text("提交日", "handed in"), Text("环节", "stage"), Text("结论", "conclusion"), Text("理由", "reasons"),
               Text("有疑问而仍通过的项", "passed though in question"), Text("结论人", "concluded by")]
    rows = []
    for application in examination_queue(round_):
        row, kept = row_of(application), _examination(application)
        rows.append([application.public_id, row.name, application.organisation.name, application.organisation.code,
                     application.body.body.organisation.name, application.joint, row.handed_in,
                     application.case.stage_label, str(CONCLUSIONS[kept.conclusion]) if kept else "",
                     kept.reasons if kept else "", "、".join(n.zh for n in passed_despite(kept)) if kept else "",
                     kept.by.name if kept else ""])
    return download(workbook("形式审查", columns, rows), MEDIA, file_name("形式审查", round_.title))


def _examination(application: Application) -> Examination | None:
    return getattr(application, "examination", None)


@door("examine.view", my_round, methods=READ)
def units(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """Who takes part in more than one application: for the office alone."""
    return render(request, "intake/units.html", {"round": round_, "several": Census(round_).several()})


@door("examine.view", to_examine, methods=READ)
def application(request: HttpRequest, found: Application, public_id: str) -> HttpResponse:
    return _page(request, found, conclude_form(_examination(found)))


def _page(request: HttpRequest, found: Application, form: ConcludeForm, status: int = 200,
          typed: Typed | None = None) -> HttpResponse:
    """`typed`: a mark that was not kept."""
    page = examining_page(found, request.user)
    choice = page.choices.get(CONCLUDE)
    kept = _examination(found)
    asked = with_answers(request, choice.option.decides if choice else (), kept.decisions if kept else None)
    if form.superseded:
        form.goes_on_from(conclude_form(kept), _other_decisions(asked, kept))
    context = {"page": page, "lines": typed_into(page.lines, typed), "application": found, "record": found.case,
               "marks": MARKS.items(), "form": form,
               "kept": kept, "asked": asked, "despite": passed_despite(kept) if kept else (),
               "moves": dict(next((moves for key, _, moves in GROUPS if key == found.case.stage), ())),
               "examining": found.case.stage == EXAMINING}
    return render(request, "intake/examine_application.html", context, status=status)


def _other_decisions(asked: list[tuple[Reason, str]], kept: Examination | None) -> list[tuple[str, str]]:
    """The written reasons that stand there and are other than what was typed."""
    there = kept.decisions if kept else {}
    return [(say(r.text), there.get(r.about, "")) for r, typed in asked if there.get(r.about, "") != typed]


@door("examine.act", to_examine, methods=WRITE)
def mark(request: HttpRequest, found: Application, public_id: str) -> HttpResponse:
    """Keep the examiner's own mark."""
    return kept_mark(
        request, formal_examination(),
        lambda item, data: domain.mark_formal(found, item, data["mark"], data["remark"], me(request), data["version"]),
        lambda item: own_line(found, request.user, item), (HERE, public_id),
        lambda typed: _page(request, found, conclude_form(_examination(found)), 409, typed))


@door("examine.act", to_examine, methods=WRITE)
def conclude_one(request: HttpRequest, found: Application, public_id: str) -> HttpResponse:
    form = ConcludeForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if told(request, form, lambda: domain.conclude(found, data["conclusion"], data["reasons"], me(request),
                                                       data["version"], reasons_in(request)),
                "结论已保存，尚未公示", "the conclusion is kept; it is not published yet"):
            return redirect(HERE, public_id)
    if form.superseded:
        found.refresh_from_db()
    return _page(request, found, form, status=409)
