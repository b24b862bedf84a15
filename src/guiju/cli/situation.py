"""What is asked: which facts, under which policies, on which day, with which readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.evaluate.evaluation import Evaluation, evaluate, setting_for
from guiju.facts.dates import read_day
from guiju.facts.model import APPLICATION_DATE, Facts
from guiju.facts.read import read_facts
from guiju.facts.reading import Refusal
from guiju.language.library import Library, installed_library, load_library
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, fail
from guiju.source.document import Scalar

IN_SCOPE, OTHER_REGION, EXPIRED, NOT_YET = "in_scope", "other_region", "expired", "not_yet"


@dataclass(frozen=True, slots=True)
class Request:
    """The options as typed."""

    facts: Path
    policies: tuple[str, ...] = ()
    as_of: str = ""
    known_at: str = ""
    settings: tuple[str, ...] = ()
    presuming: bool = False
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """The same, read and checked. `named`: the asker chose the policies; otherwise they are all there are."""

    path: Path
    library: Library
    facts: Facts
    policies: tuple[Policy, ...]
    named: bool
    as_of: dt.date
    known_at: dt.date | None
    chosen: dict[str, dict[str, Any]]
    presuming: bool

    def evaluation(self, policy: Policy, facts: Facts | None = None) -> Evaluation:
        """The traced evaluation of one policy."""
        setting = setting_for(policy, self.as_of, self.known_at, self.chosen.get(policy.id), self.presuming)
        return evaluate(policy, facts or self.facts, setting)

    def scope(self, policy: Policy) -> str:
        """Whether the policy speaks to this organisation on this day: `in_scope`, `other_region`, `expired` or
        `not_yet`. A policy that was named is only asked whether it is in force."""
        if self.as_of < policy.start:
            return NOT_YET
        if not policy.in_force(self.as_of):
            return EXPIRED
        return OTHER_REGION if self.elsewhere(policy) and not self.named else IN_SCOPE

    def elsewhere(self, policy: Policy) -> bool:
        """Whether the organisation is surely registered outside the policy's region."""
        place = self.facts.value(self.library.vocabulary.facts["region"])
        if not policy.region or not isinstance(place, tuple):
            return False
        low, high = int(policy.region.ljust(6, "0")), int(policy.region.ljust(6, "9"))
        return bool(place[1] < low or place[0] > high)


def read_situation(request: Request) -> Situation:
    """Raises GuijuError with every mistake found: E11x for options, else as `read_facts`."""
    library = library_at(request.folder)
    known_at = day_of(request.known_at, "--known-at") if request.known_at else None
    given = day_of(request.as_of, "--as-of") if request.as_of else None
    policies = tuple(policies_named(request.policies, library))
    facts = read_facts(request.facts, library.vocabulary, known_at=known_at)
    as_of = given or _applied_on(facts) or dt.date.today()
    if request.policies:
        refuse_early(policies, as_of)
    chosen = chosen_values(request.settings, policies, library)
    return Situation(request.facts, library, facts, policies, bool(request.policies), as_of, known_at, chosen,
                     request.presuming)


def library_at(folder: Path | None) -> Library:
    """The library in a folder, or the installed one."""
    return installed_library() if folder is None else load_library(folder)


def day_of(text: str, option: str) -> dt.date:
    try:
        return read_day(text)
    except Refusal as refusal:
        raise fail(refusal.code, Span(option), refusal.message.zh, refusal.message.en) from None


def policies_named(words: Sequence[str], library: Library) -> list[Policy]:
    """The policies named, or all. Every word that names none is reported."""
    problems: list[Diagnostic] = []
    ids: list[str] = []
    for word in words:
        try:
            ids.append(library.find(word))
        except GuijuError as error:
            problems += error.diagnostics
    if problems:
        raise GuijuError(problems)
    return [library.policy(i) for i in dict.fromkeys(ids)] if words else list(library)


def _applied_on(facts: Facts) -> dt.date | None:
    value = facts.values.get(APPLICATION_DATE)
    exact = isinstance(value, tuple) and value[0] == value[1] and not value[2]
    return dt.date.fromordinal(value[0]) if exact and isinstance(value, tuple) else None


def refuse_early(policies: Sequence[Policy], as_of: dt.date, option: str = "--as-of") -> None:
    """Raises GuijuError E142 for policies that begin after the day; `option`: where another day is given."""
    early = [p for p in policies if as_of < p.start]
    if early:
        raise GuijuError([d for p in early for d in fail(
            "E142", Span(p.id), f"《{p.title.zh}》{p.start} 起施行，{as_of} 时还没有；用 {option} 换一个日期",
            f"in force from {p.start}: there was no such policy on {as_of}; choose another date with {option}"
        ).diagnostics])


def chosen_values(settings: Sequence[str], policies: Sequence[Policy], library: Library) -> dict[str, dict[str, Any]]:
    """Parameter values by policy, from PARAM=VALUE or POLICY:PARAM=VALUE."""
    chosen: dict[str, dict[str, Any]] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        span = Span(f"--set {setting}")
        if not equals or not name.strip() or not value.strip():
            raise fail("E131", span, "写成 --set 参数=值，例如 --set multipart=同年主导合计一项",
                       "write --set PARAM=VALUE, for example --set multipart=同年主导合计一项")
        owner, colon, word = name.strip().rpartition(":")
        wanted = [library.policy(library.find(owner))] if colon else list(policies)
        for id_, parameter, read in _settings(word, Scalar(value.strip(), span), wanted):
            chosen.setdefault(id_, {})[parameter] = read
    return chosen


def _settings(word: str, value: Scalar, policies: Sequence[Policy]) -> list[tuple[str, str, Any]]:
    """The policies that have such a parameter, with its value."""
    from guiju.evaluate.trial import chosen_value

    owners = [p for p in policies if any(word in (q.id, q.name) for q in p.parameters.values())]
    if not owners and len(policies) > 1:
        from guiju.source.fields import suggestion

        hint = suggestion(word, [w for p in policies for q in p.parameters.values() for w in (q.id, q.name)])
        raise fail("E141", value.span, f"这些政策都没有参数“{word}”{hint.zh}",
                   f"none of these policies has a parameter '{word}'{hint.en}")
    return [(p.id, *chosen_value(p, word, value)) for p in owners or policies]
