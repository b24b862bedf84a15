"""What a simulation found, as text and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guiju.cli.chart import jsonform as j
from guiju.cli.chart import words as w
from guiju.cli.chart.telling import Teller, title_line
from guiju.cli.layout import Column, indented, table
from guiju.cli.voice import Voice
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.simulation.odds import LATE, MONTH, SHARES, THREAD
from guiju.lifecycle.simulation.report import Report, Run, Spread, by_span, span_size, spread
from guiju.lifecycle.simulation.samples import unsettled
from guiju.source.diagnostics import Text

_MOST_REASONS = 3
_MOST_MOVES = 20


def figure_lines(run: Run, report: Report, teller: Teller) -> Iterator[str]:
    """The whole report. It begins and ends by saying that nothing of it is a fact."""
    say = teller.say
    yield title_line(teller, "", run.setting.round)
    yield from indented(say(
        f"模拟，不是事实：{report.count} 个虚构案件，自 {run.start} 起，共 {report.moves} 步，随机种子 {run.seed}。",
        f"Simulated, not facts: {report.count} invented cases from {run.start} on, {report.moves} moves, seed "
        f"{run.seed}."), teller.page)
    for heading, lines in (
            (say("到了哪里", "Where cases came to"), _ends(report, teller)),
            (say("从开始到终结的天数", "Days from beginning to end"), _durations(report, teller)),
            (say("等在哪里", "Where cases wait"), _waits(report, teller)),
            (say("各角色的工作量（步数）", "Load by role (moves)"), _loads(report, teller)),
            (say("登记的逾期", "Overruns registered"), _marks(report, teller)),
            (say("试办时被挡住的理由", "What stood in the way when a move was tried"), _met(report, teller)),
            (say("没有一个案件走到的步骤", "Moves that no case made"), _unmade(report, teller)),
            (say("假设", "Assumptions"), _assumptions(run, teller))):
        shown = list(lines)
        if shown:
            yield ""
            yield heading
            yield from shown


def _rows(teller: Teller, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of a word and figures."""
    columns = [Column(most=44), *(Column(align=">") for _ in head[1:]), Column()]
    if rows:
        yield from table([head, *rows], columns, teller.page)


def _ends(report: Report, teller: Teller) -> Iterator[str]:
    say, chart = teller.say, teller.chart
    rows = [[_stage(chart, stage, say), str(n), _share(n, report.count)] for stage, n in report.ends.most_common()]
    for counts, zh, en in ((report.stuck, "卡在", "stuck at"), (report.running, "走到限度时还在", "broken off at")):
        rows += [[say(f"{zh} ", f"{en} ") + _stage(chart, stage, say), str(n), _share(n, report.count)]
                 for stage, n in counts.most_common()]
    if report.shut:
        rows.append([say("没有开启成", "not opened"), str(report.shut), _share(report.shut, report.count)])
    yield from _rows(teller, [say("环节", "stage"), say("案件", "cases"), say("占比", "share")], rows)


def _durations(report: Report, teller: Teller) -> Iterator[str]:
    say = teller.say
    found = {_stage(teller.chart, s, say): report.durations[s] for s, _ in report.ends.most_common()}
    rows = [_spread_row(word, spread(days)) for word, days in found.items()]
    if len(found) > 1:
        rows.append(_spread_row(say("合计", "all"), spread(report.all_durations())))
    head = [say("终点", "end"), say("案件", "cases"), say("最短", "least"), say("中位", "median"),
            say("九成不超过", "p90"), say("最长", "most")]
    yield from _rows(teller, head, rows)


def _spread_row(word: str, found: Spread) -> list[str]:
    return [word, *map(str, (found.count, found.least, found.median, found.ninth_tenth, found.most))]


