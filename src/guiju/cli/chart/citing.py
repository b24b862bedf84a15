"""The clauses of a chart as the command line cites them: what is a basis in one place only says in which."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.cli.voice import Voice
from guiju.language.policy import document_of
from guiju.lifecycle.chart import Chart


@dataclass(frozen=True, slots=True)
class Citing(Voice):
    """The voice of a chart's pages. `round`: the one in which a case stands, "" where none is known."""

    chart: Chart
    round: str = ""

    def clause(self, key: str) -> str:
        words, document = Voice.clause(self, key), document_of(key, self.chart.documents)
        round_ = self.chart.rounds.get(self.round)
        if document is None or document.holds_in(round_.region if round_ else ""):
            return words
        place = self.chart.vocabulary.regions.get(document.region.ljust(6, "0"), document.region)
        return words + self(f"〔限{place}〕", f" [{place} only]")


def citing(say: Voice, chart: Chart, round_id: str = "") -> Citing:
    return Citing(say.language, chart, round_id)
