"""Letters about laboratories."""

from __future__ import annotations

from django.urls import reverse

from guiju.lifecycle.events import Event
from guiju.source.diagnostics import Text
from guiju.web.accounts.queries import people_of
from guiju.web.laboratories.models import Laboratory
from guiju.web.outbox.domain import Letter, put_out


def tell_host_of_report(laboratory: Laboratory, event: Event) -> None:
    """A report that was handed in is copied to the host: its managers are told, and find it on the site (办18)."""
    what = Text("建设期年报", "yearly report while building") if event.move == "T21" else \
        Text("年度运行报告", "yearly report")
    link = reverse("laboratories:reports", args=[laboratory.public_id])
    put_out(Letter(
        f"laboratory/{laboratory.public_id}/report/{event.number}/{person.pk}", "notice",
        Text(f"抄报：{laboratory.name}{what.zh}", f"copied to you: {what.en}, {laboratory.name_en}"),
        Text(f"{laboratory.name}于 {event.date} 报送了{what.zh}，抄报贵单位。",
             f"handed in on {event.date}; this is the host's copy."), user=person, link=link)
        for person in people_of(laboratory.host, ("manager",)))
