"""What the index holds: works (a document, a policy, a register) and their entries (a clause, a rule, a task)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guiju.source.diagnostics import Text

# Kinds of entries. Those of the text store first, those of registers last; all others are rules of the library.
KINDS = {
    "clause": Text("条款", "clause"), "document": Text("文件", "document"),
    "policy": Text("政策", "policy"), "condition": Text("条件", "condition"), "benefit": Text("资助", "benefit"),
    "score": Text("评分", "score"), "limit": Text("限额", "limit"), "ban": Text("禁申", "ban"),
    "duty": Text("办事", "duty"), "term": Text("用语", "term"), "reading": Text("读法", "reading"),
    "summary": Text("概括", "summary"),
    "register": Text("台账", "register"), "task": Text("任务", "task"), "target": Text("目标", "target"),
}
RULE = {"rule": Text("规则", "rule")}  # every kind but those of texts and registers
OF_TEXTS = ("clause", "document")
OF_REGISTERS = ("register", "task", "target")
WORKS = ("document", "policy", "register")  # the kinds that are a work itself, known by its title
NATIONAL = "0"  # the region of what holds everywhere; empty is a region that the text doesn't state


@dataclass(frozen=True, slots=True)
class Work:
    """A document of the store, a policy or a register. `start` and `end`: in force as far as is known; `policy`: the
    policy that a document's dates and region are taken from; `since`: what `start` is (`effective`, `published`)."""

    key: str
    title: str
    region: str = ""
    published: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    since: str = ""
    source: str = ""
    lines: tuple[int, int] = (0, 0)
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found. `near`: what stands above it and gives it its sense; `ref`: its key in its work;
    `place`: where it stands in the source; `slight`: a heading, which says little by itself."""

    kind: str
    ref: str
    text: str
    near: str = ""
    place: str = ""
    slight: bool = False
