"""Marks and what they come to. An expert sees his own; a leader his panel's, once handed in; results: see `rules`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from guiju.review.rubric import Indicator, Rubric, Scale, load_rubric, open_rules, with_rules
from guiju.review.scores import Agreement, Result, Row, Ruling, Score, Veto, agreement, ranking, result_of, rounded
from guiju.review.unset import Missing, NotComputable
from guiju.web.applications.models import Application
from guiju.web.files.models import Attachment
from guiju.web.files.queries import HOLDERS
from guiju.web.reviewing.models import Assigned, Sheet, VetoClaim, Visit
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.queries.away import has_to_keep_away
from guiju.web.reviewing.queries.parts import chairs, runs
from guiju.web.reviewing.queries.problem import REVIEWED_AT
from guiju.web.reviewing.queries.scene import title_of, titled
from guiju.web.rounds.models import Round
from guiju.web.rounds.programmes import RUBRICS
from guiju.web.rounds.review_rules import rules_of

TAKEN_IN = "S10"
VETO_HOLDER, VISIT_HOLDER = "veto", "visit"


def rubric_of(round_: Round) -> Rubric:
    """The indicators of the round's form with the figures of its detailed rules, as far as they are set."""
    rules = rules_of(round_)
    scale = Scale(Fraction(0), Fraction(rules.scale)) if rules.scale is not None else None
    return with_rules(load_rubric(RUBRICS[round_.chart]), weights=dict(rules.weights) or None, scale=scale,
                      aggregate=rules.aggregate, trim=rules.trim,  # type: ignore[arg-type]  # one of the two
                      least_scores=rules.least_scores)


def not_set(round_: Round) -> tuple[Missing, ...]:
    """What the detailed rules still have to set before there can be a score."""
    return open_rules(rubric_of(round_))


def unfinished(sheet: Sheet, rubric: Rubric) -> list[Indicator]:
    """Indicators that lack a mark or its reason."""
    whole = {m.indicator for m in sheet.marks.all() if m.value is not None and m.reason.strip()}
    return [i for i in rubric.marked() if i.id not in whole]


def sheets_of(applications: Iterable[Application]) -> dict[int, list[Sheet]]:
    """The reviews that were handed in by those who review still, by the application's key."""
    found: dict[int, list[Sheet]] = defaultdict(list)
    rows = Sheet.objects.filter(assigned__application__in=list(applications), assigned__state__in=STANDING,
                                submitted__isnull=False).select_related("assigned", "assigned__user").prefetch_related(
        "marks", "claims", "claims__settled_by").order_by("assigned__user__public_id")
    for sheet in rows:
        found[sheet.assigned.application_id].append(sheet)
    return found


def claims_of(application: Application) -> list[VetoClaim]:
    """Every claim of a veto, also of reviews that are not handed in: a veto waits for nobody's marks."""
    return list(VetoClaim.objects.filter(sheet__assigned__application=application).select_related(
        "sheet__assigned__user", "settled_by").order_by("at", "pk"))


def score_of(sheet: Sheet, application: str, rubric: Rubric) -> Score:
    """A review as the core reads it."""
    marked = {i.id for i in rubric.marked()}
    marks = {m.indicator: None if m.value is None else Fraction(m.value) for m in sheet.marks.all()
             if m.indicator in marked}
    reasons = {m.indicator: m.reason for m in sheet.marks.all() if m.reason and m.indicator in marked}
    claim = next(iter(sheet.claims.all()), None)
    veto = Veto(rubric.vetoes()[0].id, claim.evidence) if claim is not None and rubric.vetoes() else None
    return Score(sheet.assigned.user.public_id, application, marks, reasons, veto)


def rulings_of(sheets: Iterable[Sheet], application: str, rubric: Rubric) -> list[Ruling]:
    """What the leader settled; a claim that one expert made twice counts once."""
    found = []
    for sheet in sheets:
        settled = [c for c in sheet.claims.all() if c.state != "claimed"]
        if len(settled) == len(sheet.claims.all()) and settled:
            upheld = next((c for c in settled if c.state == "confirmed"), settled[0])
            found.append(Ruling(application, rubric.vetoes()[0].id, upheld.state == "confirmed",
                                upheld.settled_by.name if upheld.settled_by else "—", upheld.finding,
                                frozenset({sheet.assigned.user.public_id})))
    return found


