"""Moves for many applications at once: tried first, then made."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.applications.models import Application
from guiju.web.intake import domain
from guiju.web.intake.domain.batches import MOST, Outcome, Plan
from guiju.web.intake.domain.body_batches import plan_of_body
from guiju.web.intake.domain.notice import Wording
from guiju.web.intake.domain.officer import Given, plan
from guiju.web.intake.forms import WordingForm
from guiju.web.intake.models import Batch
from guiju.web.intake.queries import at_ministry, my_batch, my_body, my_round, queue_of
from guiju.web.intake.stages import ACCEPT, CONCLUDE, FORWARD, RECEIVE, RETURN, TAKE_IN
from guiju.web.kit.doors import door
from guiju.web.kit.lengths import within
from guiju.web.kit.notes import failed
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.models import Round, RoundBody

WRITE, READ, LONGEST = ("POST",), ("GET", "HEAD"), 5000
LABELS = {
    TAKE_IN: Text("收件", "take in"), FORWARD: Text("推荐并报送总局", "recommend and forward"),
    RECEIVE: Text("收件并转形式审查", "receive for examination"),
    CONCLUDE: Text("出结论并公示", "conclude and publish"),
    ACCEPT: Text("受理", "accept"), RETURN: Text("退回申报材料", "return"),
}
OF_BODY, OF_OFFICE = (TAKE_IN, FORWARD), (RECEIVE, CONCLUDE, ACCEPT, RETURN)


@door("recommend.act", my_body, methods=WRITE)
def of_body(request: HttpRequest, body: RoundBody, round_id: str, number: int) -> HttpResponse:
    move = _move(request, OF_BODY)
    chosen = _chosen(request, list(queue_of(body)))
    given = _given(request, chosen)
    return _answer(request, plan_of_body(move, body, me(request), chosen, given), given, body.round, body)


@door("examine.act", my_round, methods=WRITE)
def of_office(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    move = _move(request, OF_OFFICE)
    chosen = _chosen(request, list(at_ministry(round_)))
    given, form = _given(request, chosen), WordingForm(request.POST)
    wording = form.wording() if form.is_valid() else Wording()
    return _answer(request, plan(move, round_, me(request), chosen, given, wording), given, round_, None, form)


def _answer(request: HttpRequest, planned: Plan, given: dict[str, Given], round_: Round, body: RoundBody | None,
            form: WordingForm | None = None) -> HttpResponse:
    """The trial's page; with `run`, the batch itself and then its record."""
    if len(planned.applications) > MOST or not planned.applications:
        failed(request, Text(f"请选 1 到 {MOST} 份申报", f"choose 1 to {MOST} applications"))
        return _back(round_, body)
    if "run" in request.POST and (form is None or form.is_valid()):
        try:
            made = domain.carry_out(planned, request.POST.get("whole") == "1")
        except Refused as refused:
            failed(request, refused.text)
        else:
            return redirect("intake:batch", made.public_id)
    return render(request, "intake/rehearsal.html", _trial(request, planned, given, round_, body, form))


def _trial(request: HttpRequest, planned: Plan, given: dict[str, Given], round_: Round, body: RoundBody | None,
           form: WordingForm | None) -> dict[str, Any]:
    outcomes = domain.rehearse(planned)
    rows = [_row(o, given[o.application.public_id]) for o in outcomes]
    made = sum(o.made for o in outcomes)
    return {"rows": rows, "made": made, "refused": len(outcomes) - made, "move": planned.move,
            "label": LABELS[planned.move], "round": round_, "body": body, "receives": planned.move == RECEIVE,
            "returns": planned.move == RETURN, "publishes": planned.move == CONCLUDE and made,
            "form": form if planned.move == CONCLUDE and "run" in request.POST else WordingForm(),
            "whole": request.POST.get("whole", "0")}


def _row(outcome: Outcome, given: Given) -> dict[str, Any]:
    """An application with the reasons that are asked for now, and those that were written before."""
    asked = {r.about: r for r in outcome.reasons if r.code == "decision"}
    return {"outcome": outcome, "given": given, "head": given.seen,
            "asked": [(r, given.decisions.get(about, "")) for about, r in asked.items()],
            "kept": [(about, words) for about, words in given.decisions.items() if about not in asked]}


def _move(request: HttpRequest, known: tuple[str, ...]) -> str:
    move = request.POST.get("move", "")
    if move not in known:
        raise Http404
    return move


def _chosen(request: HttpRequest, visible: list[Application]) -> list[Application]:
    """The applications that were ticked, among those that the person sees in this queue."""
    ticked = set(request.POST.getlist("chosen"))
    return [a for a in visible if a.public_id in ticked]


def _given(request: HttpRequest, chosen: list[Application]) -> dict[str, Given]:
    """What came for each application; its head as it is now where the page did not say which was seen. Raises
    TooLong."""
    found = {}
    for application in chosen:
        prefix = f"{application.public_id}:"
        own = {k.removeprefix(prefix): within(LONGEST, str(v), "填写的文字", "text")
               for k, v in request.POST.items() if k.startswith(prefix)}
        decisions = {k.removeprefix("decide-"): v for k, v in own.items() if k.startswith("decide-") and v.strip()}
        found[application.public_id] = Given(own.get("copies", ""), own.get("electronic") == "1", own.get("reason", ""),
                                             decisions, own.get("seen") or application.case.head)
    return found


def _back(round_: Round, body: RoundBody | None) -> HttpResponse:
    if body is not None:
        return redirect("intake:recommend-queue", round_.public_id, body.pk)
    return redirect("intake:examine-queue", round_.public_id)


@door("batch.view", my_batch, methods=READ)
def batch(request: HttpRequest, found: Batch, public_id: str) -> HttpResponse:
    """What a batch did."""
    lines = [{**line, "stage": Text(*line["stage"]), "why": [Text(*w) for w in line["why"]]} for line in found.lines]
    return render(request, "intake/batch.html", {"batch": found, "lines": lines, "label": LABELS[found.move],
                                                 "page": "recommend" if found.body_id else "examine"})
