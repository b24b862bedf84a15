"""What everybody sees of notices; and objecting."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.refusal import Refusal
from guiju.papers import WRITERS
from guiju.web.accounts.domain.signing import place_of
from guiju.web.cases.charts import calendar
from guiju.web.files.domain import take_in
from guiju.web.files.kinds import MEDIA
from guiju.web.kit.clock import today
from guiju.web.kit.doors import public
from guiju.web.kit.downloads import download
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Refused, verdict
from guiju.web.notices import domain
from guiju.web.notices.clockwork import clock_of
from guiju.web.notices.domain.objecting import MOST_FILES, digest
from guiju.web.notices.forms import AnswerForm, CodeForm, ObjectionForm
from guiju.web.notices.models import NoticeItem, Objection, PublicNotice
from guiju.web.notices.paper import notice_paper
from guiju.web.notices.queries import a_notice, by_code, public_notices, raised_by
from guiju.web.notices.threads import anonymous_are_heard, issuer_of, notice_of_item, procedure_of_item, standing_of
from guiju.web.rounds.page import basis

_CODE, _FRESH = "notices_receipt", "notices_receipt_fresh"


@public
def listing(request: HttpRequest) -> HttpResponse:
    page = Paginator(public_notices(), 25).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "today": today()})


@public
def show(request: HttpRequest, notice_id: str) -> HttpResponse:
    notice = a_notice(request.user, notice_id)
    items = list(notice.items.select_related("case__revision").order_by("place"))
    chart, own = notice_of_item(items[0])
    return render(request, "notices/show.html", {
        "notice": notice, "items": items, "clock": clock_of(notice, today(), calendar()), "today": today(),
        "own": own, "issuer": issuer_of(notice), "basis": basis(chart, notice.clauses), "takes": _takes(notice, items),
        "withdraws": verdict(request.user, "notice.withdraw", notice).allowed})


def _takes(notice: PublicNotice, items: list[NoticeItem]) -> bool:
    """Whether objections are taken now."""
    return notice.state == "published" and today() <= notice.ends and procedure_of_item(items[0]) is not None


@public
def paper(request: HttpRequest, notice_id: str, kind: str) -> HttpResponse:
    """The notice as an official paper."""
    made, write = notice_paper(a_notice(request.user, notice_id)), WRITERS.get(kind)
    if write is None:
        raise Http404
    return download(write(made), MEDIA[kind], f"{notice_id}.{kind}")


@public
def object_(request: HttpRequest, notice_id: str, place: int) -> HttpResponse:
    """Object to an item."""
    notice = a_notice(request.user, notice_id)
    item = notice.items.select_related("case__revision", "notice__round").filter(place=place).first()
    if item is None or procedure_of_item(item) is None:
        raise Http404
    form = ObjectionForm(request.user, anonymous_are_heard(item), request.POST or None, request.FILES or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            uploads = [take_in(f) for f in form.cleaned_data["evidence"][:MOST_FILES + 1]]
            made = domain.object_to(item, _objector(request, form), form.cleaned_data["ground"], uploads)
        except Refused as no:
            form.refused(no)
        else:
            if not isinstance(made, Refusal):
                request.session[_CODE], request.session[_FRESH] = made.code, True
                return redirect("notices:lookup")
            refusal = made
    return render(request, "notices/object.html", {
        "notice": notice, "item": item, "form": form, "refusal": refusal, "open": _takes(notice, [item])},
        status=409 if refusal else 200)


def _objector(request: HttpRequest, form: ObjectionForm) -> domain.Objector:
    data, origin = form.cleaned_data, place_of(request).address
    if data["how"] == "account" and form.own is not None:
        return domain.Objector(form.own, form.own.name, form.own.email, origin)
    if data["how"] == "named":
        return domain.Objector(None, data["name"].strip(), data["contact"].strip(), origin)
    return domain.Objector(None, "", "", origin)


@public
def lookup(request: HttpRequest) -> HttpResponse:
    """What became of an objection, by the code of its receipt. The code stays in the session, not in the address."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if by_code(digest(form.cleaned_data["code"])) is None:
            form.refused(Refused("没有这个编码的异议，请核对", "no objection has this code"), "code")
        else:
            request.session[_CODE] = form.cleaned_data["code"]
            return redirect("notices:lookup")
    found = by_code(digest(request.session.get(_CODE, "")))
    fresh = request.session.pop(_FRESH, False) if found else False
    return render(request, "notices/lookup.html", {
        "form": form, "found": found, "standing": standing_of(found) if found else None,
        "code": request.session.get(_CODE) if fresh else "", "answering": AnswerForm(),
        "asked": found.inquiries.filter(to="objector").order_by("pk") if found else (), "mine": _mine(request)})


def _mine(request: HttpRequest) -> list[tuple[Objection, Any]]:
    if not request.user.is_authenticated:
        return []
    return [(o, standing_of(o)) for o in raised_by(request.user)[:20]]


@public
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the code in this browser."""
    if request.method == "POST":
        request.session.pop(_CODE, None)
        done(request, "这台设备上不再显示", "this browser shows it no more")
    return redirect("notices:lookup")


@public
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The objector answers what the office asks."""
    found = by_code(digest(request.session.get(_CODE, "")))
    inquiry = found.inquiries.filter(to="objector", pk=number).first() if found else None
    if inquiry is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            domain.answer(inquiry, form.cleaned_data["answer"])
            done(request, "答复已收到", "your answer is in")
        except Refused as refusal:
            failed(request, refusal.text)
    return redirect("notices:lookup")
