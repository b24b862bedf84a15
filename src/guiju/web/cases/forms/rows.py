"""A record set as a table of rows to fill in."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from guiju.facts.model import Provenance
from guiju.facts.read import facts_from_mapping
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import RecordType, Vocabulary
from guiju.web.cases.forms.facts import field_for
from guiju.web.kit.forms import Form
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.text import say, t

FIRST, MORE, MOST = 2, 3, 200


class Row(Form):
    def __init__(self, entry: RecordType, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        for field in entry.fields:
            self.fields[field.id] = field_for(field, required=False)

    def given(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class Table:
    """The rows of one record set. `more`: the button that asks for further rows was pressed."""

    def __init__(self, entry: RecordType, vocabulary: Vocabulary, required: bool, data: Map[str, Any] | None) -> None:
        self.entry, self.vocabulary, self.required = entry, vocabulary, required
        self.prefix, self.errors = f"record-{entry.id}", list[str]()
        self.label = t(entry.name, entry.en or entry.name)
        self.more = data is not None and data.get("more") == self.prefix
        count = FIRST if data is None else _count(data.get(f"{self.prefix}-rows"))
        self.none = data is not None and data.get(f"{self.prefix}-none") == "on"
        self.count = min(MOST, count + (MORE if self.more else 0))
        self.rows = [Row(entry, data, prefix=f"{self.prefix}-{n}", use_required_attribute=False)
                     for n in range(self.count)]

    def given(self, recorded: Provenance) -> list[dict[str, str]] | None:
        """The rows that were filled in; none for a table left alone. Notes what is wrong where it is wrong."""
        found = []
        for number, row in enumerate(self.rows, 1):
            if not row.is_valid():
                self.errors.append(say_row(number))
            elif stated := row.given():
                found.append(stated)
                self._check(row, stated, recorded)
        if not found and self.required and not self.none:
            self.errors.append(str(t("至少填一行；确实没有时勾选“没有”", "fill in a row, or tick 'none'")))
        return found if found or self.none or self.required else None

    def _check(self, row: Row, stated: dict[str, str], recorded: Provenance) -> None:
        try:
            facts_from_mapping({self.entry.id: [stated]}, self.vocabulary, recorded=recorded)
        except GuijuError as error:
            for diagnostic in error.diagnostics:
                row.add_error(None, say(diagnostic.message))
            self.errors.append(str(t("有一行要改正", "a row needs mending")))


def say_row(number: int) -> str:
    return str(t(f"第 {number} 行要改正", f"row {number} needs mending"))


def _count(text: Any) -> int:
    count = whole_number(text) if isinstance(text, str) else None
    return FIRST if count is None else min(MOST, count)


