"""A chart walked by question and answer: shows where the case stands, asks which move, and for what comes with it."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.calendar import Calendar
from guiju.cli.chart import words as w
from guiju.cli.chart.asking import Asker, Cancelled, Left
from guiju.cli.chart.attempts import (
    Opening,
    entry_of,
    fitting_roles,
    hopeless,
    lacking,
    openings,
    state_for,
    tried,
)
from guiju.cli.chart.casefiles import store
from guiju.cli.chart.standing import due_lines, head_lines, option_lines, standing
from guiju.cli.chart.story import happenings
from guiju.cli.chart.telling import Teller, title_line
from guiju.facts.dates import read_day
from guiju.facts.reading import Refusal as Unreadable
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Move
from guiju.lifecycle.events import Actor, Document, Evidence
from guiju.lifecycle.options import Option, everyone
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import GuijuError, visible


@dataclass(slots=True)
class Dialogue:
    """One run. `case`: as it stands, None before it is opened; `day`: the last date used; `facts`: what comes with
    the first move, as a facts file states it."""

    opening: Opening
    calendar: Calendar
    teller: Teller
    asker: Asker
    day: dt.date
    case: Case | None = None
    path: Path | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: list[Option] = field(default_factory=list)
    saved: int = 0

    def run(self) -> None:
        """Until the case is final, or whoever answers leaves."""
        say, tell = self.teller.say, self.asker.tell
        tell(title_line(self.teller, self.opening.case, self.opening.round))
        tell(say("输入号码办理；d 到期，h 经过，s 存，q 结束，? 帮助。",
                 "A number makes a move; d dates, h history, s save, q quit, ? help."))
        saving = True
        try:
            self._show()
            while self.case is None or any(self.case.states()):
                try:
                    self._command(self.asker.line("> "))
                except Cancelled:
                    self._show()
            tell(say("已经终结。", "The case is final."))
        except Left as left:
            saving = left.saving
        except EOFError:
            tell("")
        self._leave(saving)

    def _command(self, text: str) -> None:
        word, _, rest = text.partition(" ")
        say, tell = self.teller.say, self.asker.tell
        if word.isdecimal() and 0 < int(word[:6]) <= len(self.options):
            self._make(self.options[int(word) - 1])
        elif (named := next((o for o in self.options if o.name == text), None)) is not None:
            self._make(named)
        elif word == "d":
            self._dates(rest.strip())
        elif word == "h":
            self._tell_all(line for h in happenings(self.case, self.calendar) for line in self.teller.happened(h)
                           ) if self.case is not None else tell(say("还没有开启。", "The case is not open yet."))
        elif word == "s":
            self._save(rest.strip())
        elif word in ("?", "？", "help"):
            self._help()
        elif text:
            tell(say(f"没有“{visible(text)}”这一项；输入 ? 看说明", f"no such choice: '{visible(text)}'; ? for help"))

    def _show(self) -> None:
        """Where the case stands, what may be done, what runs out."""
        self.asker.tell("")
        if self.case is None:
            say = self.teller.say
            self.options = openings(self.opening, everyone(self.opening.chart), self.day, self.calendar)
            self.asker.tell(f"{self.day}  " + say("还没有开启", "not open yet"))
            self._tell_all(option_lines(self.options, self.day, self.teller))
            return
        found = standing(self.case, self.day, self.calendar)
        self.options = list(found.options)
        self._tell_all(head_lines(found, self.teller))
        self._tell_all(option_lines(found.options, self.day, self.teller))
        self._tell_all(due_lines(found, self.teller))

    def _dates(self, typed: str) -> None:
        """What runs out; another day to look from, if one was typed."""
        say = self.teller.say
        if typed:
            try:
                day = read_day(typed)
            except Unreadable as refusal:
                self.asker.tell(f"{refusal.code}  {say.text(refusal.message)}")
                return
            if self.case is not None and day < self.case.last.date:
                self.asker.tell(say(f"早于上一步（{self.case.last.date}）",
                                    f"before the last step ({self.case.last.date})"))
                return
            self.day = day
            self._show()
        elif self.case is None:
            self.asker.tell(say("还没有开启。", "The case is not open yet."))
        else:
            found = standing(self.case, self.day, self.calendar)
            self._tell_all([*due_lines(found, self.teller)] or [say("没有在计的日期。", "Nothing runs.")])

    def _make(self, option: Option) -> None:
        """Make a move: ask for its day, who makes it, and what comes with it; then tell what it brought, or why not."""
        opening, calendar = self.opening, self.calendar
        self.day = day = self.asker.day(self.day, self.case.last.date if self.case is not None else None)
        found = state_for(opening, self.case, option.name, day, calendar)
        if isinstance(found, Refusal):
            self._refused(day, found)
            return
        seen, state, step = found
        actor = self._actor(fitting_roles(seen, state, step, day, calendar))
        result = tried(opening, self.case, option.name, actor, Evidence(dict(self.facts)), day, calendar)
        if isinstance(result, Refusal) and not hopeless(result, step):
            given = self._given(seen, state, step, day)
            result = self._with_papers(option, actor, given, day)
        if isinstance(result, Refusal):
            self._refused(day, result)
            return
        before, self.case, self.facts = self.case, result, {}
        self._tell_all(line for h in happenings(result, calendar, before) for line in self.teller.happened(h))
        if any(result.states()):
            self._show()

    def _refused(self, day: dt.date, refusal: Refusal) -> None:
        self._tell_all(self.teller.refused(day, refusal))

    def _actor(self, roles: list[str]) -> Actor:
        """Who acts: the only role that may, or the one that is chosen."""
        labels = [w.role_word(self.opening.chart, role, self.teller.say) for role in roles]
        place = self.asker.choice(self.teller.say("由谁办理", "who acts"), labels) if len(roles) > 1 else 0
        return w.holder(self.opening.chart, self.opening.round, roles[place])

    def _given(self, seen: Case | None, state: State, step: Move, day: dt.date) -> dict[str, Any]:
        """Facts: those that must be given, those that may be, and those of the dictionary that guards wait for."""
        given = dict(self.facts)
        asked: set[str] = set()
        for required, ids in ((True, step.gives), (False, step.may_give)):
            for id_ in ids:
                self._ask(given, asked, entry_of(state.chart, id_), state, required)
        while waiting := [e for e in lacking(seen, state, step, given, day, self.calendar) if e.id not in asked]:
            for entry in waiting:
                self._ask(given, asked, entry, state, required=False)
        return given

    def _ask(self, given: dict[str, Any], asked: set[str], entry: Any, state: State, required: bool) -> None:
        asked.add(entry.id)
        if entry.name in given or entry.id in given:
            return
        answer = self.asker.entry(entry, state.chart.vocabulary, required)
        if answer is not None:
            given[entry.name] = answer

    def _with_papers(self, option: Option, actor: Actor, given: dict[str, Any], day: dt.date) -> Case | Refusal:
        """The move with its papers and written reasons, which are asked for where nothing else is in the way."""
        labels = {p.name.zh: self.teller.say.text(p.name) for p in option.move.needs}
        papers: dict[str, Document | None] = {}
        reasons: dict[str, str] = {}
        while True:
            evidence = Evidence(given, tuple(d for d in papers.values() if d is not None),
                                {about: text for about, text in reasons.items() if text})
            result = tried(self.opening, self.case, option.name, actor, evidence, day, self.calendar)
            if isinstance(result, Case) or any(r.code not in ("documents", "decision") for r in result.reasons):
                return result
            waiting = [r for r in result.reasons if r.about not in papers and r.about not in reasons]
            if not waiting:
                return result
            for reason in waiting:
                if reason.code == "documents":
                    papers[reason.about] = self.asker.paper(reason.about, labels.get(reason.about, reason.about))
                else:
                    reasons[reason.about] = self.asker.reason(reason)

    def _save(self, typed: str) -> None:
        say = self.teller.say
        path = Path(typed) if typed else self.path
        if self.case is None:
            self.asker.tell(say("还没有开启，没有可存的。", "The case is not open yet: nothing to save."))
        elif path is None:
            self.asker.tell(say("写明文件名：s 文件", "name the file: s FILE"))
        else:
            try:
                self._store(path)
            except GuijuError as error:
                for diagnostic in error.diagnostics:
                    self.asker.tell(diagnostic.render(say.language))

    def _store(self, path: Path) -> None:
        assert self.case is not None
        store(path, self.case)
        self.path, self.saved = path, len(self.case.events)
        name = visible(str(path))
        self.asker.tell(self.teller.say(f"已存 {name}：{self.saved} 条记录，末条摘要 {self.case.head.sha256}",
                                        f"saved {name}: {self.saved} events, last digest {self.case.head.sha256}"))

    def _leave(self, saving: bool) -> None:
        """Save what is new, if there is a file for it."""
        say = self.teller.say
        fresh = len(self.case.events) - self.saved if self.case is not None else 0
        if fresh and saving and self.path is not None:
            try:
                self._store(self.path)
            except GuijuError:
                self._rescue(self.path)
                raise
        elif fresh:
            self.asker.tell(say(f"{fresh} 条记录没有存。", f"{fresh} events were not saved."))
        self.asker.tell(say("到此为止。", "Stopped."))

    def _rescue(self, path: Path) -> None:
        """Save elsewhere what could not be saved where it should be: nothing that was done is lost."""
        with contextlib.suppress(GuijuError):
            self._store(Path(tempfile.mkdtemp(prefix="guiju-")) / path.name)

    def _help(self) -> None:
        self._tell_all(self.teller.say(
            "号码或步骤名  办理这一步；逐项询问所需，输入 c 作罢\nd  正在计的日期；d 2024-06-01 改看那一天\n"
            "h  案件的经过\ns  存；s 文件 存到这个文件\nq  结束（有案件文件的存回）；q! 结束不存",
            "a number or a move's name  make it; you are asked for what it needs; c to leave it\n"
            "d  what runs out; d 2024-06-01 to look from that day\nh  the history of the case\n"
            "s  save; s FILE to save there\nq  quit (the case's file is saved); q! quit without saving").splitlines())

    def _tell_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.asker.tell(line)
