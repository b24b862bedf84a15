"""What a round knows of its experts and of its applications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.review.organisation import Organisation

NOWHERE = Organisation("")


@dataclass(frozen=True, slots=True)
class Post:
    """Work for an organisation beside or before the present one. `until`: the last day; None: it goes on."""

    organisation: Organisation
    since: dt.date | None = None
    until: dt.date | None = None
    kind: str = ""

    def ongoing(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class Expert:
    """A person of the pool.

    `posts`: earlier employers, and side posts that go on. `specialities`: fields and contents by the round's codes.
    `kinds`: as what the person may be called (技术, 财务, 管理 …). `recommender`: the body that put the person forward.
    `identity`: what tells persons apart for certain, the same word as in applications; "" if it is not known.
    """

    id: str
    name: str
    organisation: Organisation = NOWHERE
    posts: tuple[Post, ...] = ()
    specialities: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    title: str = ""
    employment: str = ""
    recommender: Organisation = NOWHERE
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom an application names. `role`: as what (负责人, 主要成员, 合著者 …)."""

    name: str
    organisation: Organisation = NOWHERE
    identity: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A paper, project, standard … that an application lists, with those who made it or led it."""

    title: str
    people: tuple[Person, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """An application of the round.

    `applicant`: the host (依托单位); `partners`: the others of a consortium. `people`: those who take part.
    `works`: what it lists of earlier work. `field`: the one that is applied for; `contents`: what is to be studied.
    `recommender`: the body that recommended it.
    """

    id: str
    name: str
    applicant: Organisation = NOWHERE
    partners: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    works: tuple[Work, ...] = ()
    field: str = ""
    contents: frozenset[str] = frozenset()
    recommender: Organisation = NOWHERE

    def organisations(self) -> Iterator[Organisation]:
        """The host and its partners."""
        yield self.applicant
        yield from self.partners
