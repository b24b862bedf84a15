"""Synthetic populations that the whole library is proved on, and the comparison: columns, the generated closure and the
traced interpreter must answer alike, for every organisation and every policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from guiju.cli.reads import entries_of
from guiju.evaluate.evaluation import Evaluation, Outcome, Setting, evaluate, outcome_of, quick, setting_for
from guiju.language.library import Library
from guiju.language.policy import Policy
from guiju.population.files.source import Source, open_source
from guiju.population.match import Answers, Matcher
from guiju.population.people import Population
from guiju.population.synthetic.chunks import Maker, Wish
from guiju.population.synthetic.model import Draw, Group, Model, load_model
from guiju.population.synthetic.writing import write_population
from guiju.values import FAIL, UNDECIDED, status_name

SEED = 20231231
OPEN = FAIL | UNDECIDED
LAST = 31  # the bit of the conditions after the 31st, and of the payment
Asked = Sequence[tuple[Policy, Setting]]


@dataclass(frozen=True, slots=True)
class Mix:
    """A kind of population. `rich`: so much of everything is known at least, and most organisations have rows of each
    record set; `gaps`, `dirty`: as in the command; `presuming`; `otherwise`: each parameter with alternatives has its
    first; `chunk`: how many organisations are answered at once."""

    name: str
    rich: float = 0.0
    gaps: float = 0.0
    dirty: float = 0.0
    presuming: bool = False
    otherwise: bool = False
    chunk: int = 500


MIXES = (
    Mix("as the model says", chunk=2000),
    Mix("rich", rich=0.9, chunk=250),
    Mix("rich, everything known", rich=1.0, chunk=250),
    Mix("gaps and wrong values", gaps=0.1, dirty=0.02, chunk=1000),
    Mix("rich, gaps, wrong values, other readings", rich=0.9, gaps=0.2, dirty=0.02, otherwise=True),
    Mix("rich, half unknown, presuming", rich=0.9, gaps=0.5, presuming=True),
)


def rich(model: Model, share: float) -> Model:
    """The model with nearly all facts known of nearly all (of all, where the share is 1), and rows for most: rules on
    records are not asked in vain."""
    def known(draw: Draw) -> Draw:
        return replace(draw, known=max(draw.known, share))

    record, judged, row_judged = (model.defaults[id_] for id_ in ("record", "judgement", "record_judgement"))
    defaults = {**model.defaults, "record": replace(record, median=0.7), "judgement": known(judged),
                "record_judgement": known(row_judged)}
    groups = {id_: Group(replace(group.draw, share=share, by={}, follows={}), group.hold)
              for id_, group in model.groups.items()}
    records = {id_: replace(rows, draw=replace(rows.draw, median=max(rows.draw.median or 0, 0.7), by={}))
               for id_, rows in model.records.items()}
    return replace(model, defaults=defaults, groups=groups, records=records,
                   facts={id_: known(draw) for id_, draw in model.facts.items()})


def population(folder: Path, mix: Mix, count: int, library: Library, seed: int = SEED) -> Source:
    """So many organisations on disk, and how they are read; wrong values count as unknown."""
    if not folder.exists():
        facts, records = entries_of(list(library), library.vocabulary)
        model = load_model(library.vocabulary)
        model = rich(model, mix.rich) if mix.rich else model
        wish = Wish(count, seed, tuple(facts), tuple(records), mix.gaps, mix.dirty)
        write_population(Maker(wish, model, library.vocabulary), folder, "parquet", 1)
    return open_source(folder, library.vocabulary, tolerant=True)


def asked_of(library: Library, mix: Mix, day: dt.date) -> list[tuple[Policy, Setting]]:
    """Every policy: under the law of the day, or of the nearest day on which it was in force."""
    return [(policy, _setting(policy, mix, day)) for policy in library]


def _setting(policy: Policy, mix: Mix, day: dt.date) -> Setting:
    held = max(day, policy.start) if policy.end is None else min(max(day, policy.start), policy.end)
    chosen = {p.id: p.alternatives[0] for p in policy.parameters.values() if mix.otherwise and p.alternatives}
    return setting_for(policy, held, chosen=chosen, presuming=mix.presuming)


@dataclass(slots=True)
class Tally:
    """What came of one policy: pairs that were compared, those that columns left to the closure, the best main goal of
    each, how many may be paid something, and where answers differ."""

    pairs: int = 0
    singly: int = 0
    paid: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.pairs += other.pairs
        self.singly += other.singly
        self.paid += other.paid
        self.differences += other.differences
        for name, number in other.outcomes.items():
            self.count(name, number)

    def count(self, outcome: str, number: int = 1) -> None:
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + number


def compared(names: Sequence[str], people: Population, matcher: Matcher, asked: Asked) -> dict[str, Tally]:
    """Every organisation of a chunk under every policy."""
    return tallied(names, people, asked, matcher(people))


def tallied(names: Sequence[str], people: Population, asked: Asked, answers: Sequence[Answers]) -> dict[str, Tally]:
    """The same, of answers that columns have given."""
    columns = [list(rows_of(found)) for found in answers]
    tallies = {policy.id: Tally(people.count, int(found.left.sum()))
               for (policy, _), found in zip(asked, answers, strict=True)}
    for number in range(people.count):
        facts = people.facts_of(number)
        for (policy, setting), rows in zip(asked, columns, strict=True):
            traced = evaluate(policy, facts, setting)
            expected, closure = outcome_of(traced), quick(policy, facts, setting)
            tally = tallies[policy.id]
            tally.count(status_name(traced.status))
            tally.paid += expected.payment is not None and expected.payment[1] > 0
            wanted = plain(expected, reasons(traced))
            if closure != expected or rows[number] != wanted:
                tally.differences.append(f"{names[number]}: columns {rows[number]}; closure {closure}; traced {wanted}")
    return tallies


def rows_of(answers: Answers) -> Iterator[Any]:
    """Each organisation's goals, scores, payment and reasons, as plain numbers."""
    count = len(answers.reasons)
    goals = zip(*(g.tolist() for g in answers.goals), strict=True)
    scores = [list(zip(*(part.tolist() for part in score), strict=True)) for score in answers.scores]
    paid = [None] * count if answers.payment is None else list(zip(*(p.tolist() for p in answers.payment), strict=True))
    for number, (goal, reason) in enumerate(zip(goals, answers.reasons.tolist(), strict=True)):
        yield goal, tuple(score[number] for score in scores), paid[number], reason


def plain(outcome: Outcome, reason: int) -> Any:
    """An outcome in the same form. A fraction becomes the nearest double."""
    scores = tuple((float(low), float(high), cause) for low, high, cause in outcome.scores)
    paid = outcome.payment
    return outcome.goals, scores, None if paid is None else (float(paid[0]), float(paid[1]), *paid[2:]), reason


def reasons(traced: Evaluation) -> int:
    """The bits of the conditions of the first main goal that fail or are undecided."""
    main = next((goal for goal in traced.policy.goals if goal.main), None)
    if main is None:
        return 0
    found = 0
    for place, condition in enumerate(c for c in main.conditions if c.counts):
        found |= bool(traced.interpreter.status(condition.node) & OPEN) << min(place, LAST)
    if main.pays and traced.payment is not None:
        found |= bool(traced.payment.status & OPEN) << LAST
    return found
