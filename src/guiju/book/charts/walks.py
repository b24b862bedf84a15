"""The worked timelines on a chart's page: day by day what is done, and what must come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from guiju.book.charts.reference import Reference
from guiju.book.markdown import inline
from guiju.book.page import CHINESE, chinese, said
from guiju.cli.chart.words import CODES
from guiju.cli.voice import Voice
from guiju.lifecycle.show.view import Guard, View
from guiju.lifecycle.timeline import Step, Timeline
from guiju.source.diagnostics import Diagnostic, Text

_WORDS = {"stage": Text("到", "at"), "because": Text("因", "because"), "due": Text("末日", "due"),
          "marks": Text("登记逾期", "late on record"), "bans": Text("禁限至", "banned until"),
          "allowed": Text("可办", "may be done"), "not_allowed": Text("不可办", "may not be done"),
          "refused": Text("不可办", "refused")}


def walks_of(reference: Reference, say: Voice = CHINESE) -> Iterator[str]:
    """Each timeline as a table under its name."""
    for walk in reference.walks:
        yield _walk(walk, reference, say)


def _walk(walk: Timeline, reference: Reference, say: Voice) -> str:
    wrong: tuple[Diagnostic, ...] = ()
    mark = "·"
    if reference.wrong is not None:
        wrong = reference.wrong.get(walk.name, ())
        mark = '<span class="bad">✗</span>' if wrong else '<span class="good">✓</span>'
    rows = "".join(f"<tr><td>{day}</td><td>{inline(done)}</td><td>{inline(result)}</td></tr>"
                   for day, done, result in steps(walk, reference, say))
    faults = "".join(f'<p class="bad">{said(d.message, say)}</p>' for d in wrong)
    head = "".join(f'<th scope="col">{word}</th>' for word in (say("日期", "day"), say("步骤", "move"),
                                                              say("结果", "result")))
    return (f"<h3>{mark} {chinese(walk.name, say)} <small>{chinese(_settings(walk, say), say)}</small></h3>{faults}"
            f'<div class="across" tabindex="0" role="region" aria-label="{escape(walk.name)}"><table><thead><tr>'
            f"{head}</tr></thead><tbody>{rows}</tbody></table></div>")


def _settings(walk: Timeline, say: Voice) -> str:
    parts = [say(f"批次 {walk.round}", f"round {walk.round}")] if walk.round else []
    parts += [say(f"接“{walk.continues}”", f"continues “{walk.continues}”")] if walk.continues else []
    return "；".join([*parts, *(f"{k} = {v}" for k, v in walk.settings.items())])


def steps(walk: Timeline, reference: Reference, say: Voice = CHINESE) -> Iterator[tuple[str, str, str]]:
    """Day, what is done, what must come of it."""
    names = _names(reference.view)
    for step in walk.steps:
        expected = say("；", "; ").join(_expected(step.expect, names, say)) or say("办成", "done")
        yield step.on.isoformat(), _done(step, reference, say), expected


def _done(step: Step, reference: Reference, say: Voice) -> str:
    if not step.do:
        return say("看", "look")
    thread, _, word = step.do.rpartition(":")
    procedure = reference.chart.procedures.get(thread.partition("#")[0])
    moves = procedure.chart.moves if procedure is not None else reference.chart.moves
    label = say.text(moves[word].label) if word in moves else ""
    given = "；".join(f"{k} = {v if isinstance(v, str) else '…'}" for k, v in step.give.items())
    more = [given, *(say(f"缺“{paper}”", f"without “{paper}”") for paper in step.without),
            *(say(f"理由（{k}）：{v}", f"reason ({k}): {v}") for k, v in step.decide.items())]
    return f"{label} `{step.do}`" + say.in_brackets("；".join(x for x in more if x))


def _expected(expect: Any, names: Mapping[str, Text], say: Voice) -> Iterator[str]:
    for key, value in expect.items():
        word = say.text(_WORDS.get(key, Text(key, key)))
        if key == "refused" and isinstance(value, str):
            yield say("拒绝：", "refused: ") + _named(value, CODES, say)
        elif isinstance(value, dict):
            yield say("，", ", ").join(f"{word} {_named(k, names, say)} {v}" for k, v in value.items())
        else:
            ids = [value] if isinstance(value, str) else value
            yield f"{word} {say('、', ', ').join(_named(i, names, say) for i in ids)}"


def _named(id_: str, names: Mapping[str, Text], say: Voice) -> str:
    """What the reader calls it, and the id by which the chart's files do; what has no name there keeps the id alone."""
    return f"{say.text(names[id_])} `{id_}`" if id_ in names else f"`{id_}`"


def _names(view: View) -> dict[str, Text]:
    found = {g.id: g.name for move in view.moves for guard in move.guards for g in _with_members(guard)}
    for group in (view.stages, view.moves, view.terms, view.notices, view.duties, view.loops, view.bans, view.roles,
                  view.procedures):
        found |= {x.id: x.label for x in group}
    return found


def _with_members(guard: Guard) -> Iterator[Guard]:
    yield guard
    for member in guard.members:
        yield from _with_members(member)
