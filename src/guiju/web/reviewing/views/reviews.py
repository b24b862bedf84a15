"""An expert's own applications: reading, declaring, marking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.files.queries import attached_to
from guiju.web.files.serving import given
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain import assigning, marking
from guiju.web.reviewing.domain.ties import code_of
from guiju.web.reviewing.forms import DeclareForm, DeclineForm, OpinionForm, OrganisationForm, VetoForm
from guiju.web.reviewing.models import Assigned, Declared
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.page import Typed, lacking, marking_lines
from guiju.web.reviewing.projection import file_for, reading_of
from guiju.web.reviewing.queries.marks import VETO_HOLDER, not_set, rubric_of
from guiju.web.reviewing.queries.parts import my_assigned
from guiju.web.reviewing.views.shared import Sent, act_of, read, upload_in
from guiju.web.rounds.review_rules import rules_of

_READ = ("GET", "HEAD")


@door("review.own", my_assigned)
def review(request: HttpRequest, assigned: Assigned, public_id: str) -> HttpResponse:
    """One application: what is handed in, one's ties, one's marks."""
    sent = Sent(request)
    if request.method == "POST" and (answer := _acted(request, assigned, sent)):
        return answer
    return _page(request, assigned, sent)


def _page(request: HttpRequest, assigned: Assigned, sent: Sent, typed: Typed | None = None) -> HttpResponse:
    round_ = assigned.application.round
    reading = reading_of(assigned.application, rules_of(round_).hides_names)
    sheet = getattr(assigned, "sheet", None)
    said = Declared.objects.filter(application=assigned.application, user=assigned.user).order_by("-at", "-pk").first()
    return render(request, "reviewing/review.html", {
        "assigned": assigned, "round": round_, "reading": reading, "rubric": rubric_of(round_),
        "groups": list(marking_lines(rubric_of(round_), sheet, typed)), "sheet": sheet, "said": said,
        "open": not_set(round_), "lacking": lacking(sheet, round_), "forms": {
            "declare": sent.form(DeclareForm, "declare"), "decline": _declining(sent), "organisation": _telling(sent),
            "veto": sent.form(VetoForm, "veto"),
            "opinion": sent.form(OpinionForm, "opinion", initial={"opinion": sheet.opinion if sheet else ""})},
        "claims": [(c, list(attached_to(VETO_HOLDER, c.public_id))) for c in sheet.claims.all()] if sheet else [],
        "editable": assigned.state == "taken" and not (sheet and sheet.submitted),
        "closed": assigned.application.placement.closed}, status=sent.status)


def _declining(sent: Sent) -> DeclineForm:
    return sent.form(DeclineForm, "decline", "decline-%s")


def _telling(sent: Sent) -> OrganisationForm:
    return sent.form(OrganisationForm, "organisation", "organisation-%s")


def _acted(request: HttpRequest, assigned: Assigned, sent: Sent) -> HttpResponse | None:
    answer = act_of(request, sent, "reviewing:review", lambda: _do(request, assigned, sent), assigned.public_id)
    assigned.refresh_from_db(fields=["state"])
    return answer if assigned.state in STANDING else redirect("reviewing:desk")


def _do(request: HttpRequest, assigned: Assigned, sent: Sent) -> None:
    acts: dict[str, Callable[[HttpRequest, Assigned, Sent], object]] = {
        "declare": _declare, "organisation": _declare_organisation, "submit": _submit, "veto": _veto,
        "decline": lambda r, a, s: assigning.decline(a, read(_declining(s))["reason"]),
        "opinion": lambda r, a, s: marking.save_opinion(a, read(s.form(OpinionForm, "opinion"))["opinion"]),
        "take-back": lambda r, a, s: marking.take_back(a),
        "withdraw": lambda r, a, s: marking.withdraw_claim(a, r.POST.get("claim", ""))}
    chosen = acts.get(request.POST.get("do", ""))
    if chosen is None:
        raise Refused("不知道要办什么，请刷新后再试", "it is not clear what to do: reload the page")
    chosen(request, assigned, sent)


def _declare(request: HttpRequest, assigned: Assigned, sent: Sent) -> None:
    data = read(sent.form(DeclareForm, "declare"))
    assigning.declare(assigned, data["relation"] if data["tie"] == "yes" else "")


def _declare_organisation(request: HttpRequest, assigned: Assigned, sent: Sent) -> None:
    data = read(_telling(sent))
    assigning.declare_organisation(assigned.application.round, assigned.user, code_of(data["code"]), data["relation"])


def _veto(request: HttpRequest, assigned: Assigned, sent: Sent) -> None:
    data = read(sent.form(VetoForm, "veto"))
    marking.claim_veto(assigned, data["kind"], data["evidence"], upload_in(request, "file", marking.EVIDENCE))


def _submit(request: HttpRequest, assigned: Assigned, sent: Sent) -> None:
    marking.submit(assigned)
    done(request, "已提交；专家组结束打分之前可以取回修改", "handed in: you may take it back until the panel closes")


@door("review.own", my_assigned, methods=("POST",))
def mark(request: HttpRequest, assigned: Assigned, public_id: str, indicator: str) -> HttpResponse:
    """Keep one mark. With a script, the answer is what stands beside the field; without one, the page again, which
    keeps what was typed where it was not saved."""
    version = whole_number(request.POST.get("version", "")) or 0
    value, reason = request.POST.get("value", ""), request.POST.get("reason", "")
    context: dict[str, object] = {"indicator": indicator, "version": version}
    try:
        kept = marking.save_mark(assigned, indicator, value, reason, version)
    except Refused as refused:
        context |= {"state": "refused", "text": refused.text}
    else:
        stale = isinstance(kept, marking.Stale)
        row = kept.mark if isinstance(kept, marking.Stale) else kept
        context |= {"state": "stale" if stale else "kept", "mark": row, "version": row.version, "saved": True,
                    "lacking": lacking(row.sheet, assigned.application.round)}
    if request.htmx:  # type: ignore[attr-defined]  # by django_htmx
        return render(request, "reviewing/mark_state.html", context)
    if context["state"] == "kept":
        return redirect("reviewing:review", public_id)
    sent = Sent(request)
    sent.status = 409
    return _page(request, assigned, sent, Typed(indicator, value, reason, context))


@door("review.own", my_assigned, methods=_READ)
def attachment(request: HttpRequest, assigned: Assigned, public_id: str, file: str) -> FileResponse:
    """A file of the application; where names are hidden only one that was found to name nobody: what a file holds
    can't be masked."""
    found, name = file_for(assigned.application, file)
    return given(found, name)
