"""What runs in time, on the page: terms, notices, duties, counts, bans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.cli.chart.shown.phrases import PRINCIPLE, Phrases, rows_of, titled
from guiju.cli.layout import sides
from guiju.lifecycle.chart import REGISTER
from guiju.lifecycle.show.labels import AFTER
from guiju.lifecycle.show.timed import Ban, Duty, Loop, Notice, Term
from guiju.source.diagnostics import Text

Rows = list[tuple[str, str]]


class Times:
    """Writes the sections about time."""

    def __init__(self, phrases: Phrases, page: int) -> None:
        self.phrases = phrases
        self.say = phrases.say
        self.page = page

    def sections(self) -> Iterator[list[str]]:
        view, say = self.phrases.view, self.say
        yield self._section(say("期限", "Terms"), [self._part(t, self._term(t), t.basis) for t in view.terms])
        yield self._section(say("公示", "Notices"), [self._part(n, self._notice(n), n.basis) for n in view.notices])
        yield self._section(say("周期义务", "Recurring duties"), [self._part(d, self._duty(d)) for d in view.duties])
        yield self._section(say("次数", "Counts"), [self._part(k, self._loop(k), k.basis) for k in view.loops])
        yield self._section(say("禁限", "Bans"), [self._part(b, self._ban(b)) for b in view.bans])

    def _section(self, title: str, parts: Sequence[list[str]]) -> list[str]:
        return [*titled(title, self.page), *(line for part in parts for line in part)] if parts else []

    def _part(self, part: Term | Notice | Duty | Loop | Ban, rows: Rows, basis: str = "text") -> list[str]:
        say = self.say
        head = f"  {self.phrases.named(part.id)}{say.in_brackets(self.phrases.basis(basis, part.ref))}"
        rows = [*rows, (say("说明", "note"), say.text(part.note))]
        return [*sides(head, self.phrases.cited(part.clauses), self.page), *rows_of(rows, self.page, "      ")]

    def _term(self, term: Term) -> Rows:
        say = self.say
        rolls = say("；末日是休息日的顺延到下一工作日", "; an end on a free day moves on to the next working day")
        strength = self._strength(term.strength, term.strength_when)
        return [(say("多长", "length"), say.text(term.span) + (rolls if term.rolls else "") + strength),
                (say("环节", "stages"), self.phrases.stages(term.stages)), self._when(term.when),
                (say("届满", "then"), say("最短期限，届满才可办理", "a minimum: moves wait for its end")
                 if term.kind == "minimum" and not term.then else self.phrases.then(term.then))]

    def _notice(self, notice: Notice) -> Rows:
        say = self.say
        strength = self._strength(notice.strength, Text("", ""))
        return [(say("公示什么", "about"), say.text(notice.subject)),
                (say("多长", "length"), say.text(notice.span) + strength),
                (say("计算", "counting"), say.text(notice.counting)),
                (say("环节", "stages"), self.phrases.stages(notice.stages)), self._when(notice.when),
                (say("期满方可", "holds up"), self.phrases.all_named(notice.blocks)),
                (say("期内可办", "despite it"), self.phrases.all_named(notice.despite)),
                (say("异议", "objections"), self.phrases.named(notice.objections))]

    def _duty(self, duty: Duty) -> Rows:
        say = self.say
        rolls = say("；末日是休息日的顺延到下一工作日", "; an end on a free day moves on to the next working day")
        return [(say("多久", "how often"), say.text(duty.span) + (rolls if duty.rolls else "")),
                (say("步骤", "move"), self.phrases.named(duty.move)),
                (say("环节", "stages"), self.phrases.stages(duty.stages)), self._when(duty.when),
                (say("逾期", "overdue"), self.phrases.named(duty.overdue) or say.text(AFTER[REGISTER]))]

    def _loop(self, loop: Loop) -> Rows:
        say = self.say
        return [(say("步骤", "moves"), self.phrases.all_named(loop.moves)),
                (say("至多", "at most"), say.text(loop.most) or say("不限，只计数", "no limit, only counted")),
                (say("名称", "name"), loop.name)]

    def _ban(self, ban: Ban) -> Rows:
        say = self.say
        refused = self.phrases.all_named(self.phrases.view.banned_from)
        return [(say("多长", "length"), say.text(ban.span)), (say("对谁", "whom"), say.text(ban.who)),
                (say("起于", "begun by"), self.phrases.all_named(ban.begins)),
                (say("提前解除", "lifted by"), self.phrases.all_named(ban.ends)), (say("不得", "refuses"), refused)]

    def _when(self, when: Text) -> tuple[str, str]:
        return self.say("限于", "only if"), self.say.text(when)

    def _strength(self, strength: str, when: Text) -> str:
        if strength != "principle":
            return ""
        said = self.say.text(when)
        more = self.say("，限于 ", ", if ") + said if said else ""
        return self.say.in_brackets(self.say.text(PRINCIPLE) + more)
