"""A register's page: which document it is, its clause index, its tasks and who leads them, its targets, its doubts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from guiju.book.page import CHINESE, Link, Page, chinese, contents_of, heading, ident, linked, said, titled
from guiju.book.registers.held import held_part
from guiju.book.registers.ledger import ledger
from guiju.cli.voice import Voice
from guiju.documents.coverage.compare import Coverage
from guiju.registers.choosing import place_name
from guiju.registers.model import KINDS, Clause, Matter, Register, Target, Task
from guiju.registers.wording import by_of, end_of, issued_of, kind_of, parties_of, value_of
from guiju.source.diagnostics import Text

NOTE = Text("条款名、任务和指标是我们自己的短述，数字、日期和机关照原文；原文以发布机关为准。是否完成，文件没有说。",
            "Names of clauses, tasks and indicators are our own short paraphrase; figures, days and bodies are those "
            "of the text. Whether something is done, the document does not say.")


def page_of(register: Register, link: Link, say: Voice = CHINESE, report: Coverage | None = None) -> Page:
    """The page of a register. `report`: how it is held to its text, where that is at hand."""
    parts = [("clauses", Text("条款目录", "Clause index"), _clauses(register, say)),
             ("tasks", Text("任务", "Tasks"), _tasks(register, say)),
             ("leads", Text("谁牵头", "Who leads"), _leads(register, say)),
             ("targets", Text("目标和数字", "Targets and figures"), _targets(register, say)),
             ("doubts", Text("说明和存疑", "Notes and doubts"), _doubts(register, say)),
             ("held", Text("与原文核对", "Held to the text"), held_part(report, say) if report is not None else "")]
    shown = [(id_, title, made) for id_, title, made in parts if made]
    body = [titled(register.title, say), f"<p>{_identity(register, say)}</p>",
            f'<p class="soft">{_links(link, say)}</p>',
            f"<p>{said(register.summary, say)}</p>", f'<p class="soft">{escape(say.text(NOTE))}</p>',
            *(heading(id_, title, say) + made for id_, title, made in shown)]
    contents = contents_of((id_, said(title, say)) for id_, title, _ in shown)
    return Page(f"registers/{register.id}", register.title, "\n".join(body), contents)


def _identity(register: Register, say: Voice) -> str:
    issuer = said(register.issuer, say) if register.issuer.zh else said(Text("机关未载", "issuer not given"), say)
    number = register.number or say("文号未载", "number not given")
    parts = [chinese(place_name(register), say), said(KINDS[register.kind], say), issuer, chinese(number, say),
             said(issued_of(register), say),
             escape(say(f"原文 {register.source} 行", f"text: lines {register.source}")), ident(register.id)]
    return " · ".join(parts)


def _links(link: Link, say: Voice) -> str:
    return " · ".join([linked(link, "registers", say("全部台账", "All registers")),
                       linked(link, "targets", say("各年目标", "Targets by year"))])


def _clauses(register: Register, say: Voice) -> str:
    counts = {id_: sum(1 for m in register.matters if m.clause == id_) for id_ in register.clauses}
    rows = [[f'<span id="{_place(c)}">{chinese(c.id, say)}</span>', said(c.name, say),
             escape("、".join(map(str, c.lines))), str(counts[c.id] or "")] for c in register.clauses.values()]
    header = [say("条款", "clause"), say("内容", "what it says"), say("行", "lines"),
              say("任务和目标", "tasks and targets")]
    return ledger(header, rows)


def _place(clause: Clause) -> str:
    return escape(f"c-{clause.id}")


def _at(matter: Matter, say: Voice) -> str:
    return f'<a href="#{escape(f"c-{matter.clause}")}">{chinese(matter.clause, say)}</a>'


def _tasks(register: Register, say: Voice) -> str:
    rows = [[f'<span id="{escape(t.id)}">{escape(t.id)}</span>', _at(t, say), chinese(t.verb, say), said(t.task, say),
             _bodies(t, say), said(end_of(t), say)] for t in register.tasks]
    header = [say("编号", "id"), say("条款", "clause"), say("动词", "verb"), say("任务", "task"), say("机关", "bodies"),
              say("期限", "end")]
    return ledger(header, rows)


def _bodies(task: Task, say: Voice) -> str:
    return say("；", "; ").join(said(word, say) + (say("：", ": ") + chinese("、".join(names), say) if names else "")
                               for word, names in parties_of(task))


def _leads(register: Register, say: Voice) -> str:
    """Each body with its tasks."""
    rows = []
    for body in register.leads:
        tasks = [t for t in register.tasks if body in t.lead]
        links = " ".join(f'<a href="#{escape(t.id)}">{escape(t.id)}</a>' for t in tasks)
        rows.append([chinese(body, say), str(len(tasks)), links])
    header = [say("机关", "body"), say("任务数", "tasks"), say("任务", "which")]
    return ledger(header, rows)


def _targets(register: Register, say: Voice) -> str:
    rows = [[f'<span id="{escape(t.id)}">{escape(t.id)}</span>', _at(t, say), said(t.indicator, say),
             said(value_of(t), say), said(by_of(t), say), said(kind_of(t), say)] for t in register.targets]
    header = [say("编号", "id"), say("条款", "clause"), say("指标", "indicator"), say("值", "value"), say("到", "by"),
              say("性质", "what it is")]
    return ledger(header, rows)


def _doubts(register: Register, say: Voice) -> str:
    listed = [f"<li>{said(register.note, say)}</li>"] if register.note.zh else []
    for matter in register.matters:
        listed += [f'<li><a href="#{escape(matter.id)}">{escape(matter.id)}</a> {words}</li>'
                   for words in _doubted(matter, say)]
    listed += [f"<li>{chinese(e.clause, say)} “{chinese(e.figure, say)}”{say('：', ': ')}{said(e.why, say)}</li>"
               for e in register.elsewhere]
    return f"<ul>{''.join(listed)}</ul>" if listed else ""


def _doubted(matter: Matter, say: Voice) -> Iterator[str]:
    if matter.unverified.zh:
        yield f'<span class="bad">{say("待核：", "to be verified: ")}</span>{said(matter.unverified, say)}'
    if isinstance(matter, Target) and matter.assumed.zh:
        yield say("年份是推定的：", "the year is assumed: ") + said(matter.assumed, say)
