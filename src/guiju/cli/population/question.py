"""What a question to a population is asked of: the data, and the policies under their settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Argument
from guiju.cli.options import PATH, Callback
from guiju.cli.population.asking import Asked
from guiju.cli.voice import Voice

if TYPE_CHECKING:
    from guiju.evaluate.evaluation import Setting
    from guiju.language.policy import Policy
    from guiju.population.questions.asking import Chunk
    from guiju.population.questions.within import Within

CONTRACT = 1


@dataclass(frozen=True, slots=True)
class Question:
    """The data, and what is asked of it; a question to one policy is one to the first. `within`: the region whose
    organisations alone are asked."""

    data: Path
    asked: Asked
    within: Within | None = None

    @property
    def policy(self) -> Policy:
        return self.asked.policies[0][0]

    @property
    def setting(self) -> Setting:
        return self.asked.policies[0][1]

    def chunks(self, *more: str) -> Iterator[Chunk]:
        """The organisations in the order of their names, with what the policies ask about, and `more` facts."""
        from guiju.population.files.arrow import Needs
        from guiju.population.files.asked import needs_of

        needs = needs_of([policy for policy, _ in self.asked.policies])
        keys = {r: frozenset(self.policy.vocabulary.records[r].key) for r in needs.records}
        place = {"region"} if self.within else set()
        wanted = Needs(needs.facts | frozenset(more) | place, {r: own | keys[r] for r, own in needs.records.items()})
        with closing(self.asked.opened(self.data, wanted)) as source:
            yield from self.within.of(source.chunks()) if self.within else source.chunks()
            self.asked.note(source.faults)


def question_of(data: Path, asked: Asked, region: str) -> Question:
    """Raises GuijuError E112 for a region that is not there, or may be several."""
    from guiju.population.questions.within import within

    return Question(data, asked, within(region, asked.library.vocabulary) if region else None)


def policy_argument(say: Voice) -> Callable[[Callback], Callback]:
    return click.argument("words", cls=Argument, metavar="POLICY", help=say("哪个政策", "which policy"))


def form_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                        metavar="text|json", help=say("给人看，或给程序读的 JSON",
                                                      "for a person, or JSON for programs"))


def out_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--out", "-o", "out", type=PATH, metavar="FILE", help=say(
        "全部名单写到这个 .parquet 或 .csv 文件", "write the whole list to this .parquet or .csv file"))


def region_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--region", default="", metavar="REGION", help=say(
        "只看登记在这个地区的单位（名称或行政区划代码）；登记地未知的另外数出来",
        "only organisations registered in this region (a name or a code); those whose place is not known are counted"))


def region_lines(question: Question, say: Voice) -> list[str]:
    """Which region was asked about, and who was left out for it: nothing, where none was."""
    from guiju.evaluate.spelling import spell_value

    within = question.within
    if within is None:
        return []
    code = int(within.code)
    place = spell_value((code, code, 0), question.policy.vocabulary.facts["region"])
    lines = [say(f"只看登记在{place.zh}的 {within.inside:,} 家；没有算的：登记在外地的 {within.other_region:,} 家",
                 f"only the {within.inside:,} registered in {say.text(place)}; left out: {within.other_region:,} "
                 "registered elsewhere")]
    if within.unknown:
        lines.append(say(f"另有 {within.unknown:,} 家登记地未知，或只知大概，也没有算：补上 region 再问",
                         f"left out, too: {within.unknown:,} whose place is not known, or not closely enough: give "
                         "their region and ask again"))
    return lines


def region_record(question: Question) -> dict[str, Any] | None:
    within = question.within
    return None if within is None else {"code": within.code, "organisations": within.inside,
                                        "other_region": within.other_region, "unknown": within.unknown}


def head_lines(question: Question, say: Voice) -> list[str]:
    """Which policy, on which day, with what was set."""
    policy, setting = question.policy, question.setting
    lines = [say(f"{policy.title.zh}  按 {question.asked.day} 计",
                 f"{policy.title.en or policy.title.zh}  as of {question.asked.day}")]
    if setting.chosen:
        lines.append(say("设定：", "set: ") + say("、", ", ").join(sorted(setting.chosen)))
    if setting.presuming:
        lines.append(say("未述即符合：没有给出的条件先当作满足", "conditions on facts not given are taken as met"))
    return [*lines, *region_lines(question, say)]


def head_record(question: Question) -> dict[str, Any]:
    policy, setting = question.policy, question.setting
    return {"contract": CONTRACT, "policy": policy.id, "version": policy.start.isoformat(),
            "as_of": question.asked.day.isoformat(), "set": sorted(setting.chosen), "presuming": setting.presuming,
            "region": region_record(question)}


def fen_of(text: str, option: str, question: Question) -> int:
    """An amount as typed, such as 500 万元, in fen. Raises GuijuError E106 to E109; E107, too, where it has no unit:
    nobody would see at once that 5000000 had been taken for 万元."""
    from guiju.facts.numbers import is_bare, read_money
    from guiju.facts.reading import Refusal
    from guiju.source.diagnostics import Span, fail

    try:
        fen = read_money(text, question.policy.vocabulary.units)
    except Refusal as refusal:
        raise fail(refusal.code, Span(f"{option} {text}"), refusal.message.zh, refusal.message.en) from None
    if fen and is_bare(text):
        raise fail("E107", Span(f"{option} {text}"), f"没有单位；写成 {text}元 或 {text}万元",
                   f"there is no unit: write {text}元 or {text}万元")
    return fen
