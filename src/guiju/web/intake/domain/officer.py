"""The officer's moves, for many applications at once: receipt, conclusion with its notice, acceptance, return."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from guiju.lifecycle.events import Evidence
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.applications.models import Application
from guiju.web.cases.domain import make_move
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.cases.models import CaseRecord
from guiju.web.intake.domain.batches import Plan
from guiju.web.intake.domain.examining import concluding_evidence
from guiju.web.intake.domain.notice import Wording, publish_examination
from guiju.web.intake.domain.parts import acting_as
from guiju.web.intake.reading import name_of
from guiju.web.intake.stages import ACCEPT, CONCLUDE, OFFICER, RECEIVE, RETURN
from guiju.web.intake.units import Census
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.domain import Letter, put_out
from guiju.web.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Given:
    """What the officer gives for one application. `copies`: paper copies that came; `reason`: why it is returned;
    `decisions`: written reasons by guard; `seen`: the head of its case when the page was made."""

    copies: str = ""
    electronic: bool = False
    reason: str = ""
    decisions: Map[str, str] = field(default_factory=dict)
    seen: str = ""


def plan(move: str, round_: Round, user: User, applications: Sequence[Application], given: Map[str, Given],
         wording: Wording | None = None) -> Plan:
    """What a batch of the officer's will do; `given` is by the application's public id."""
    census = Census(round_) if move == CONCLUDE else None

    def make(application: Application) -> CaseRecord | Refusal | Overtaken:
        own = given.get(application.public_id, Given())
        record = application.case
        made = make_move(record, move, user, acting_for=acting_as(user, record, OFFICER),
                         evidence=_evidence(move, application, own, census), seen=own.seen)
        if isinstance(made, CaseRecord) and move == RETURN:
            put_out(_letters(application, own.reason))
        return made

    def after(made: list[Application]) -> str:
        return publish_examination(round_, made, user, wording or Wording())

    return Plan(move, round_, user, applications, make, after=after if move == CONCLUDE else None)


def _evidence(move: str, application: Application, own: Given, census: Census | None) -> Evidence:
    if move == RECEIVE:
        copies = whole_number(own.copies)
        if copies is None:
            raise Refused("请填收到的纸质份数", "enter the number of paper copies")
        given = {"纸质材料份数": f"{copies} 份", "已交电子版": "是" if own.electronic else "否"}
        return Evidence(given, (), dict(own.decisions))
    if move == CONCLUDE and census is not None:
        evidence = concluding_evidence(application, census)
        return Evidence(evidence.given, (), {**evidence.decisions, **own.decisions}, evidence.note)
    if move == RETURN:
        if not own.reason.strip():
            raise Refused("退回要写明理由", "a return needs reasons")
        return Evidence({"退回理由": own.reason.strip()}, (), dict(own.decisions))
    if move == ACCEPT:
        return Evidence({}, (), dict(own.decisions))
    raise Refused("没有这样的成批办理", "there is no such batch")


def _letters(application: Application, reason: str) -> list[Letter]:
    name = name_of(application)
    return [Letter(f"examination-returned/{application.public_id}/{person.pk}", "notice",
                   Text(f"申报材料退回：{name}", f"the application is returned: {name}"),
                   Text(f"形式审查结果公示已结束，申报材料退回。理由：{reason.strip()}",
                        f"The notice is over and the application is returned. Reasons: {reason.strip()}"),
                   user=person, link=reverse("cases:show", args=[application.case.public_id]))
            for person in people_of(application.organisation, ACTING)]
