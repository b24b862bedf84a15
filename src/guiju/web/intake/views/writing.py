"""What the body writes down while it checks: marks, consultations, its opinion."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.applications.models import Application
from guiju.web.intake import domain
from guiju.web.intake.checklists import material_check
from guiju.web.intake.forms import AnsweredForm, AskForm, OpinionForm, opinion_form
from guiju.web.intake.page import Line
from guiju.web.intake.queries import material_marks, opinion_of, to_recommend
from guiju.web.intake.views.marking import kept_mark
from guiju.web.intake.views.recommending import shown
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import t

WRITE = ("POST",)
HERE = "intake:recommend-application"
OPINION_KEPT = Text("推荐意见已保存", "the opinion is kept")
ASKED, SENT = Text("已登记征求意见", "kept"), Text("已登记，链接已寄出", "kept, the link is sent")
ANSWERED = Text("答复已登记", "the answer is kept")


@door("recommend.act", to_recommend, methods=WRITE)
def mark_material(request: HttpRequest, found: Application, public_id: str) -> HttpResponse:
    """Keep the body's mark."""
    return kept_mark(
        request, material_check(),
        lambda item, data: domain.mark_material(found, item, data["mark"], data["remark"], me(request),
                                                data["version"]),
        lambda item: Line(item, material_marks(found).get(item.id), (), None), (HERE, public_id),
        lambda typed: shown(request, found, typed))


@door("recommend.act", to_recommend, methods=WRITE)
def opinion(request: HttpRequest, found: Application, public_id: str) -> HttpResponse:
    form = OpinionForm(request.POST, request.FILES)
    return _kept(request, form, public_id, lambda: domain.write_opinion(
        found, form.written(), me(request), form.cleaned_data["version"], form.upload), OPINION_KEPT,
        lambda: form.goes_on_from(opinion_form(opinion_of(found))))


@door("recommend.act", to_recommend, methods=WRITE)
def ask(request: HttpRequest, found: Application, public_id: str) -> HttpResponse:
    form = AskForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        domain.ask(found, data["department"], data["question"], data["asked_on"], me(request),
                   address=data["address"], until=data["until"])

    return _kept(request, form, public_id, act, SENT if request.POST.get("ask-address", "").strip() else ASKED)


@door("recommend.act", to_recommend, methods=WRITE)
def answered(request: HttpRequest, found: Application, public_id: str) -> HttpResponse:
    number = request.POST.get("of", "")[:20]
    form = AnsweredForm(request.POST, request.FILES, prefix=number)

    def act() -> None:
        data = form.cleaned_data
        domain.record_answer(found, number, data["answer"], data["name"], data["on"], me(request),
                             [form.upload] if form.upload else [])

    return _kept(request, form, public_id, act, ANSWERED)


def _kept(request: HttpRequest, form: AskForm | AnsweredForm | OpinionForm, public_id: str, act: Callable[[], object],
          said: Text, when_superseded: Callable[[], None] = lambda: None) -> HttpResponse:
    """Do it and go back; or say what is wrong, or why not, on a page that keeps what was typed."""
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            form.refused(refused)
            if form.superseded:
                when_superseded()
            return _wrong(request, form, public_id, 409)
        done(request, said.zh, said.en)
        return redirect(HERE, public_id)
    return _wrong(request, form, public_id, 400)


def _wrong(request: HttpRequest, form: AskForm | AnsweredForm | OpinionForm, public_id: str, status: int
           ) -> HttpResponse:
    return render(request, "intake/wrong.html", {"form": form, "back": public_id, "title": t(
        "没有保存：请改正", "not kept: please mend")}, status=status)
