"""What a question to a population is asked of: the data, the policies, the day, the readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from guiju.cli.help import Argument
from guiju.cli.options import PATH, lang_option, library_option
from guiju.cli.voice import Voice

if TYPE_CHECKING:
    import datetime as dt

    from guiju.evaluate.evaluation import Setting
    from guiju.language.policy import Policy
    from guiju.population.files.source import Chunk

CONTRACT = 1
Callback = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as typed."""

    data: Path
    as_of: str = ""
    known_at: str = ""
    settings: tuple[str, ...] = ()
    presuming: bool = False
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The same, read and checked: each policy with its setting."""

    data: Path
    asked: tuple[tuple[Policy, Setting], ...]
    left_out: tuple[Policy, ...]
    as_of: dt.date

    @property
    def policy(self) -> Policy:
        return self.asked[0][0]

    @property
    def setting(self) -> Setting:
        return self.asked[0][1]

    def chunks(self, *more: str) -> Iterator[Chunk]:
        """The organisations in the order of their names, with what the policies ask about, and `more` facts."""
        from guiju.cli.reads import entries_of
        from guiju.population.files.arrow import Needs
        from guiju.population.files.source import open_source

        vocabulary = self.policy.vocabulary
        facts, records = entries_of([policy for policy, _ in self.asked], vocabulary)
        needs = Needs(frozenset([*(f.id for f in facts), *more]),
                      {r.id: frozenset(f.id for f in r.fields) for r in records})
        yield from open_source(self.data, vocabulary, needs).chunks()

    def named(self) -> Iterator[Chunk]:
        """The same organisations once more, with nothing but their names."""
        from guiju.population.files.arrow import Needs
        from guiju.population.files.source import open_source

        yield from open_source(self.data, self.policy.vocabulary, Needs(frozenset(), {})).chunks()


def question_options(say: Voice) -> Callable[[Callback], Callback]:
    """DATA and everything that says under which law it is looked at; the command gets one `asked`."""
    options = [
        click.argument("data", cls=Argument, type=PATH, metavar="DATA", help=say(
            "数据：一个文件夹，或一个 .duckdb、.sqlite 文件", "the data: a folder, or a .duckdb or .sqlite file")),
        click.option("--as-of", default="", metavar="DATE", help=say("按哪天的规定（默认今天）",
                                                                     "the day whose law counts (default: today)")),
        click.option("--known-at", default="", metavar="DATE", help=say(
            "只用这天已经知道的取值", "use only values that were known on that day")),
        click.option("--set", "settings", multiple=True, metavar="PARAM=VALUE", help=say(
            "设定参数或换一种读法（可写 政策:参数=值）", "set a parameter (or POLICY:PARAM=VALUE)")),
        click.option("--presume", "presuming", is_flag=True, help=say(
            "未述即符合：没有给出的条件先当作满足", "take conditions on facts that are not given as met")),
        library_option(say),
        lang_option(say),
    ]

    def add(function: Callback) -> Callback:
        def with_question(*, data: Path, as_of: str, known_at: str, settings: tuple[str, ...], presuming: bool,
                          folder: Path | None, **more: Any) -> Any:
            return function(asked=Asked(data, as_of, known_at, settings, presuming, folder), **more)

        with_question.__name__ = function.__name__
        with_question.__click_params__ = list(getattr(function, "__click_params__", []))  # type: ignore[attr-defined]
        wrapped: Any = with_question
        for option in reversed(options):
            wrapped = option(wrapped)
        return cast(Callback, wrapped)

    return add


def policy_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--policy", "-p", "word", required=True, metavar="ID", help=say("哪个政策", "which policy"))


def form_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                        metavar="text|json", help=say("给人看，或给程序读的 JSON",
                                                      "for a person, or JSON for programs"))


def out_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--out", "-o", "out", type=PATH, metavar="FILE", help=say(
        "全部名单写到这个 .parquet 或 .csv 文件", "write the whole list to this .parquet or .csv file"))


def read_question(asked: Asked, words: Sequence[str] = ()) -> Question:
    """Raises GuijuError: E140 no such policy, E142 not in force on the day, else as options are read. Without `words`
    all policies that are in force."""
    import datetime as dt

    from guiju.cli.situation import chosen_values, day_of, library_at
    from guiju.evaluate.evaluation import setting_for

    library = library_at(asked.folder)
    as_of = day_of(asked.as_of, "--as-of") if asked.as_of else dt.date.today()
    known_at = day_of(asked.known_at, "--known-at") if asked.known_at else None
    wanted = [library.policy(library.find(word)) for word in words] if words else list(library)
    in_force = [policy for policy in wanted if policy.in_force(as_of)]
    left_out = tuple(policy for policy in wanted if not policy.in_force(as_of))
    if words and left_out:
        raise _not_in_force(left_out[0], as_of)
    chosen = chosen_values(asked.settings, in_force, library)
    return Question(asked.data, tuple(
        (p, setting_for(p, as_of, known_at, chosen.get(p.id), asked.presuming)) for p in in_force), left_out, as_of)


def _not_in_force(policy: Policy, as_of: dt.date) -> Exception:
    from guiju.source.diagnostics import Span, fail

    until = policy.end or "…"
    return fail("E142", Span(policy.id),
                f"《{policy.title.zh}》{policy.start} 至 {until} 有效，{as_of} 不在其中；用 --as-of 换一个日期",
                f"in force from {policy.start} to {until}, not on {as_of}; choose another date with --as-of")


def head_lines(question: Question, say: Voice) -> list[str]:
    """Which policy, on which day, with what was set."""
    policy, setting = question.asked[0]
    lines = [say(f"{policy.title.zh}  按 {question.as_of} 计", f"{policy.title.en or policy.title.zh}  as of "
                 f"{question.as_of}")]
    if setting.chosen:
        lines.append(say("设定：", "set: ") + say("、", ", ").join(sorted(setting.chosen)))
    if setting.presuming:
        lines.append(say("未述即符合：没有给出的条件先当作满足", "conditions on facts not given are taken as met"))
    return lines


def head_record(question: Question) -> dict[str, Any]:
    policy, setting = question.asked[0]
    return {"contract": CONTRACT, "policy": policy.id, "version": policy.start.isoformat(),
            "as_of": question.as_of.isoformat(), "set": sorted(setting.chosen), "presuming": setting.presuming}


def fen_of(text: str, option: str, question: Question) -> int:
    """An amount as typed, such as 500 万元, in fen."""
    from guiju.facts.numbers import read_number
    from guiju.facts.reading import Refusal
    from guiju.source.diagnostics import Span, fail

    vocabulary = question.policy.vocabulary
    money = next(f for f in vocabulary.all_facts() if f.type == "money" and f.low == 0 and f.high is None)
    try:
        return int(read_number(text, money, vocabulary.units)[0])
    except Refusal as refusal:
        raise fail(refusal.code, Span(f"{option} {text}"), refusal.message.zh, refusal.message.en) from None
