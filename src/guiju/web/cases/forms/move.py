"""The form of a move: everything that it asks, and what becomes its evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Map
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from guiju.facts.model import Provenance
from guiju.facts.read import facts_from_mapping
from guiju.lifecycle.events import Evidence
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import Field, RecordType
from guiju.web.cases.asked import Asked
from guiju.web.cases.forms.facts import field_for
from guiju.web.cases.forms.rows import Table
from guiju.web.files.domain import Upload, redeem, take_in, ticket
from guiju.web.files.kinds import ACCEPT
from guiju.web.kit.clock import today
from guiju.web.kit.forms import Form
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import say, t

EXTRA = ""  # the key of a paper that nobody asked for


class Paper(forms.FileField):
    """A paper that the move asks for. `needed`: not called optional, though an upload may have come in before."""

    needed = True


class MoveForm(Form):
    """`seen`: the head of the case when the page was made. Uploads that were taken in stay, if something else is
    wrong."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(label=t("备注", "note"), required=False, max_length=2000,
                           widget=forms.Textarea({"rows": 2}))

    def __init__(self, asked: Asked, user: Any, data: Map[str, Any] | None = None, files: Map[str, Any] | None = None,
                 seen: str = "") -> None:
        super().__init__(data, files, initial={"seen": seen})
        self.asked, self.user = asked, user
        self.uploads: list[Upload] = []
        self.tables = [Table(e, asked.vocabulary, required, data) for entries, required in (
            (asked.needed, True), (asked.possible, False)) for e in entries if isinstance(e, RecordType)]
        self._add_facts(asked.needed, required=True)
        self._add_facts(asked.possible, required=False)
        for reason in asked.decisions:
            self.fields[f"decide-{reason.about}"] = forms.CharField(
                label=t(f"理由：{reason.text.zh}", f"reason: {reason.text.en}"), max_length=2000, required=False,
                help_text=t("由您写明理由后可以继续，记入案卷", "go on with a written reason, which is recorded"),
                widget=forms.Textarea({"rows": 2}))
        for paper in (*asked.papers, EXTRA):
            self.fields[_file(paper)] = (Paper if paper else forms.FileField)(
                label=paper or t("其他材料", "another paper"), required=False, max_length=255,
                widget=forms.ClearableFileInput({"accept": ACCEPT}))
        self.order_fields([n for n in self.fields if n not in ("note", "seen")])

    def _add_facts(self, entries: tuple[Field | RecordType, ...], required: bool) -> None:
        for entry in entries:
            if isinstance(entry, Field):
                self.fields[f"fact-{entry.id}"] = field_for(entry, required)

    def needed_fields(self) -> list[forms.BoundField]:
        return [self[f"fact-{e.id}"] for e in self.asked.needed if isinstance(e, Field)]

    def possible_fields(self) -> list[forms.BoundField]:
        return [self[f"fact-{e.id}"] for e in self.asked.possible if isinstance(e, Field)]

    def decision_fields(self) -> list[forms.BoundField]:
        return [self[f"decide-{r.about}"] for r in self.asked.decisions]

    def paper_fields(self) -> list[tuple[forms.BoundField, Upload | None, str]]:
        """Each file field, what was taken in for it, and the ticket for that."""
        kept = {u.paper: u for u in self.uploads}
        return [(self[_file(p)], kept.get(p), ticket(kept[p], self.user) if p in kept else "")
                for p in (*self.asked.papers, EXTRA)]

    @property
    def asks_for_rows(self) -> bool:
        return any(table.more for table in self.tables)

    def clean(self) -> dict[str, Any]:
        recorded = Provenance(by=self.user.name, on=today(), evidence="本步骤")
        data: dict[str, Any] = self.cleaned_data
        self.given: dict[str, Any] = {}
        for name, value in list(data.items()):
            if name.startswith("fact-") and value:
                self._give(name, str(value), recorded)
        for table in self.tables:
            rows = table.given(recorded)
            if rows is not None:
                self.given[table.entry.id] = rows
            for error in table.errors:
                self.add_error(None, f"{table.label}：{error}")
        for paper in (*self.asked.papers, EXTRA):
            self._take(paper, data.get(_file(paper)))
        return data

    def _give(self, name: str, text: str, recorded: Provenance) -> None:
        id_ = name.removeprefix("fact-")
        try:
            facts_from_mapping({id_: text}, self.asked.vocabulary, recorded=recorded)
        except GuijuError as error:
            self.add_error(name, [say(d.message) for d in error.diagnostics])
        else:
            self.given[id_] = text

    def _take(self, paper: str, uploaded: Any) -> None:
        """The file that was sent now; else the one that a ticket stands for."""
        try:
            kept = self.data.get(f"kept-{_file(paper)}", "")
            upload = take_in(uploaded, paper) if uploaded else redeem(kept, self.user)
        except Refused as refusal:
            self.add_error(_file(paper), say(refusal.text))
            return
        if upload is not None and upload.paper == paper:
            self.uploads.append(upload)

    def once_more(self, asked: Asked) -> MoveForm:
        """The form with what a refusal asked for beside: nobody types or sends files again, and what is asked for only
        now is not said to be missing."""
        form = MoveForm(asked, self.user, self.data, {})
        form.uploads = self.uploads
        form._errors = ErrorDict()  # type: ignore[attr-defined]  # the stubs leave it out
        return form

    def evidence(self) -> Evidence:
        """What was given, without the papers: those go with `uploads`."""
        data = self.cleaned_data  # without what was found wrong
        decisions = {r.about: data.get(f"decide-{r.about}", "") for r in self.asked.decisions}
        return Evidence(self.given, (), {k: v for k, v in decisions.items() if v.strip()}, data.get("note", ""))


def _file(paper: str) -> str:
    return f"paper-{hashlib.sha256(paper.encode()).hexdigest()[:10]}"
