"""What the sections have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from guiju.lifecycle.chart import Chart
from guiju.source.diagnostics import Text
from guiju.web.kit.forms import Form
from guiju.web.rounds.edits import Edit
from guiju.web.rounds.models import Round


@dataclass(frozen=True, slots=True)
class About:
    """What stands beside a field: a note, and the clauses."""

    note: Text
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a heading; without one where `title` is None. `as_table`: rows of fields, one of `heads` each."""

    title: Text | None
    fields: tuple[tuple[BoundField, About | None], ...] = ()
    note: Text | None = None
    heads: tuple[Text, ...] = ()
    rows: tuple[tuple[str, tuple[BoundField, ...]], ...] = ()


class SectionForm(Form):
    """A part of a round. `edit` says what the filled form makes different."""

    def __init__(self, round_: Round, chart: Chart, data: Any = None) -> None:
        super().__init__(data)
        self.round, self.chart = round_, chart
        self.abouts: dict[str, About] = {}
        self.build()

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def edit(self) -> Edit:
        raise NotImplementedError

    def groups(self) -> Iterator[Group]:
        """The fields as they are shown."""
        yield Group(None, tuple(self.described(*self.fields)))

    def described(self, *names: str) -> Iterator[tuple[BoundField, About | None]]:
        for name in names:
            yield self[name], self.abouts.get(name)
