"""What a move asks of the person who makes it: facts, rows, papers, written reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from guiju.evaluate.doubts import Doubts
from guiju.facts.model import Facts
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.environment import interpreter, own_settings, parameter_values
from guiju.lifecycle.fold import blank_thread
from guiju.lifecycle.options import Option
from guiju.lifecycle.refusal import Reason, Refusal
from guiju.vocabulary import Field, RecordType, Vocabulary
from guiju.web.cases.charts import calendar
from guiju.web.kit.clock import now


@dataclass(frozen=True, slots=True)
class Asked:
    """`needed`: must be given; `possible`: may be. `papers`: documents by name; `decisions`: guards that ask for a
    person's reason."""

    vocabulary: Vocabulary
    needed: tuple[Field | RecordType, ...]
    possible: tuple[Field | RecordType, ...]
    papers: tuple[str, ...]
    decisions: tuple[Reason, ...]

    def with_more(self, refusal: Refusal | None) -> Asked:
        """With what a refusal asked for besides: a paper or a reason that only the given facts call for."""
        if refusal is None:
            return self
        papers = [r.about for r in refusal.reasons if r.code == "documents"]
        known = {r.about for r in self.decisions}
        decisions = [r for r in refusal.reasons if r.code == "decision" and r.about not in known]
        return replace(self, papers=tuple(dict.fromkeys((*self.papers, *papers))),
                       decisions=(*self.decisions, *decisions))


def asked_by_option(case: Case, option: Option) -> Asked:
    """What a move of a running case asks for."""
    case = advance(case, max(now(), case.last.at), calendar())
    procedure = option.thread.partition("#")[0]
    opens = option.thread and option.thread not in case.threads
    state = blank_thread(case, procedure, now().date(), calendar()) if opens else case.state(option.thread)
    return Asked(state.chart.vocabulary, option.wants, tuple(_possible(case, state, option.move)), option.papers,
                 option.decides)


def asked_by_opening(chart: Chart, step: Move, settings: dict[str, str]) -> Asked:
    """What an opening move asks for."""
    day = now().date()
    state = State(chart, "", day, Facts(), parameter_values(chart, own_settings(settings), day))
    papers = tuple(p.name.zh for p in step.needs if p.when is None)
    return Asked(chart.vocabulary, tuple(_entries(chart, step.gives)), tuple(_possible(None, state, step)), papers, ())


def _possible(case: Case | None, state: State, step: Move) -> Iterator[Field | RecordType]:
    """What the move may give, and the facts of the dictionary for which its guards wait."""
    it = interpreter(case, state, now().date(), calendar())
    waits = [d.id for guard in step.guards for d in Doubts(state.chart.parameters, it).add(guard.node).found()
             if d.kind in ("fact", "judgement", "records") and d.id not in state.chart.facts]
    ids = [i for i in dict.fromkeys((*step.may_give, *waits)) if i not in step.gives]
    return _entries(state.chart, ids)


def _entries(chart: Chart, ids: Iterable[str]) -> Iterator[Field | RecordType]:
    for id_ in ids:
        found = chart.vocabulary.facts.get(id_) or chart.vocabulary.records.get(id_)
        if found is not None:
            yield found