def _waits(report: Report, teller: Teller) -> Iterator[str]:
    say = teller.say
    all_days = sum(map(sum, report.waits.values()))
    found = sorted(report.waits.items(), key=lambda item: -sum(item[1]))
    rows = []
    for stage, days in found:
        s = spread(days)
        rows.append([_stage(teller.chart, stage, say), *map(str, (s.count, s.median, s.ninth_tenth, s.most)),
                     _share(s.total, all_days)])
    head = [say("环节", "stage"), say("次", "stays"), say("中位天数", "median days"), say("九成不超过", "p90"),
            say("最长", "most"), say("占全部等待", "of all waiting")]
    yield from _rows(teller, head, rows)


def _loads(report: Report, teller: Teller) -> Iterator[str]:
    say = teller.say
    rows = []
    for role, months in sorted(report.loads.items(), key=lambda item: -item[1].total()):
        busiest = max(by_span(months, 1), key=lambda span: span.moves)
        spans = "  ".join(f"{span.name}={span.moves}" for span in by_span(months, span_size(months)))
        rows.append([w.role_word(teller.chart, role, say), str(months.total()), f"{busiest.name}={busiest.moves}",
                     spans])
    head = [say("角色", "role"), say("步数", "moves"), say("最忙的月", "busiest month"),
            say("各月；太长的按季、按年", "by month; by quarter or year where that is long")]
    yield from table([head, *rows], [Column(most=24), Column(align=">"), Column(align=">"), Column()], teller.page)


def _marks(report: Report, teller: Teller) -> Iterator[str]:
    names, say = _names(teller.chart), teller.say
    rows = [[_named(id_, names, say), str(n)] for id_, n in report.marks.most_common()]
    yield from _rows(teller, [say("期限、义务", "term, duty"), say("次", "times")], rows)


def _met(report: Report, teller: Teller) -> Iterator[str]:
    say, names = teller.say, _names(teller.chart)
    rows = []
    for code, times in report.codes().most_common():
        about = Counter({a: n for (c, a), n in report.met.items() if c == code})
        most = [f"{_named(a, names, say)} {n}" for a, n in about.most_common(_MOST_REASONS)]
        more = say(f"等 {len(about)} 项", f"and {len(about) - len(most)} more") if len(about) > len(most) else ""
        word = w.code_word(code, say) + say.in_brackets(code)
        rows.append([word, str(times), f"{say('；', '; ').join(most)} {more}"])
    head = [say("理由", "reason"), say("次", "times"), say("最多的", "most often")]
    if rows:
        yield from table([head, *rows], [Column(), Column(align=">"), Column()], teller.page)
    if report.decisions:
        yield from indented(say(f"另有 {report.decisions} 次写明理由后继续办理。",
                                f"{report.decisions} times a move went on with a written reason."), teller.page, "  ")


def _unmade(report: Report, teller: Teller) -> Iterator[str]:
    say, chart = teller.say, teller.chart
    names = [say.text(m.label) + say.in_brackets(m.id) for m in chart.moves.values() if not report.made[m.id]]
    if names:
        yield from indented(say.listed(names, _MOST_MOVES), teller.page, "  ")


def _assumptions(run: Run, teller: Teller) -> Iterator[str]:
    say, odds = teller.say, run.odds
    on, ends, stays = (f"{SHARES[kind]:.0%}" for kind in ("on", "ends", "stays"))
    lines = [
        say(f"下一步是哪一步：{_given(odds.moves, say)}其余的，往前走 {on}、终结 {ends}、留在原环节 {stays}，同类平分；"
            "办不成的另选一步。",
            f"Which move is next: {_given(odds.moves, say)}the others: leading on {on}, ending {ends}, staying "
            f"{stays}, in equal parts within each kind; where one can't be made, another is chosen."),
        say(f"等多久：{_given(odds.days, say)}其余环节 1–{MONTH} 天；到期才往前走的环节，至多到那一天；"
            "只有定期义务、没有往前一步的环节，至多为距下次应办日的两倍。",
            f"How long stages wait: {_given(odds.days, say)}others 1–{MONTH} days; where time leads on, up to that "
            "day; where something is owed and nothing leads on, up to twice the time until then."),
        say(f"期限和定期义务有 {odds.late:.0%} 不按时；子程序每次有 {THREAD:.0%} 会开启（未另给时）。",
            f"Of limits and duties {odds.late:.0%} are missed; a sub-procedure is opened {THREAD:.0%} of the time, "
            "unless given."),
        say("所给事实取自走法案例，不够的由机器编造；没有一个是真的。",
            "Facts given are those of the worked timelines, or made up; none is real."),
    ]
    if run.setting.parameters:
        words = [f"{word} = {text}" for word, text in run.setting.parameters.items()]
        lines.append(say("设定：", "Set: ") + say.listed(words))
    missing = unsettled(run.chart, run.setting)
    if missing:
        names = [say(run.chart.parameters[id_].name, id_) for id_ in missing]
        lines.append(say(f"没有定的参数：{say.listed(names)}；依赖它们的步骤走不了。",
                         f"Left open: {say.listed(names)}; moves that depend on them can't be made."))
    for line in lines:
        yield from indented(line, teller.page, "- ", "  ")


