"""What the sections of the page share: words for the parts of a chart, and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiju.cli.layout import Column, table, wrapped
from guiju.cli.voice import Voice
from guiju.lifecycle.chart import START
from guiju.lifecycle.show.labels import AFTER, BASES
from guiju.lifecycle.show.view import View
from guiju.source.diagnostics import Text

HELD_BY = {"applicant": Text("申请人", "applicant"), "office": Text("机关", "an office"),
           "committee": Text("委员会", "a committee"), "expert": Text("专家", "an expert"),
           "anyone": Text("任何人", "anyone"), "round": Text("由批次指明", "named by the round"),
           "system": Text("系统", "the system")}
PRINCIPLE = Text("原则上", "in principle")
LABELLED = (Column(most=12), Column())
RULED = (Column(most=22), Column(most=26), Column())


class Phrases:
    """Words for the parts of one chart."""

    def __init__(self, view: View, say: Voice) -> None:
        self.view = view
        self.say = say
        self.labels = {part.id: part.label for parts in (view.stages, view.moves, view.terms, view.notices, view.duties,
                                                         view.loops, view.bans, view.procedures) for part in parts}
        self._terms = {t.id: t for t in view.terms}
        self._notices = {n.id: n for n in view.notices}
        self._duties = {d.id: d for d in view.duties}

    def named(self, id_: str) -> str:
        """A part by id and label."""
        label = self.say.text(self.labels[id_]) if id_ in self.labels else ""
        return id_ + self.say(" ", ": ") + label if label not in ("", id_) else id_

    def all_named(self, ids: Sequence[str]) -> str:
        return self.say.listed([self.named(id_) for id_ in ids])

    def term(self, id_: str) -> str:
        return self.named(id_) + self.say.in_brackets(self.say.text(self._terms[id_].span))

    def notice(self, id_: str) -> str:
        return self.named(id_) + self.say.in_brackets(self.say.text(self._notices[id_].span))

    def duty(self, id_: str) -> str:
        return self.named(id_) + self.say.in_brackets(self.say.text(self._duties[id_].span))

    def procedure(self, id_: str) -> str:
        return self.named(id_)

    def time(self, id_: str) -> str:
        """A term or a notice."""
        return self.term(id_) if id_ in self._terms else self.notice(id_)

    def stages(self, ids: Sequence[str]) -> str:
        return self.say.listed([self.say("开启", "start") if i == START else i for i in ids])

    def then(self, ids: Sequence[str]) -> str:
        return self.say.listed([self.say.text(AFTER[i]) if i in AFTER else self.named(i) for i in ids])

    def basis(self, basis: str, ref: str) -> str:
        """推定，见 1.7#18"""
        words = self.say.text(BASES[basis]) if basis in BASES else ""
        see = self.say("见 ", "see ") + ref if ref else ""
        return self.say("，", ", ").join(x for x in (words, see) if x)

    def cited(self, clauses: Sequence[str]) -> str:
        """The clauses of a rule, or of the whole chart where it has none."""
        return self.say.clauses(list(clauses or self.view.basis), 6)


def titled(text: str, page: int) -> list[str]:
    import click

    return [click.style(line, bold=True) for line in wrapped(text, page)]


def rows_of(rows: Iterable[Sequence[str]], page: int, indent: str,
            columns: Sequence[Column] = LABELLED) -> list[str]:
    """Aligned rows, without those whose last cell says nothing."""
    return table([row for row in rows if row[-1]], columns, page, indent)
