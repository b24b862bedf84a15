"""What comes with a move, read by the dictionary and judged by whoever acts."""

from __future__ import annotations

import datetime as dt

from guiju.facts.model import Facts, Provenance
from guiju.facts.read import facts_from_mapping
from guiju.facts.reading import Refusal as Unreadable
from guiju.facts.scalars import check_text
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.events import Actor, Evidence, canonical


def check_kept(actor: Actor, evidence: Evidence) -> None:
    """Raises Unreadable where something that comes with a move can't stand in a record: broken text, or no text."""
    papers = [text for d in evidence.documents for text in (d.name, d.sha256)]
    for text in (actor.id, actor.name, actor.organisation, *actor.above, evidence.note, *papers,
                 *evidence.decisions, *evidence.decisions.values()):
        if not isinstance(text, str):
            raise Unreadable("E115", "理由、姓名、文件名应是文字", "reasons, names and papers are text")
        check_text(text)
    try:
        canonical(dict(evidence.given)).encode()
    except (TypeError, ValueError):
        raise Unreadable("E115", "所给的事实里有记录不下来的值；写成文字、数或 是/否",
                         "what is given can't be kept in a record: write text, numbers or yes/no") from None


def read_given(chart: Chart, step: Move, actor: Actor, evidence: Evidence, day: dt.date) -> Facts:
    """The facts that come with a move. Raises GuijuError E1xx for what can't be read."""
    if not evidence.given:
        return Facts()
    papers = "、".join(d.name for d in evidence.documents)
    recorded = Provenance(by=actor.name or actor.id, on=day, evidence=papers or step.label.zh)
    return facts_from_mapping(dict(evidence.given), chart.vocabulary, recorded=recorded)
