"""The office's desk of objections; withdrawing a notice."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.me import me
from guiju.web.cases.models import CaseRecord
from guiju.web.files.queries import attached_to
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.notices import domain
from guiju.web.notices.forms import AnswerForm, HandleForm, InquiryForm, WithdrawForm
from guiju.web.notices.models import Objection, PublicNotice
from guiju.web.notices.queries import a_notice, an_objection, objections_for
from guiju.web.notices.threads import standing_of

STEPS = ("accept", "uphold", "dismiss")


@door("objection.list", methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """Objections that I settle, the open ones marked."""
    page = Paginator(objections_for(request.user), 25).get_page(request.GET.get("page"))
    rows = [(o, standing_of(o)) for o in page]
    return render(request, "notices/desk.html", {"page": page, "rows": rows, "today": today()})


@door("objection.handle", an_objection)
def handle(request: HttpRequest, objection: Objection, objection_id: str) -> HttpResponse:
    """One objection: what it says, who raised it if he gave a name, what was asked, and the steps."""
    step = request.POST.get("step", "")
    form = HandleForm(request.POST, step) if step in STEPS else HandleForm()
    if not form.is_bound:
        return _page(request, objection, 200)
    if not form.is_valid():
        return _page(request, objection, 400, form=form)
    made = domain.handle(objection, step,  # type: ignore[arg-type]  # one of STEPS, or the form were not bound
                         form.cleaned_data["finding"], me(request), request.POST.get("seen", ""))
    if isinstance(made, CaseRecord):
        done(request, "已办理", "done")
        return redirect("notices:handle", objection_id)
    if not isinstance(made, Refusal):
        return render(request, "cases/overtaken.html", {"record": objection.item.case, "made": made}, status=409)
    return _page(request, objection, 409, form=form, refusal=made)


def _page(request: HttpRequest, objection: Objection, status: int, *, form: HandleForm | None = None,
          asking: InquiryForm | None = None, answering: tuple[int, AnswerForm] | None = None,
          refusal: Refusal | None = None) -> HttpResponse:
    """The page; a form that was sent keeps what was typed. `answering`: that of one inquiry."""
    number, answered = answering or (0, AnswerForm())
    asked = [(q, answered if q.pk == number else AnswerForm(auto_id=f"answer-{q.pk}-%s"))
             for q in objection.inquiries.order_by("pk")]
    return render(request, "notices/handle.html", {
        "objection": objection, "item": objection.item, "record": objection.item.case,
        "standing": standing_of(objection), "form": form or HandleForm(), "asking": asking or InquiryForm(),
        "refusal": refusal, "today": today(), "files": attached_to("objection", objection.public_id), "asked": asked},
        status=status)


@door("objection.handle", an_objection, methods=("POST",))
def inquire(request: HttpRequest, objection: Objection, objection_id: str) -> HttpResponse:
    form = InquiryForm(request.POST)
    if not form.is_valid():
        return _page(request, objection, 400, asking=form)
    try:
        domain.inquire(objection, form.cleaned_data["to"], form.cleaned_data["of"], form.cleaned_data["question"],
                       me(request))
    except Refused as refusal:
        form.refused(refusal)
        return _page(request, objection, 409, asking=form)
    done(request, "已记下", "on record")
    return redirect("notices:handle", objection_id)


@door("objection.handle", an_objection, methods=("POST",))
def note_answer(request: HttpRequest, objection: Objection, objection_id: str, number: int) -> HttpResponse:
    """What somebody else answered, written down by the office."""
    inquiry = objection.inquiries.filter(to="other", pk=number).first()
    if inquiry is None:
        raise Http404
    form = AnswerForm(request.POST, auto_id=f"answer-{number}-%s")
    if not form.is_valid():
        return _page(request, objection, 400, answering=(number, form))
    try:
        domain.answer(inquiry, form.cleaned_data["answer"])
    except Refused as refusal:
        form.refused(refusal)
        return _page(request, objection, 409, answering=(number, form))
    done(request, "已记下", "on record")
    return redirect("notices:handle", objection_id)


def _a_notice(user: object, notice_id: str, **_: object) -> PublicNotice:
    return a_notice(user, notice_id)


@door("notice.withdraw", _a_notice)
def withdraw(request: HttpRequest, notice: PublicNotice, notice_id: str) -> HttpResponse:
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            domain.withdraw(notice, me(request), form.cleaned_data["why"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "公示已撤回", "withdrawn")
            return redirect("notices:show", notice_id)
    return render(request, "notices/withdraw.html", {"notice": notice, "form": form},
                  status=409 if form.errors else 200)
