"""An objection's thread in its case: where it stands, by when it is to be settled, what it holds up."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.lifecycle.chart import Chart, Notice, Procedure, Stage
from guiju.lifecycle.environment import parameter_values
from guiju.lifecycle.events import moment
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation
from guiju.web.cases.charts import chart_of
from guiju.web.cases.models import AgendaItem
from guiju.web.cases.readings import reading_in
from guiju.web.cases.store import case_of
from guiju.web.notices.models import NoticeItem, Objection, PublicNotice
from guiju.web.rounds.procedure import chart_for

OBJECTION = "common/objection"
IDENTITY, ANYBODY = "objection_identity", "不限"


@dataclass(frozen=True, slots=True)
class Standing:
    """`stage`: of the thread. `finding`: why it was upheld or dismissed. `due`: the day by which it is to be settled,
    if the round sets one. `holds`: the moves of the case that wait for it."""

    stage: Stage
    finding: str
    due: AgendaItem | None
    holds: tuple[Text, ...]

    @property
    def over(self) -> bool:
        return self.stage.final


def notice_of_item(item: NoticeItem) -> tuple[Chart, Notice]:
    chart = chart_of(item.case.revision)
    return chart, chart.notices[item.notice.notice]


def procedure_of_item(item: NoticeItem) -> Procedure | None:
    """How the chart hears objections to this; None where it does not."""
    chart, notice = notice_of_item(item)
    found = chart.procedures.get(notice.objections)
    return found if found is not None and found.chart.id == OBJECTION else None


def issuer_of(notice: PublicNotice) -> str:
    """In whose name a notice stands: of the office that hears objections to it; else of the one that runs the round."""
    chart = chart_for(notice.round)
    own = chart.notices.get(notice.notice)
    procedure = chart.procedures.get(own.objections) if own is not None else None
    role = role_of(procedure, "accept") if procedure is not None and procedure.chart.id == OBJECTION else ""
    office = Organisation.objects.filter(public_id=notice.round.rules.get("offices", {}).get(role, "")).first()
    return office.name if office else notice.round.office.name


def role_of(procedure: Procedure, move: str) -> str:
    """Who makes a move of the procedure, as the case's chart calls him."""
    return procedure.chart.moves[move].roles[0].role


def anonymous_are_heard(item: NoticeItem) -> bool:
    """Whether objections without a name are heard, as it was fixed when the case was opened."""
    procedure = procedure_of_item(item)
    if procedure is None:
        return False
    case = case_of(item.case)
    own = f"{procedure.id}."
    words = {**procedure.sets, **{k.removeprefix(own): v for k, v in case.opening.parameters.items()
                                  if k.startswith(own)}}
    values = parameter_values(procedure.chart, {IDENTITY: words[IDENTITY]} if IDENTITY in words else {},
                              moment(case.last.at).date())
    found = reading_in(procedure.chart, values, IDENTITY)
    return found is not None and found.name == ANYBODY


def standing_of(objection: Objection) -> Standing:
    """Where an objection stands."""
    item = objection.item
    case = case_of(item.case)
    state = case.threads[objection.thread]
    chart, notice = notice_of_item(item)
    finding = ""
    for event in case.events:
        if event.thread == objection.thread and "异议核查意见" in event.evidence.given:
            finding = str(event.evidence.given["异议核查意见"])
    due = item.case.agenda.filter(thread=objection.thread).order_by("end").first()
    holds = () if state.final else tuple(chart.moves[m].label for m in notice.blocks if m in chart.moves)
    return Standing(state.at, finding, due, holds)
