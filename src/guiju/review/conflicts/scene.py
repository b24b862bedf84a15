"""The round as the rules see it: people, applications, and who is found under which organisation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from guiju.review.conflicts.model import Declaration, Evidence, Gap, Setting
from guiju.review.organisation import Organisation
from guiju.review.people import Application, Expert, Person
from guiju.source.diagnostics import Text

Certainty = Literal["certain", "possible"]


@dataclass(frozen=True, slots=True)
class Found:
    """A tie that a rule found. `certain` is False for one that a person must look at first: it never bars."""

    expert: str
    application: str
    reason: Text
    evidence: tuple[Evidence, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that the rules look at. `setting`: what the round makes of the rule that is asked now."""

    experts: Sequence[Expert]
    applications: Sequence[Application]
    declarations: Sequence[Declaration]
    on: dt.date
    setting: Setting = field(default_factory=Setting)

    def hosts(self) -> dict[str, list[Application]]:
        """Applications by the code of their host."""
        return _by_code((a.applicant.key, a) for a in self.applications)

    def guests(self) -> dict[str, list[Application]]:
        """Applications by the code of each partner."""
        return _by_code((p.key, a) for a in self.applications for p in a.partners)

    def takers(self) -> dict[str, list[Application]]:
        """Applications by the code of each organisation that takes part."""
        return _by_code((o.key, a) for a in self.applications for o in a.organisations())

    def employers(self, expert: Expert) -> Iterator[Organisation]:
        """Each organisation for which the expert works on the day."""
        yield expert.organisation
        for post in expert.posts:
            if post.ongoing(self.on):
                yield post.organisation

    def namesakes(self) -> dict[str, list[Expert]]:
        """Experts by name and by identity, to be looked at with `same_person`."""
        found: dict[str, list[Expert]] = defaultdict(list)
        for expert in self.experts:
            found[expert.name].append(expert)
            if expert.identity:
                found[expert.identity].append(expert)
        return found


def _by_code(pairs: Iterator[tuple[str, Application]]) -> dict[str, list[Application]]:
    found: dict[str, list[Application]] = defaultdict(list)
    for code, application in pairs:
        if code and application not in found[code]:
            found[code].append(application)
    return found


def candidates(person: Person, namesakes: dict[str, list[Expert]]) -> list[Expert]:
    """The experts that may be this person."""
    found = namesakes.get(person.identity, []) if person.identity else []
    return found + [e for e in namesakes.get(person.name, []) if e not in found]


def same_person(expert: Expert, person: Person) -> Certainty | None:
    """Whether an expert is the person whom an application names.

    Certain by identity, or by name and an organisation for which the expert works or worked. Possible by name alone,
    where an organisation is not known. A namesake elsewhere, or with another identity, is someone else.
    """
    if expert.identity and person.identity:
        return "certain" if expert.identity == person.identity else None
    if expert.name != person.name:
        return None
    codes = {expert.organisation.key, *(p.organisation.key for p in expert.posts)} - {""}
    if person.organisation.key in codes:
        return "certain"
    return None if codes and person.organisation.key else "possible"


def match_evidence(expert: Expert, person: Person, certainty: Certainty) -> tuple[Evidence, ...]:
    """On what the match of an expert with a named person rests."""
    named = f"{person.name}（{person.organisation.label}）"
    if certainty == "possible":
        return (Evidence(Text("同名，单位未填，须核实", "same name, organisation not given: to be verified"), named),)
    if expert.identity and expert.identity == person.identity:
        return (Evidence(Text("身份标识相同", "same identity"), named),)
    return (Evidence(Text("姓名和单位相同", "same name and organisation"), named),)


def same_code(code: str) -> Evidence:
    """The evidence that two organisations are one."""
    return Evidence(Text("统一社会信用代码相同", "same unified social credit code"), code)


def code_gaps(rule: str, homes: Iterable[tuple[Expert, Organisation]],
              takers: Iterable[tuple[Application, Organisation]]) -> Iterator[Gap]:
    """A gap for each organisation, of an expert or of an application, whose code can't be compared."""
    lift = Text("补正统一社会信用代码", "give the right unified social credit code")
    for expert, home in homes:
        if (fault := home.fault) is not None:
            yield Gap(rule, expert.id, Text(f"专家{expert.name}的单位{home.label}：{fault.zh}，无法比对",
                                            f"{home.label} of expert {expert.name}: {fault.en}; not compared"), lift)
    for application, taker in takers:
        if (fault := taker.fault) is not None:
            yield Gap(rule, application.id, Text(
                f"申报“{application.name}”的单位{taker.label}：{fault.zh}，无法比对",
                f"{taker.label} of application '{application.name}': {fault.en}; not compared"), lift)
