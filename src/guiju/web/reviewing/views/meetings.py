"""The committee's meeting, and the vote of each member in his own session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from guiju.lifecycle.refusal import Refusal
from guiju.review.ballots import CHOICES, base_of
from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Denied, Refused, check, verdict
from guiju.web.kit.reasons import reasons_in
from guiju.web.kit.text import say
from guiju.web.reviewing.domain import beginning, voting
from guiju.web.reviewing.forms import CallForm, MinutesForm, NotesForm, VoteForm
from guiju.web.reviewing.models import Hearing, Meeting
from guiju.web.reviewing.projection import reading_of
from guiju.web.reviewing.queries.away import kept_away
from guiju.web.reviewing.queries.ballots import box_of, my_vote, present_at, turnout_of
from guiju.web.reviewing.queries.marks import result_for
from guiju.web.reviewing.queries.parts import chairs, my_hearing, my_meeting, officers_round, presided_round
from guiju.web.reviewing.queries.scene import title_of, titled
from guiju.web.reviewing.views.shared import Sent, Unfit, act_of, decisions_of, read
from guiju.web.rounds.models import Round

_READ = ("GET", "HEAD")


@door("review.preside", presided_round)
def begin(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """T12: the chair begins the review of what was taken in."""
    rows = list(round_.applications.filter(case__stage=beginning.TAKEN_IN).select_related(
        "case", "case__revision", "case__organisation", "organisation", "placement__panel__leader", "round"
        ).order_by("pk"))
    results = None
    if request.method == "POST":
        chosen = [a for a in rows if a.public_id in request.POST.getlist("application")]
        results = beginning.begin_review(round_, chosen, me(request), request.POST.get("rules") == "yes",
                                         reasons_in(request))
        if all(r.refused is None for r in results) and results:
            done(request, f"{len(results)} 份申报开始评审", f"the review of {len(results)} applications has begun")
            return redirect("reviewing:begin", round_id)
    return render(request, "reviewing/begin.html", {
        "round": round_, "rows": titled(rows), "results": results,
        "chosen": request.POST.getlist("application"), "asked": _asked(results)}, status=409 if results else 200)


def _asked(results: list[beginning.Begun] | None) -> list[object]:
    found = [r for b in results or () if isinstance(b.refused, Refusal) for r in decisions_of(b.refused)]
    return list({r.about: r for r in found}.values())


@door("review.organise", officers_round)
def call(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """Call a meeting: when, where, which applications."""
    rows = list(round_.applications.filter(case__stage=voting.HEARD_AT).exclude(
        hearings__meeting__over=None, hearings__isnull=False).select_related("organisation", "case").order_by("pk"))
    sent, chosen = Sent(request), rows
    form = sent.form(CallForm, "", initial={"title": say(Text(f"{round_.title}审议投票会", f"{round_.title} meeting"))})
    if request.method == "POST":
        chosen = [a for a in rows if a.public_id in request.POST.getlist("application")]
        if answer := act_of(request, sent, "reviewing:desk", lambda: voting.call_meeting(
                round_, **read(form), applications=chosen, user=me(request))):
            return answer
    ticked = {a.pk for a in chosen}
    return render(request, "reviewing/call.html", {
        "round": round_, "rows": [(a, title, a.pk in ticked) for a, title in titled(rows)], "form": form},
        status=sent.status)


@door("review.meet", my_meeting)
def meeting(request: HttpRequest, found: Meeting, public_id: str) -> HttpResponse:
    """Agenda, presence, how each ballot stands."""
    sent = Sent(request)
    form = sent.form(MinutesForm, "end")
    if request.method == "POST":
        check(request.user, "review.conduct", found)

        def run() -> None:
            if request.POST.get("do") == "present":
                voting.set_present(found, [n for n in map(whole_number, request.POST.getlist("seat")) if n])
            elif request.POST.get("do") == "end":
                voting.end_meeting(found, read(form)["minutes"])

        if answer := act_of(request, sent, "reviewing:meeting", run, public_id):
            return answer
    hearings = found.hearings.select_related(
        "application__organisation", "application__case", "application__body__body__organisation",
        "application__placement__panel", "box", "meeting", "meeting__committee").order_by("place")
    titled(h.application for h in hearings)
    away = kept_away(request.user, found.round, [h.application for h in hearings])
    present, there = set(found.present.values_list("pk", flat=True)), present_at(found)
    return render(request, "reviewing/meeting.html", {
        "meeting": found, "round": found.round, "conducts": verdict(request.user, "review.conduct", found).allowed,
        "seats": [(s, s.pk in present) for s in found.committee.seats.select_related("user").order_by("pk")],
        "hearings": [(h, title_of(h.application), _standing(h, request.user, away), turnout_of(h, there))
                     for h in hearings],
        "present": len(present), "form": form}, status=sent.status)


def _standing(hearing: Hearing, user: object, away: frozenset[str]) -> str:
    """How a person stands to a vote; whoever keeps away does so before it is opened, too."""
    return "away" if hearing.application.public_id in away else my_vote(hearing, user)


@door("review.meet", lambda user, public_id, **_: my_hearing(user, public_id).meeting)
def hearing(request: HttpRequest, _: Meeting, public_id: str) -> HttpResponse:
    """One application before the committee: papers, score, notes, ballot. To the chair who has to keep away from it
    only the ballot, which he conducts all the same: nobody else can put down what was counted."""
    found = my_hearing(request.user, public_id)
    sent = Sent(request)
    notes = sent.form(NotesForm, "note", initial={"notes": found.notes, "visited": found.visited})
    if request.method == "POST" and (answer := _hear(request, found, sent, notes)):
        return answer
    conducts = verdict(request.user, "review.conduct", found.meeting).allowed
    heard = verdict(request.user, "review.hear", found)
    if not heard and not conducts:
        raise Denied(heard.why)
    shown = {} if not heard else {
        "reading": reading_of(found.application, False), "result": result_for(found.application),
        "visits": found.application.visits.filter(reported__isnull=False)}
    return render(request, "reviewing/hearing.html", {
        "hearing": found, "meeting": found.meeting, "title": title_of(found.application), "conducts": conducts,
        "heard": heard, **shown, "mine": my_vote(found, request.user) if heard else "away",
        "chairs": chairs(request.user, found.meeting.round), **_ballot(found),
        "stage": found.application.case.stage, "notes": notes}, status=sent.status)


def _ballot(hearing: Hearing) -> dict[str, object]:
    """How the ballot stands: how many have voted and how many not, of what the share is taken; the counted papers, each
    with what its voter can find it by."""
    box = box_of(hearing)
    if box is None:
        return {}
    turnout = turnout_of(hearing, present_at(hearing.meeting))
    assert turnout is not None
    papers = box.papers if hearing.state == "closed" else ()
    return {"turnout": turnout, "missing": turnout[1] - turnout[0], "base": base_of(box.ballot.rule),
            "papers": [(p.commitment, CHOICES[p.choice]) for p in papers]}


def _hear(request: HttpRequest, found: Hearing, sent: Sent, notes: NotesForm) -> HttpResponse | None:
    do = request.POST.get("do", "")
    if do in ("list", "off"):
        check(request.user, "review.preside", found.meeting.round)
    else:
        check(request.user, "review.conduct", found.meeting)
    if do == "note":
        check(request.user, "review.hear", found)

    def run() -> None:
        if do == "note":
            data = read(notes)
            voting.note_hearing(found, data["notes"], data["visited"])
        elif do == "open":
            voting.open_vote(found)
        elif do == "count":
            voting.close_vote(found, request.POST.get("with_missing") == "yes")
        elif do == "unopen":
            voting.take_back_vote(found)
        elif do == "list":
            voting.put_on_list(found, me(request), reasons_in(request))
            done(request, "已列入建设建议名单", "it is on the proposed list")
        elif do == "off":
            voting.leave_off(found, me(request))
            done(request, "未列入建议名单", "it was left off the proposed list")

    return act_of(request, sent, "reviewing:hearing", run, found.public_id)


@never_cache
@door("review.vote", my_hearing)
def vote(request: HttpRequest, found: Hearing, public_id: str) -> HttpResponse:
    """One's own vote. The receipt is in the answer to the vote and nowhere else: not in a session, not in an address,
    for it leads to the paper."""
    sent = Sent(request)
    form = sent.form(VoteForm, "")
    context: dict[str, object] = {"hearing": found, "title": title_of(found.application), "form": form}
    if request.method == "POST":
        try:
            data = read(form)
            context["receipt"] = voting.vote(found, me(request), data["choice"], data["word"])
        except Unfit:
            sent.status = 400
        except Refused as refused:
            context["refused"], sent.status = refused.text, 409
    context["mine"] = my_vote(found, request.user)
    return render(request, "reviewing/vote.html", context, status=sent.status)
