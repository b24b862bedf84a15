"""Words for the parts of one chart, as lines of a page, in both languages: Markdown with links inside the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.cli.chart.shown.phrases import HELD_BY, PRINCIPLE
from guiju.cli.show import STRENGTHS
from guiju.cli.voice import Voice
from guiju.lifecycle.chart import START
from guiju.lifecycle.show.labels import AFTER, BASES
from guiju.lifecycle.show.view import NONE, Guard, Move, View
from guiju.source.diagnostics import Text

_FORMS = {"all_of": Text("须全部满足", "all of"), "any_of": Text("满足其一", "one of"),
          "none_of": Text("一项也没有", "none of")}
_OPENING = Text("开启", "opening")
_VOICES = ((Voice("zh"), "、"), (Voice("en"), ", "))
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

    def link(self, id_: str) -> Text:
        """A part by its label, as a link to its place; an id that has none stands as it is."""
        label = self.labels.get(id_)
        if label is None:
            return Text(f"`{id_}`", f"`{id_}`")
        return Text(f"[{label.zh or id_}]({address(id_)})", f"[{label.en or label.zh or id_}]({address(id_)})")

    def named(self, ids: Sequence[str], before: Text = NONE) -> Iterator[Text]:
        """Parts by their labels in one line; none where there are none."""
        if ids:
            links = [self.link(i) for i in ids]
            yield Text(before.zh + "、".join(x.zh for x in links), before.en + ", ".join(x.en for x in links))

    def stages(self, ids: Sequence[str]) -> Iterator[Text]:
        if ids:
            links = [_OPENING if i == START else self.link(i) for i in ids]
            yield Text("、".join(x.zh for x in links), ", ".join(x.en for x in links))

    def head(self, id_: str, label: Text, *more: Text) -> list[Text]:
        """A part as the first cell of its row: its label, then its id."""
        return [Text(f"**{label.zh or id_}** `{id_}`", f"**{label.en or label.zh or id_}** `{id_}`"),
                *(Text(f"*{word.zh}*", f"*{word.en or word.zh}*") for word in more if word.zh)]

    def cited(self, clauses: Sequence[str]) -> list[Text]:
        """Clauses with links to the index; those of the whole chart where there are none."""
        keys = clauses or self.view.basis
        zh, en = (mark.join(f"[{voice.clause(k)}]({address(k)})" for k in keys) for voice, mark in _VOICES)
        return [Text(zh, en)] if keys else []

    def then(self, ids: Sequence[str]) -> Iterator[Text]:
        """What follows: moves, or the words for what is only registered or passes."""
        for id_ in ids:
            yield from [AFTER[id_]] if id_ in AFTER else self.named((id_,))

    def basis(self, basis: str) -> Text:
        """What a part stands on where that is not the text itself."""
        return BASES.get(basis, Text("", ""))

    def held_by(self, word: str) -> list[Text]:
        return [HELD_BY[word]] if word in HELD_BY else []

    def move(self, move: Move) -> Iterator[Text]:
        """Everything that a move asks and brings."""
        for guard in move.guards:
            yield self._guard(guard)
        for goal in move.goals:
            strong = self._strength(goal.strength)
            yield Text(f"条件：《{goal.title.zh}》{goal.name.zh}{strong.zh}",
                       f"condition: {goal.name.en or goal.name.zh} of “{goal.title.en or goal.title.zh}”{strong.en}")
        for before, ids in ((Text("不迟于 ", "no later than "), move.within),
                            (Text("不早于 ", "no sooner than "), move.after)):
            for id_ in ids:
                link, span = self.link(id_), self.spans[id_]
                yield Text(f"{before.zh}{link.zh}（{span.zh}）", f"{before.en}{link.en} ({span.en})")
        yield from self.named(move.waits, Text("须等 ", "must wait for "))
        yield from self._listed("给出", "gives", move.gives)
        yield from self._listed("可给", "may give", move.may_give)
        for paper in move.needs:
            only_if = only(paper.when)
            yield Text(f"材料：{paper.name.zh}{only_if.zh}", f"paper: {paper.name.en or paper.name.zh}{only_if.en}")
        yield from self._listed("产生", "makes", move.makes)
        for computed in move.sets:
            yield Text(f"写入：{computed.fact.zh} = {computed.value.zh}",
                       f"records: {computed.fact.en} = {computed.value.en}")
        yield from self._listed("清除", "forgets", move.clears)
        yield from self.named(move.bans, Text("起禁限 ", "begins the ban "))
        yield from self.named(move.lifts, Text("解禁限 ", "lifts the ban "))
        yield from self.named(move.counted, Text("计次 ", "counts "))
        yield from [move.note] if move.note.zh else []

    def _guard(self, guard: Guard) -> Text:
        told = self._told(guard)
        return Text(f"条件：{told.zh}", f"condition: {told.en}")

    def _told(self, guard: Guard) -> Text:
        """A condition in one line, with what it asks and its members."""
        strong, only_if = self._strength(guard.strength), only(guard.when)
        zh, en = f"{guard.name.zh}{strong.zh}", f"{guard.name.en or guard.name.zh}{strong.en}"
        if guard.asks.zh:
            zh, en = f"{zh}：{guard.asks.zh}", f"{en}: {guard.asks.en or guard.asks.zh}"
        if guard.members:
            form = Text(f"至少 {guard.least} 项", f"at least {guard.least} of") if guard.form == "at_least" else \
                _FORMS.get(guard.form, Text("", ""))
            members = [self._told(m) for m in guard.members]
            zh = f"{zh}：{form.zh}（{'；'.join(m.zh for m in members)}）"
            en = f"{en}: {form.en} ({'; '.join(m.en for m in members)})"
        note = Text(f"。{guard.note.zh}", f". {guard.note.en or guard.note.zh}") if guard.note.zh else Text("", "")
        return Text(zh + only_if.zh + note.zh, en + only_if.en + note.en)

    def _strength(self, strength: str) -> Text:
        known = {**STRENGTHS, "principle": PRINCIPLE, "advice": _ADVICE}.get(strength)
        return Text(f"（{known.zh}）", f" ({known.en})") if known is not None else Text("", "")

    def _listed(self, zh: str, en: str, texts: Sequence[Text]) -> Iterator[Text]:
        if texts:
            yield Text(f"{zh}：{'、'.join(t.zh for t in texts)}", f"{en}: {', '.join(t.en or t.zh for t in texts)}")


def limits(when: Text, strength: str = "hard", strength_when: Text = NONE, note: Text = NONE,
           rolls: bool = False) -> Iterator[Text]:
    """The lines below how long something runs."""
    if when.zh:
        yield Text(f"限于：{when.zh}", f"only if {when.en or when.zh}")
    if strength == "principle":
        only_if = only(strength_when)
        yield Text(f"原则上：逾期、不满期的写明理由{only_if.zh}",
                   f"in principle: whoever is late or early gives reasons{only_if.en}")
    if rolls:
        yield Text("末日是休息日的顺延到下一工作日", "rolls on to the next working day")
    if note.zh:
        yield note


def only(when: Text) -> Text:
    """In brackets, when something holds."""
    return Text(f"（限于：{when.zh}）", f" (only if {when.en or when.zh})") if when.zh else NONE
