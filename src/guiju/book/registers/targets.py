"""Every target of every register, by the year in which it ends."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.book.page import CHINESE, Link, Page, contents_of, heading, linked, said, titled
from guiju.book.registers.ledger import ledger
from guiju.book.registers.overview import to_register
from guiju.cli.voice import Voice
from guiju.registers.model import Register, Target
from guiju.registers.wording import by_of, kind_of, value_of
from guiju.source.diagnostics import Text

TITLE = Text("各年目标", "Targets by year")
WHAT = Text("各份文件定的目标，按期满的年份排列。年份标明“推定”的，原句没有写，理由在该文件的页上；"
            "现状、限度和数目不是目标，不在这里。",
            "What the documents want to be reached, by the year in which it ends. Where a year is marked as assumed, "
            "the sentence has none; the reason is on the document's page. States, limits and counts are no targets.")


def targets_of(registers: Sequence[Register], link: Link, say: Voice = CHINESE) -> Page:
    """The page of all targets; those without a year come last."""
    groups: dict[int, list[tuple[Register, Target]]] = {}
    for register in registers:
        for target in register.targets:
            if target.kind == "target":
                groups.setdefault(target.by.year if target.by is not None else 0, []).append((register, target))
    years = sorted(groups, key=lambda year: (year == 0, year))
    parts = [(f"y{year}", _year(year), _table(groups[year], link, say)) for year in years]
    body = [titled(TITLE, say), f"<p>{said(WHAT, say)}</p>",
            f"<p>{linked(link, 'registers', say('全部台账', 'All registers'))}</p>",
            *(heading(id_, title, say) + made for id_, title, made in parts)]
    return Page("targets", TITLE, "\n".join(body), contents_of((id_, said(title, say)) for id_, title, _ in parts))


def _year(year: int) -> Text:
    return Text(f"{year} 年", str(year)) if year else Text("未载年份", "No year given")


def _table(found: list[tuple[Register, Target]], link: Link, say: Voice) -> str:
    rows = [[said(t.indicator, say), said(value_of(t), say), said(by_of(t), say), said(kind_of(t), say),
             to_register(r, link, say, f"#{t.id}")] for r, t in found]
    header = [say("指标", "indicator"), say("值", "value"), say("到", "by"), say("性质", "what it is"),
              say("文件", "document")]
    return ledger(header, rows)
