"""Timelines that were walked, as pages of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guiju.cli.chart import jsonform as j
from guiju.cli.chart.citing import citing
from guiju.cli.chart.script import Tale, Told
from guiju.cli.chart.standing import due_lines, head_lines, stage_line
from guiju.cli.chart.telling import Teller, title_line
from guiju.cli.layout import indented, terminal_width
from guiju.cli.voice import Voice, coloured
from guiju.lifecycle.chart import Chart


def page_of(chart: Chart, tales: Sequence[Tale], say: Voice) -> str:
    """All walks of a script."""
    page = terminal_width()
    return "\n\n".join([title_line(Teller(chart, say, page)), *("\n".join(tale_lines(
        tale, Teller(chart, citing(say, chart, tale.timeline.round), page))) for tale in tales)])


def tale_lines(tale: Tale, teller: Teller) -> Iterator[str]:
    """A walk as a page."""
    say = teller.say
    settings = [f"{k} = {v}" for k, v in tale.timeline.settings.items()]
    under = [say(f"批次 {tale.timeline.round}", f"round {tale.timeline.round}")] if tale.timeline.round else []
    yield from indented(say.quoted(tale.timeline.name) + say.in_brackets(say("；", "; ").join(under + settings)),
                        teller.page)
    for told in tale.steps:
        yield from _told_lines(told, teller)
    if tale.last is not None:
        yield ""
        yield from head_lines(tale.last, teller)
        yield from due_lines(tale.last, teller)


def _told_lines(told: Told, teller: Teller) -> Iterator[str]:
    say = teller.say
    for happening in told.happened:
        yield from teller.happened(happening)
    if told.refusal is not None:
        yield from teller.refused(told.step.on, told.refusal)
        if told.expected and not told.differences:
            yield " " * 12 + say("（案例正是这样预期的）", "(as the timeline expects)")
    if told.seen is not None:
        yield f"{told.seen.day}  {say('看：', 'look: ')}{stage_line(told.seen, teller)}"
        narrow = replace(teller, page=teller.page - 12)
        yield from (" " * 12 + line for line in due_lines(told.seen, narrow))
    for text in told.differences:
        lead = coloured(say("与预期不同：", "not as expected: "), "fail")
        yield from indented(lead + say.text(text), teller.page, " " * 12)


def tale_form(tale: Tale) -> j.Json:
    """A walk for programs."""
    return {"name": tale.timeline.name, "round": tale.timeline.round, "settings": dict(tale.timeline.settings),
            "steps": [_told_form(told) for told in tale.steps],
            "case": j.case_form(tale.case) if tale.case is not None else None,
            "standing": j.standing_form(tale.last) if tale.last is not None else None, "as_expected": not tale.bad}


def _told_form(told: Told) -> j.Json:
    return {"on": told.step.on.isoformat(), "do": told.step.do,
            "events": [j.happening_form(h) for h in told.happened],
            "refusal": j.refusal_form(told.refusal) if told.refusal is not None else None,
            "refusal_expected": told.expected,
            "seen": j.standing_form(told.seen) if told.seen is not None else None,
            "differences": [{"zh": text.zh, "en": text.en} for text in told.differences]}
