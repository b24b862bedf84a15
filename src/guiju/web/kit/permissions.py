"""Who may do what: small predicates with a reason, composed by `&` and `|`, one table a model.

An app's `rules` module enters its permissions: `PERMISSIONS["organisation.edit"] = is_manager | is_operator`.
A permission that nobody entered denies everyone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guiju.source.diagnostics import Text

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is allowed; if not, `why`: a sentence for the person who asked."""

    allowed: bool
    why: Text = _NOTHING

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Rule:
    """A predicate on a user and a thing. `why` is said to whom it denies."""

    holds: Callable[[Any, Any], bool]
    why: Text

    def __call__(self, user: Any, thing: Any = None) -> Verdict:
        return Verdict(True) if self.holds(user, thing) else Verdict(False, self.why)

    def __or__(self, other: Rule) -> Rule:
        return Rule(lambda u, x: self.holds(u, x) or other.holds(u, x),
                    Text(f"{self.why.zh}；或者：{other.why.zh}", f"{self.why.en}; or: {other.why.en}"))

    def __and__(self, other: Rule) -> Both:
        return Both(lambda u, x: self.holds(u, x) and other.holds(u, x), self.why, (self, other))

    def but(self, zh: str, en: str) -> Rule:
        """The same with another reason."""
        return Rule(self.holds, Text(zh, en))


@dataclass(frozen=True, slots=True)
class Both(Rule):
    """Two rules that must both hold: the first that does not says why."""

    parts: tuple[Rule, Rule]

    def __call__(self, user: Any, thing: Any = None) -> Verdict:
        first = self.parts[0](user, thing)
        return self.parts[1](user, thing) if first else first


PERMISSIONS: dict[str, Rule] = {}
_NOBODY = Verdict(False, Text("没有人可以这样做", "nobody may do this"))


def rule(zh: str, en: str) -> Callable[[Callable[[Any, Any], bool]], Rule]:
    """Make a predicate a rule; the words say who may."""
    return lambda test: Rule(test, Text(zh, en))


def verdict(user: Any, permission: str, thing: Any = None) -> Verdict:
    """Whether the user may do this to that thing, and if not why. Denies what no table knows."""
    found = PERMISSIONS.get(permission)
    return found(user, thing) if found is not None and user.is_active else _NOBODY


class Denied(Exception):
    """The answer is no; the page says why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class Refused(Exception):
    """An act that can't be done as asked, though the person may: what is wrong, and how to mend it. `about`: what was
    given that it is about, by the name of its field; "" for none."""

    def __init__(self, zh: str, en: str, about: str = "") -> None:
        super().__init__(zh)
        self.text, self.about = Text(zh, en), about


class Superseded(Refused):
    """Somebody changed meanwhile what this would change: a page shows what stands now beside what was typed."""


def check(user: Any, permission: str, thing: Any = None) -> None:
    """Raises Denied."""
    answer = verdict(user, permission, thing)
    if not answer:
        raise Denied(answer.why)
