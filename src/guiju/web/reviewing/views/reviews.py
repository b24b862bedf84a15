"""An expert's own applications: reading, declaring, marking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.files.kinds import ACCEPT
from guiju.web.files.queries import attached_to
from guiju.web.files.serving import given
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done, failed
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain import assigning, marking
from guiju.web.reviewing.domain.ties import code_of
from guiju.web.reviewing.models import Assigned, Declared
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.models.marking import VETOES
from guiju.web.reviewing.page import lacking, marking_lines
from guiju.web.reviewing.projection import file_for, reading_of
from guiju.web.reviewing.queries.marks import VETO_HOLDER, not_set, rubric_of
from guiju.web.reviewing.queries.parts import my_assigned
from guiju.web.reviewing.views.shared import act, upload_in
from guiju.web.rounds.review_rules import rules_of

_READ = ("GET", "HEAD")


@door("review.own", my_assigned)
def review(request: HttpRequest, assigned: Assigned, public_id: str) -> HttpResponse:
    """One application: what is handed in, one's ties, one's marks."""
    if request.method == "POST":
        return _acted(request, assigned)
    round_ = assigned.application.round
    reading = reading_of(assigned.application, rules_of(round_).hides_names)
    sheet = getattr(assigned, "sheet", None)
    said = Declared.objects.filter(application=assigned.application, user=assigned.user).order_by("-at", "-pk").first()
    return render(request, "reviewing/review.html", {
        "assigned": assigned, "round": round_, "reading": reading,
        "rubric": rubric_of(round_), "groups": list(marking_lines(rubric_of(round_), sheet)), "sheet": sheet,
        "said": said, "vetoes": VETOES.items(), "open": not_set(round_), "lacking": lacking(sheet, round_),
        "claims": [(c, list(attached_to(VETO_HOLDER, c.public_id))) for c in sheet.claims.all()] if sheet else [],
        "accept": ACCEPT, "editable": assigned.state == "taken" and not (sheet and sheet.submitted),
        "closed": assigned.application.placement.closed})


def _acted(request: HttpRequest, assigned: Assigned) -> HttpResponse:
    answer = act(request, "reviewing:review", lambda: _do(request, assigned), assigned.public_id)
    assigned.refresh_from_db(fields=["state"])
    return answer if assigned.state in STANDING else redirect("reviewing:desk")


def _do(request: HttpRequest, assigned: Assigned) -> None:
    acts: dict[str, Callable[[HttpRequest, Assigned], object]] = {
        "declare": _declare, "organisation": _declare_organisation, "submit": _submit,
        "decline": lambda r, a: assigning.decline(a, r.POST.get("reason", "")),
        "opinion": lambda r, a: marking.save_opinion(a, r.POST.get("opinion", "")),
        "take-back": lambda r, a: marking.take_back(a),
        "withdraw": lambda r, a: marking.withdraw_claim(a, r.POST.get("claim", "")),
        "veto": lambda r, a: marking.claim_veto(a, r.POST.get("kind", ""), r.POST.get("evidence", ""),
                                                upload_in(r, "file", marking.EVIDENCE))}
    chosen = acts.get(request.POST.get("do", ""))
    if chosen is None:
        raise Refused("不知道要办什么，请刷新后再试", "it is not clear what to do: reload the page")
    chosen(request, assigned)


def _declare(request: HttpRequest, assigned: Assigned) -> None:
    tie, relation = request.POST.get("tie", ""), request.POST.get("relation", "")
    if tie not in ("yes", "no") or (tie == "yes" and not relation.strip()):
        raise Refused("请选有无利害关系；有的，写明是什么关系", "say whether there is a tie, and if so which")
    assigning.declare(assigned, relation if tie == "yes" else "")


def _declare_organisation(request: HttpRequest, assigned: Assigned) -> None:
    assigning.declare_organisation(assigned.application.round, assigned.user, code_of(request.POST.get("code", "")),
                                   request.POST.get("relation", ""))


def _submit(request: HttpRequest, assigned: Assigned) -> None:
    marking.submit(assigned)
    done(request, "已提交；专家组结束打分之前可以取回修改", "handed in: you may take it back until the panel closes")


@door("review.own", my_assigned, methods=("POST",))
def mark(request: HttpRequest, assigned: Assigned, public_id: str, indicator: str) -> HttpResponse:
    """Keep one mark. With a script, the answer is what stands beside the field; without one, the page again."""
    version = whole_number(request.POST.get("version", "")) or 0
    context: dict[str, object] = {"indicator": indicator, "version": version}
    try:
        kept = marking.save_mark(assigned, indicator, request.POST.get("value", ""), request.POST.get("reason", ""),
                                 version)
    except Refused as refused:
        context |= {"state": "refused", "text": refused.text}
    else:
        stale = isinstance(kept, marking.Stale)
        row = kept.mark if isinstance(kept, marking.Stale) else kept
        context |= {"state": "stale" if stale else "kept", "mark": row, "version": row.version, "saved": True,
                    "lacking": lacking(row.sheet, assigned.application.round)}
    if not request.htmx:  # type: ignore[attr-defined]  # by django_htmx
        if context["state"] == "refused":
            failed(request, context["text"])  # type: ignore[arg-type]  # a Text
        return redirect("reviewing:review", public_id)
    return render(request, "reviewing/mark_state.html", context)


@door("review.own", my_assigned, methods=_READ)
def attachment(request: HttpRequest, assigned: Assigned, public_id: str, file: str) -> FileResponse:
    """A file of the application; where names are hidden only one that was found to name nobody: what a file holds
    can't be masked."""
    found, name = file_for(assigned.application, file)
    return given(found, name)
