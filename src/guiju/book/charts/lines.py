"""Words for the parts of one chart, as lines of a page: Chinese in Markdown with links inside the page, English
beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.book.charts.reference import SAY
from guiju.cli.chart.shown.phrases import HELD_BY, PRINCIPLE
from guiju.cli.show import STRENGTHS
from guiju.lifecycle.chart import START
from guiju.lifecycle.show.labels import AFTER, BASES
from guiju.lifecycle.show.view import NONE, Guard, Move, View
from guiju.source.diagnostics import Text

_FORMS = {"all_of": "须全部满足", "any_of": "满足其一", "none_of": "一项也没有"}
_ADVICE = Text("仅供参考", "advice only")


def place(id_: str) -> str:
    """Where a part or a clause stands on its page."""
    return f"r-{id_}"


def address(id_: str) -> str:
    """The same as a link may say it: clause keys have brackets, which would end the link."""
    return "#" + place(id_).replace("(", "%28").replace(")", "%29")


class Lines:
    """`labels`: every part that has a place on the page."""

    def __init__(self, view: View) -> None:
        self.view = view
        parts = (view.roles, view.stages, view.moves, view.terms, view.notices, view.duties, view.loops, view.bans,
                 view.procedures)
        self.labels = {part.id: part.label for group in parts for part in group}
        self.spans = {part.id: part.span for group in (view.terms, view.notices) for part in group}

    def link(self, id_: str) -> str:
        return f"[{id_}]({address(id_)})" if id_ in self.labels else id_

    def named(self, ids: Sequence[str], before: str = "") -> Iterator[Text]:
        """Parts by id and label in one line; none where there are none."""
        if ids:
            words = [f"{self.link(i)} {self.labels[i].zh}" if i in self.labels else i for i in ids]
            yield Text(before + "、".join(words), ", ".join(self.labels[i].en or i for i in ids if i in self.labels))

    def stages(self, ids: Sequence[str]) -> Iterator[Text]:
        if ids:
            yield Text("、".join("开启" if i == START else self.link(i) for i in ids), "")

    def head(self, id_: str, label: Text, *more: str) -> list[Text]:
        """A part as the first cell of its row."""
        return [Text(f"**{id_}** {label.zh}", label.en if label.en != label.zh else ""),
                *(Text(f"*{word}*", "") for word in more if word)]

    def cited(self, clauses: Sequence[str]) -> list[Text]:
        """Clauses with links to the index; those of the whole chart where there are none."""
        keys = clauses or self.view.basis
        return [Text("、".join(f"[{SAY.clause(k)}]({address(k)})" for k in keys), "")] if keys else []

    def then(self, ids: Sequence[str]) -> Iterator[Text]:
        """What follows: moves, or the words for what is only registered or passes."""
        for id_ in ids:
            yield from [AFTER[id_]] if id_ in AFTER else self.named((id_,))

    def basis(self, basis: str, ref: str) -> str:
        words = BASES[basis].zh if basis in BASES else ""
        return "，".join(x for x in (words, f"见 {ref}" if ref else "") if x)

    def held_by(self, word: str) -> list[Text]:
        return [HELD_BY[word]] if word in HELD_BY else []

    def move(self, move: Move) -> Iterator[Text]:
        """Everything that a move asks and brings."""
        for guard in move.guards:
            yield self._guard(guard)
        for goal in move.goals:
            yield Text(f"条件：《{goal.title.zh}》{goal.name.zh}{self._strength(goal.strength)}", goal.name.en)
        for before, ids in (("不迟于 ", move.within), ("不早于 ", move.after)):
            for id_ in ids:
                yield Text(f"{before}{self.link(id_)}（{self.spans[id_].zh}）", self.spans[id_].en)
        yield from self.named(move.waits, "须等 ")
        yield from self._listed("给出", "gives", move.gives)
        yield from self._listed("可给", "may give", move.may_give)
        for paper in move.needs:
            yield Text(f"材料：{paper.name.zh}{_only(paper.when.zh)}", paper.name.en)
        yield from self._listed("产生", "makes", move.makes)
        for computed in move.sets:
            yield Text(f"写入：{computed.fact.zh} = {computed.value.zh}", f"{computed.fact.en} = {computed.value.en}")
        yield from self._listed("清除", "forgets", move.clears)
        yield from self.named(move.bans, "起禁限 ")
        yield from self.named(move.lifts, "解禁限 ")
        yield from self.named(move.counted, "计次 ")
        yield from [move.note] if move.note.zh else []

    def _guard(self, guard: Guard) -> Text:
        asks = f"：{guard.asks.zh}" if guard.asks.zh else ""
        members = ""
        if guard.members:
            form = f"至少 {guard.least} 项" if guard.form == "at_least" else _FORMS.get(guard.form, "")
            members = f"：{form}（{'；'.join(self._guard(m).zh.removeprefix('条件：') for m in guard.members)}）"
        note = f"。{guard.note.zh}" if guard.note.zh else ""
        return Text(f"条件：{guard.name.zh}{self._strength(guard.strength)}{asks}{members}{_only(guard.when.zh)}{note}",
                    guard.name.en if guard.name.en != guard.name.zh else "")

    def _strength(self, strength: str) -> str:
        known = {**STRENGTHS, "principle": PRINCIPLE, "advice": _ADVICE}
        return f"（{known[strength].zh}）" if strength in known else ""

    def _listed(self, zh: str, en: str, texts: Sequence[Text]) -> Iterator[Text]:
        if texts:
            yield Text(f"{zh}：{'、'.join(t.zh for t in texts)}", f"{en}: {', '.join(t.en or t.zh for t in texts)}")


def limits(when: Text, strength: str = "hard", strength_when: Text = NONE, note: Text = NONE,
           rolls: bool = False) -> Iterator[Text]:
    """The lines below how long something runs."""
    if when.zh:
        yield Text(f"限于：{when.zh}", f"only if {when.en}")
    if strength == "principle":
        yield Text(f"原则上：逾期、不满期的写明理由{_only(strength_when.zh)}", "in principle")
    if rolls:
        yield Text("末日是休息日的顺延到下一工作日", "rolls on to the next working day")
    if note.zh:
        yield note


def _only(when: str) -> str:
    return f"（限于：{when}）" if when else ""
