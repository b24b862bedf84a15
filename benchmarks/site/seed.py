"""Fills a site for `make bench-web`: the demonstration, then cases and events up to the numbers asked for.

Run by `web.py` in a process of its own. Prints what the clients need: sessions and addresses, as JSON.
"""

# ruff: noqa: E402
# Django is set up before anything of the site is imported.
from __future__ import annotations

import datetime as dt
import io
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from guiju.web.secret import prepare

prepare()

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.events import Actor, Evidence
from guiju.web.accounts.domain.organisations import add_member, create_organisation
from guiju.web.accounts.domain.people import register
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.queries import people_of
from guiju.web.accounts.uscc import made_up
from guiju.web.applications.models import Application
from guiju.web.cases.charts import calendar, installed, keep
from guiju.web.cases.domain import assign
from guiju.web.cases.domain.writing import record_of, write
from guiju.web.cases.models import CaseRecord, EventRecord
from guiju.web.kit.clock import now
from guiju.web.kit.ids import public_id
from guiju.web.reviewing.models import Assigned

LEADER = "national/leader-title"
HOSTS, OFFICERS, PASSWORD = 50, 10, "只用于测速-only-for-timing-2026"
ENTRY = Evidence({"参评标准已自我声明公开": "是", "参评标准属重点领域": "是"})
RESULT = Evidence({"参评标准水平": "严于国行标", "向企业收费额": "0 元", "评估机构独立于工作机构": "是"})
SETTINGS = {"ranking_days": "5 工作日", "list_days": "5 工作日", "places": "3 位"}
STEPS = (("evaluate", RESULT), ("notice_ranking", Evidence({"榜单位次": "1 位"})), ("publish_ranking", None),
         ("notice_list", None), ("publish_list", None))
TEXTS = ("purpose_text", "research_text", "team_text", "plan_text")


def main(cases: int, events: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("demonstrate", stdout=io.StringIO())
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    chart = installed(LEADER)
    hosts, officers = cast(chart)
    filled(chart, hosts, officers[0], cases - CaseRecord.objects.count(), events)
    print(json.dumps({"cases": CaseRecord.objects.count(), "events": EventRecord.objects.count(),
                      "hosts": list(readers(hosts)), "officers": list(readers([(None, o) for o in officers])),
                      "writers": list(writers()),
                      "experts": list(experts())}))


def cast(chart: Chart) -> tuple[list[tuple[Organisation, User]], list[User]]:
    """Enterprises with a manager each, and the officers of one evaluator."""
    hosts = []
    for number in range(HOSTS):
        user = register(f"bench-{number}", f"经办{number}", PASSWORD, f"bench-{number}@example.org")
        hosts.append((create_organisation(made_up(7000 + number), f"测速企业{number}", "enterprise", user), user))
    officers = [register(f"bench-officer-{n}", f"评估{n}", PASSWORD) for n in range(OFFICERS)]
    evaluator = create_organisation(made_up(6999), "测速评估中心", "evaluator", officers[0])
    for officer in officers[1:]:
        add_member(evaluator, officer, "agent")
    assign(chart, "EVALUATOR", organisation=evaluator)
    return hosts, officers


def filled(chart: Chart, hosts: list[tuple[Organisation, User]], officer: User, cases: int, events: int) -> None:
    """So many cases more, with events up to the number: the core makes them, and they are written as always."""
    left = events - EventRecord.objects.count()
    for number in range(cases):
        host, user = hosts[number % len(hosts)]
        length = left // (cases - number)
        with transaction.atomic():
            case = grown(chart, Actor(user.public_id, user.name, frozenset({"ENTERPRISE"}), host.code),
                         Actor(officer.public_id, officer.name, frozenset({"EVALUATOR"})), length)
            record = record_of(case, keep(chart), host, user, f"测速事项 {number}")
            write(record, case, 0, officer, tells=False)
        left -= len(case.events)


def grown(chart: Chart, owner: Actor, officer: Actor, length: int) -> Case:
    """A case with so many events: titled, then relied upon again and again."""
    at = now() - dt.timedelta(days=400)
    roles = frozenset(chart.roles)
    case = begin(chart, public_id(), "enter", Actor(owner.id, owner.name, roles, owner.organisation), ENTRY, at,
                 parameters=SETTINGS, calendar=calendar())
    acts: list[tuple[str, Evidence | None]] = [*STEPS, *(("adopt", Evidence({"采信用途": "政府采购"})),) * length]
    for place, (name, evidence) in enumerate(acts[:max(0, length - 1)], 1):
        when = at + dt.timedelta(days=12 * min(place, 5), minutes=place)
        case = move(case, name, Actor(officer.id, officer.name, roles), evidence or Evidence(), when, calendar())
        if not isinstance(case, Case):
            raise SystemExit(f"{name}: {case}")
    return case


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def readers(people: Iterable[tuple[Organisation | None, User]]) -> Iterator[dict[str, Any]]:
    """Sessions, and cases that the person sees: his organisation's, or of every organisation."""
    for own, user in people:
        seen = CaseRecord.objects.filter(chart=LEADER, **({"organisation": own} if own else {}))
        yield {"session": session_of(user), "cases": list(seen.values_list("public_id", flat=True)[:20])}


def writers() -> Iterator[dict[str, Any]]:
    """Applications that are still being written, with someone who may, and a field each."""
    for application in Application.objects.filter(case__stage="S02").select_related("organisation"):
        user = people_of(application.organisation, ("agent", "manager")).first()
        if user is not None:
            for field in TEXTS:
                yield {"session": session_of(user), "path": f"/apply/{application.public_id}/fields/{field}/"}


def experts() -> Iterator[dict[str, Any]]:
    """Reviews that are under way, with the indicators to be marked."""
    from guiju.web.reviewing.queries.marks import rubric_of

    for task in Assigned.objects.filter(application__case__final=False).select_related("user", "application__round"):
        for indicator in rubric_of(task.application.round).marked()[:3]:
            yield {"session": session_of(task.user), "path": f"/review/mine/{task.public_id}/marks/{indicator.id}/",
                   "page": f"/review/mine/{task.public_id}/"}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
