"""All registers, who leads in them, and what ends when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from html import escape

from guiju.book.page import CHINESE, Link, Page, chinese, contents_of, heading, ident, linked, said, titled
from guiju.book.registers.ledger import ledger
from guiju.cli.voice import Voice
from guiju.registers.choosing import place_name
from guiju.registers.model import KINDS, Register
from guiju.registers.wording import end_of
from guiju.source.diagnostics import Text

TITLE = Text("台账：文件部署的任务和目标", "Registers: tasks and targets that documents set")
WHAT = Text("这些文件不给钱、不设条件，算不出谁够不够，但部署任务、定目标。每份逐条记下：谁牵头、做什么、到哪天、"
            "达到多少；没有写的就是没有写，不代为推定。",
            "These documents pay nothing and set no conditions, so nobody's case can be computed; they set tasks and "
            "targets. Each is written down clause by clause: who leads, what, by when, how much. What a text does not "
            "give is not made up.")


def overview_of(registers: Sequence[Register], link: Link, say: Voice = CHINESE) -> Page:
    """The index of registers."""
    parts = [("all", Text("全部", "All"), _all(registers, link, say)),
             ("by", Text("按文种、地区、年份", "By kind, place and year"), _by(registers, link, say)),
             ("leads", Text("按牵头机关", "By leading body"), _leads(registers, link, say)),
             ("ends", Text("有期限的任务", "Tasks with an end"), _ends(registers, link, say))]
    shown = [part for part in parts if part[2]]
    body = [titled(TITLE, say), f"<p>{said(WHAT, say)}</p>",
            f"<p>{linked(link, 'targets', say('各年目标', 'Targets by year'))}</p>",
            *(heading(id_, title, say) + made for id_, title, made in shown)]
    return Page("registers", TITLE, "\n".join(body), contents_of((id_, said(title, say)) for id_, title, _ in shown))


def to_register(register: Register, link: Link, say: Voice, place: str = "") -> str:
    """A link to a register, or to a place on its page, by title."""
    return linked(link, f"registers/{register.id}{place}", say.text(register.title))


def _all(registers: Sequence[Register], link: Link, say: Voice) -> str:
    rows = [[f"{to_register(r, link, say)} {ident(r.id)}", said(KINDS[r.kind], say), chinese(place_name(r), say),
             f'<span class="day">{r.issued}</span>' if r.issued else say("未载", "not given"),
             str(len(r.clauses)), str(len(r.tasks)), str(len(r.targets))] for r in registers]
    header = [say("文件", "document"), say("文种", "kind"), say("地区", "place"), say("发布", "issued"),
              say("条款", "clauses"), say("任务", "tasks"), say("目标和数字", "targets and figures")]
    return ledger(header, rows)


def _by(registers: Sequence[Register], link: Link, say: Voice) -> str:
    """Every way of choosing, as one table: its values with the registers that have them."""
    ways: list[tuple[str, Callable[[Register], str]]] = [
        (say("文种", "kind"), lambda r: said(KINDS[r.kind], say)),
        (say("地区", "place"), lambda r: chinese(place_name(r), say)),
        (say("年份", "year"), lambda r: str(r.issued.year) if r.issued else say("未载", "not given"))]
    rows = []
    for name, value_of in ways:
        for value in sorted({value_of(r) for r in registers}):
            links = _listed(to_register(r, link, say) for r in registers if value_of(r) == value)
            rows.append([f"{escape(name)}{say('：', ': ')}{value}", links])
    header = [say("选", "choice"), say("文件", "documents")]
    return ledger(header, rows)


def _leads(registers: Sequence[Register], link: Link, say: Voice) -> str:
    counts = Counter(body for r in registers for task in r.tasks for body in task.lead)
    rows = []
    for body, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        links = _listed(to_register(r, link, say, "#leads") for r in registers if body in r.leads)
        rows.append([chinese(body, say), str(count), links])
    header = [say("机关", "body"), say("牵头任务", "tasks led"), say("在哪些文件里", "in which documents")]
    return ledger(header, rows)


def _ends(registers: Sequence[Register], link: Link, say: Voice) -> str:
    ending = sorted(((task.due, r, task) for r in registers for task in r.tasks if task.due is not None),
                    key=lambda item: (item[0], item[1].id, item[2].id))
    rows = [[said(end_of(task), say), said(task.task, say), chinese("、".join(task.lead), say)
             or say("未载", "not given"), to_register(r, link, say, f"#{task.id}")] for _, r, task in ending]
    header = [say("期限", "end"), say("任务", "task"), say("牵头", "lead"), say("文件", "document")]
    return ledger(header, rows)


def _listed(links: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{link}</li>' for link in links)}</ul>"
