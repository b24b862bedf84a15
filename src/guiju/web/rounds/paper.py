"""The call as an official paper; the blank form."""

from __future__ import annotations

import functools

from guiju.forms import blank_docx, form_ids, load_form
from guiju.lifecycle.events import moment
from guiju.papers import Block, Heading, Paper, Paragraph, Rows
from guiju.web.kit.clock import today
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import caller_name
from guiju.web.rounds.timetable import timetable


def blank_form(round_: Round) -> bytes | None:
    """The application form of a round, blank, as Word; none where the round has none."""
    return _blank(round_.form) if round_.form in form_ids() else None


@functools.lru_cache(maxsize=8)
def _blank(form_id: str) -> bytes:
    """Laid out once a process: anyone may ask for it."""
    return blank_docx(load_form(form_id))


def call_paper(round_: Round) -> Paper:
    """The call: its text, the days, who recommends."""
    text = round_.texts.get("call", "")
    body: list[Block] = [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]
    body.append(Heading("一、日程"))
    body.append(Rows(("事项", "日期"), tuple((e.label.zh, e.day.isoformat()) for e in timetable(round_))))
    rows = tuple((b.body.organisation.name, (b.deadline or round_.closes or today()).isoformat(),
                  f"{b.copies} 份" if b.copies is not None else "—")
                 for b in round_.bodies.select_related("body__organisation"))
    if rows:
        body += [Heading("二、推荐单位"), Rows(("推荐单位", "收件截止日", "纸质份数"), rows)]
    if round_.texts.get("contact"):
        body += [Heading("三、联系方式" if rows else "二、联系方式"), Paragraph(round_.texts["contact"])]
    day = moment(round_.published).date() if round_.published else None
    issuer = caller_name(round_)
    return Paper(issuer=issuer, number=round_.texts.get("call_number", ""),
                 title=f"关于组织申报{round_.title}的通知", addressee="各推荐单位" if rows else "各有关单位",
                 body=tuple(body), signed=(issuer,), date=day, kind="通知")
