"""The minutes of a meeting as an official paper. What is on record is taken from there; nobody's vote is."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.events import CHINA
from guiju.papers import Block, Heading, Paper, Paragraph, Rows
from guiju.web.kit.numbers import short_percent
from guiju.web.reviewing.models import Meeting
from guiju.web.reviewing.models.bodies import POSTS
from guiju.web.reviewing.queries.scene import title_of

DECISIONS = {"carried": "通过", "lost": "未通过", "no_quorum": "不成立"}


def paper_of(meeting: Meeting) -> Paper:
    """Who was there, what was heard, how the votes fell."""
    assert meeting.over is not None
    return Paper(meeting.committee.name, "", f"{meeting.title}纪要", "", tuple(_body(meeting)),
                 (meeting.committee.name,), meeting.over.astimezone(CHINA).date(), kind="纪要")


def _body(meeting: Meeting) -> Iterator[Block]:
    begins = meeting.begins.astimezone(CHINA)
    yield Paragraph(f"会议于 {begins:%Y年%m月%d日 %H:%M} 在{meeting.place or '（未记地点）'}召开。")
    if meeting.agenda:
        yield Heading("一、议程")
        yield from (Paragraph(line) for line in meeting.agenda.splitlines() if line.strip())
    yield Heading("二、到会")
    seats = list(meeting.present.select_related("user").order_by("pk"))
    whole = meeting.committee.seats.count()
    names = "、".join(f"{s.user.name}（{POSTS[s.post]}）" for s in seats)
    yield Paragraph(f"委员 {whole} 人，到会 {len(seats)} 人：{names or '无'}。")
    yield Heading("三、审议与表决")
    hearings = meeting.hearings.select_related("application__organisation").order_by("place")
    rows = []
    for hearing in hearings:
        tally, title = hearing.tally, title_of(hearing.application)
        if hearing.notes:
            yield Paragraph(f"{title}（{hearing.application.organisation.name}）：{hearing.notes}")
        votes = tuple(str(tally.get(k, "—")) for k in ("yes", "no", "abstain"))
        rows.append((title, hearing.application.organisation.name, *votes, short_percent(tally.get("percent", "—")),
                     DECISIONS.get(tally.get("decision", ""), "未定")))
    yield Rows(("实验室", "依托单位", "同意", "不同意", "弃权", "得票比例", "表决"), tuple(rows), "无记名投票结果")
    if meeting.minutes:
        yield Heading("四、其他")
        yield from (Paragraph(line) for line in meeting.minutes.splitlines() if line.strip())
