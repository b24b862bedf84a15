"""One move for many applications: tried first so that nothing stays, then made, whole or without what is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from guiju.lifecycle.refusal import Reason, Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.cases.models import CaseRecord
from guiju.web.intake.models import Batch
from guiju.web.intake.reading import name_of
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.models import Round, RoundBody

MOST = 300
NOTHING = Text("", "")
Make = Callable[[Application], CaseRecord | Refusal | Overtaken]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the move came out for one application. `stage`: where it stands then; `reasons`: why not."""

    application: Application
    name: str
    made: bool
    stage: Text
    reasons: tuple[Reason, ...] = ()
    why: Text = NOTHING

    @property
    def decisions(self) -> tuple[Reason, ...]:
        """The guards that ask for a person's reason, where nothing else stands in the way."""
        asked = tuple(r for r in self.reasons if r.code == "decision")
        return asked if len(asked) == len(self.reasons) else ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the move, by whom, for which applications; `make` makes it for one. `after`: what follows
    for all that went through, in the same transaction; what it gives back is kept as the batch's notice."""

    move: str
    round: Round
    user: User
    applications: Sequence[Application]
    make: Make
    body: RoundBody | None = None
    after: Callable[[list[Application]], str] | None = None


class _Undo(Exception):
    """Takes everything back."""


def rehearse(plan: Plan) -> list[Outcome]:
    """How it would come out, one after another as in earnest; nothing of it stays."""
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            outcomes = _run(plan)
            raise _Undo
    except _Undo:
        return outcomes


def carry_out(plan: Plan, whole: bool) -> Batch:
    """Make the move. `whole`: for all or none; otherwise what is refused is left out. What was asked, and how each
    came out, is kept either way. Raises Refused for too many at once."""
    if not plan.applications:
        raise Refused("请至少选一份申报", "choose at least one application")
    if len(plan.applications) > MOST:
        raise Refused(f"一次最多 {MOST} 份", f"at most {MOST} at once")
    notice = ""
    try:
        with transaction.atomic():
            outcomes = _run(plan)
            made = [o.application for o in outcomes if o.made]
            if whole and len(made) < len(outcomes):
                raise _Undo
            if made and plan.after is not None:
                notice = plan.after(made)
            return _kept(plan, whole, outcomes, notice)
    except _Undo:
        undone = Text("因整批要么全办、要么不办，这一份也没有办", "not made, because it was all or none")
        return _kept(plan, whole, [replace(o, made=False, why=undone) if o.made else o for o in outcomes], "")


def _run(plan: Plan) -> list[Outcome]:
    return [_one(plan, application) for application in plan.applications]


def _one(plan: Plan, application: Application) -> Outcome:
    """One application in its own savepoint."""
    name, before = name_of(application), application.case.stage_label
    try:
        with transaction.atomic():
            made = plan.make(application)
    except Refused as refused:
        return Outcome(application, name, False, before, (), refused.text)
    if isinstance(made, CaseRecord):
        return Outcome(application, name, True, made.stage_label)
    if isinstance(made, Overtaken):
        why = Text(f"这期间已有人办理：{made.label.zh}", f"somebody has done '{made.label.en}' meanwhile")
        return Outcome(application, name, False, before, (), why)
    return Outcome(application, name, False, before, made.reasons, made.text)


def _kept(plan: Plan, whole: bool, outcomes: list[Outcome], notice: str) -> Batch:
    made = sum(o.made for o in outcomes)
    lines = [{"application": o.application.public_id, "name": o.name, "made": o.made,
              "stage": [o.stage.zh, o.stage.en], "why": [[t.zh, t.en] for t in _whys(o)],
              "clauses": list(dict.fromkeys(c for r in o.reasons for c in r.clauses))} for o in outcomes]
    return Batch.objects.create(round=plan.round, body=plan.body, move=plan.move, whole=whole, made=made,
                                refused=len(outcomes) - made, lines=lines, notice=notice, at=now(), by=plan.user)


def _whys(outcome: Outcome) -> list[Text]:
    if outcome.made:
        return []
    return [r.text for r in outcome.reasons] or [outcome.why]
