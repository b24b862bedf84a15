"""Acts that end the status (办25): what was found, kind by kind, with how the words on harm are read in view."""

from __future__ import annotations

from guiju.web.cases.forms.facts import field_for
from guiju.web.laboratories.forms.supplement import Supplement

ACTS = ("lab_exit_false", "lab_exit_integrity", "lab_exit_other", "lab_exit_harm")


class MisconductForm(Supplement):
    """Each finding is yes, no, or left open; what is left open and matters asks for a written reason."""

    answers = ACTS
    template = "laboratories/parts/misconduct.html"

    def build(self) -> None:
        facts = self.case.chart.vocabulary.facts
        for name in ACTS:
            self.fields[name] = field_for(facts[name], required=False)

    def given(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ACTS if self.cleaned_data.get(name)}