def _given(odds: Mapping[str, Any], say: Voice) -> str:
    """What the odds file says, in words."""
    if not odds:
        return ""
    said = [f"{name} {f'{v[0]}–{v[1]}' if isinstance(v, tuple) else f'{v:.0%}'}" for name, v in odds.items()]
    return say.listed(said) + say("；", "; ")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _stage(chart: Chart, stage: str, say: Voice) -> str:
    return say.text(chart.stages[stage].label) + say.in_brackets(stage)


def _named(id_: str, names: dict[str, Text], say: Voice) -> str:
    return say.text(names[id_]) + say.in_brackets(id_) if id_ in names and names[id_].zh else id_


def _names(chart: Chart) -> dict[str, Text]:
    """Everything that an obstacle may concern, by id, in words."""
    names: dict[str, Text] = {}
    for own in (*(p.chart for p in chart.procedures.values()), chart):
        names.update({f.id: Text(f.name, f.en) for f in own.facts.values()})
        names.update({s.id: s.label for s in own.stages.values()})
        names.update({r.id: r.label for r in own.rules()})
        names.update({c.id: c.name for m in own.moves.values() for g in m.guards for c in g.descendants()})
        names.update({f"{p.id}:{g.id}": g.name for p in own.policies.values() for g in p.goals})
    return names


def figures_form(run: Run, report: Report) -> j.Json:
    """What `guiju chart simulate --json` says. Days are whole days; nothing here is a fact."""
    return {
        "simulated": True,
        "chart": j.chart_form(run.chart), "round": run.setting.round, "parameters": dict(run.setting.parameters),
        "left_open": unsettled(run.chart, run.setting), "start": run.start.isoformat(), "seed": run.seed,
        "odds": {"moves": dict(run.odds.moves), "days": {k: list(v) for k, v in run.odds.days.items()},
                 "late": run.odds.late},
        "assumed": {"shares": dict(SHARES), "thread": THREAD, "late": LATE, "days": [1, MONTH]},
        "cases": report.count, "moves": report.moves,
        "ends": dict(report.ends.most_common()), "stuck": dict(report.stuck.most_common()),
        "broken_off": dict(report.running.most_common()), "not_opened": report.shut,
        "durations": {stage: _spread_form(days) for stage, days in report.durations.items()},
        "all_durations": _spread_form(report.all_durations()),
        "waits": {stage: _spread_form(days) for stage, days in report.waits.items()},
        "loads": {role: dict(sorted(months.items())) for role, months in report.loads.items()},
        "made": {move: report.made[move] for move in (*run.chart.moves, *sorted(report.made.keys() - run.chart.moves))},
        "overruns": dict(report.marks.most_common()), "written_reasons": report.decisions,
        "met": [{"code": code, "about": about, "times": n} for (code, about), n in report.met.most_common()],
    }


def _spread_form(days: Sequence[int]) -> j.Json | None:
    if not days:
        return None
    found = spread(days)
    return {"count": found.count, "least": found.least, "median": found.median, "p90": found.ninth_tenth,
            "most": found.most, "total": found.total}