def result_for(application: Application, rubric: Rubric | None = None, sheets: list[Sheet] | None = None) -> Result:
    """What the marks of one application come to now."""
    rubric = rubric or rubric_of(application.round)
    sheets = sheets_of([application])[application.pk] if sheets is None else sheets
    id_ = application.public_id
    return result_of(rubric, id_, [score_of(s, id_, rubric) for s in sheets], rulings_of(sheets, id_, rubric))


@dataclass(frozen=True, slots=True)
class Standing:
    """One application in the result sheet. `votes`: the tally of its last ballot."""

    application: Application
    title: str
    result: Result
    row: Row
    sheets: list[Sheet]
    votes: dict[str, Any]

    @property
    def totals(self) -> list[tuple[str, str, bool]]:
        """Each expert's name and total, and whether it counted."""
        found = {e.expert: e for e in self.result.experts}
        rows = [(s.assigned.user.name, found[s.assigned.user.public_id]) for s in self.sheets]
        return [(name, rounded(e.total) if e.total is not None else "—", e.counted) for name, e in rows]

    @property
    def deviation(self) -> str:
        return f"{self.result.spread.deviation:.2f}" if self.result.spread else ""


@dataclass(frozen=True, slots=True)
class Results:
    rubric: Rubric
    missing: tuple[Missing, ...]
    standings: tuple[Standing, ...]
    agreement: Agreement | NotComputable


def results_of(round_: Round, user: Any) -> Results:
    """Every application that has been reviewed, the best first. Who runs the round sees those that are still with their
    panels; nobody else does: an expert or a leader may sit in the committee and must not see others' marks before his
    own are in, nor names where they are hidden."""
    rubric = rubric_of(round_)
    without = (TAKEN_IN,) if runs(user, round_) else (TAKEN_IN, *REVIEWED_AT)
    rows = list(round_.applications.filter(placement__isnull=False).exclude(case__stage__in=without).select_related(
        "organisation", "case", "round", "placement__panel").prefetch_related("hearings"))
    titled(rows)
    sheets = sheets_of(rows)
    results = {a.public_id: result_for(a, rubric, sheets[a.pk]) for a in rows}
    by_id = {a.public_id: a for a in rows}
    standings = []
    for row in ranking(list(results.values())):
        application = by_id[row.application]
        last = max((h for h in application.hearings.all() if h.state == "closed"), key=lambda h: h.pk, default=None)
        standings.append(Standing(application, title_of(application), results[row.application], row,
                                  sheets[application.pk], last.tally if last else {}))
    scores = [score_of(s, a.public_id, rubric) for a in rows for s in sheets[a.pk]]
    return Results(rubric, open_rules(rubric), tuple(standings), agreement(rubric, scores))


def _sees_veto(user: Any, attachment: Attachment) -> bool:
    """The expert who claims it, the leader of the panel, and the office."""
    claim = VetoClaim.objects.filter(public_id=attachment.holder_id).select_related(
        "sheet__assigned__application__placement__panel__round").first()
    if claim is None:
        return False
    assigned: Assigned = claim.sheet.assigned
    panel = assigned.application.placement.panel
    return user.pk in (assigned.user_id, panel.leader_id) or runs(user, panel.round)


def _sees_visit(user: Any, attachment: Attachment) -> bool:
    visit = Visit.objects.filter(public_id=attachment.holder_id).select_related(
        "application__placement__panel__round").first()
    if visit is None:
        return False
    panel = visit.application.placement.panel
    if user.pk == panel.leader_id or runs(user, panel.round):
        return True
    return chairs(user, panel.round) and not has_to_keep_away(user, visit.application)


HOLDERS[VETO_HOLDER] = _sees_veto
HOLDERS[VISIT_HOLDER] = _sees_visit
