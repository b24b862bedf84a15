"""A notice as an official paper."""

from __future__ import annotations

from guiju.papers import Block, Paper, Paragraph, Rows
from guiju.papers.model import chinese_date
from guiju.web.notices.domain.publishing import UNITS
from guiju.web.notices.models import PublicNotice
from guiju.web.notices.threads import issuer_of


def notice_paper(notice: PublicNotice) -> Paper:
    """Its text, how long it stands and on what it rests, the results, where to object."""
    items = list(notice.items.order_by("place"))
    unit = UNITS[notice.unit].zh
    body: list[Block] = [Paragraph(line.strip()) for line in notice.text.splitlines() if line.strip()]
    body.append(Paragraph(
        f"公示期自{chinese_date(notice.begins)}起至{chinese_date(notice.ends)}止，"
        f"共 {notice.days} {unit}（公示首日不计）。"))
    body.append(Paragraph("公示期内，任何单位和个人可以向办理单位提出异议，写明理由并附佐证材料；"
                          "在平台公示页可以在线提出，凭回执编码查询办理情况。"))
    if notice.round.texts.get("contact"):
        body.append(Paragraph(f"联系方式：{notice.round.texts['contact']}"))
    reasons = any(i.reason for i in items)
    columns = ("序号", "名称", "申报单位", "结果", *(("说明",) if reasons else ()))
    rows = tuple((str(i.place), i.name, i.host, i.result_zh, *((i.reason,) if reasons else ())) for i in items)
    body.append(Rows(columns, rows, shares=(1, 5, 4, 3, 4) if reasons else (1, 5, 4, 3)))
    issuer = issuer_of(notice)
    return Paper(issuer=issuer, number=f"{notice.round.year} 年第 {notice.number} 号", title=notice.title, addressee="",
                 body=tuple(body), signed=(issuer,), date=notice.begins, kind="公示")
