"""The structured part that the site adds to the form of a move."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any, ClassVar

from guiju.lifecycle.case import Case
from guiju.web.accounts.models import User
from guiju.web.cases.models import CaseRecord, EventRecord
from guiju.web.kit.clock import now
from guiju.web.kit.forms import Form
from guiju.web.laboratories.models import Laboratory


class Supplement(Form):
    """`answers`: ids of facts that this part gives, so that nobody is asked for them twice. `template`: how it shows.
    """

    answers: ClassVar[tuple[str, ...]] = ()
    template: ClassVar[str] = "laboratories/parts/plain.html"

    def __init__(self, laboratory: Laboratory, case: Case, move: str, data: Map[str, Any] | None = None) -> None:
        self.laboratory, self.case, self.move = laboratory, case, move
        super().__init__(data, prefix="own")
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the laboratory."""

    def given(self) -> dict[str, str]:
        """The facts that this part answers, as stated. Asked after it was checked."""
        return {}

    def keep(self, record: CaseRecord, user: User) -> None:
        """Keep the structured part beside the event that was made, in its transaction. Doing it twice keeps it
        once."""

    def event_of(self, record: CaseRecord, user: User) -> int:
        """The number of the event that the person has just made."""
        return EventRecord.objects.filter(case=record, actor=user).order_by("-number").values_list(
            "number", flat=True)[0]

    def stamp(self, user: User) -> dict[str, Any]:
        return {"at": now(), "by": user}
