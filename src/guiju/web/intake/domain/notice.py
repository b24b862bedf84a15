"""The notice of the examination: every result, passed or not, in the transaction that concludes it."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.terms import holds
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.charts import calendar
from guiju.web.cases.store import case_of
from guiju.web.intake.models import Examination
from guiju.web.intake.reading import name_of
from guiju.web.kit.clock import today
from guiju.web.notices.domain import Item, publish
from guiju.web.rounds.models import Round

NOTICE = "P1"
RESULTS = {"pass": Text("通过形式审查", "passed the formal examination"),
           "fail": Text("未通过形式审查", "failed the formal examination")}


@dataclass(frozen=True, slots=True)
class Wording:
    """What the officer may set of the notice; empty: as the round and the chart have it."""

    title: str = ""
    text: str = ""
    days: int | None = None


def publish_examination(round_: Round, applications: list[Application], user: User, wording: Wording) -> str:
    """The notice's public id; "" where the round reads the law so that only the final list is made public. Raises
    Refused."""
    fresh = list(Application.objects.select_related(
        "case__organisation", "case__revision", "organisation", "round").filter(pk__in=[a.pk for a in applications]))
    order = {a.pk: place for place, a in enumerate(applications)}
    fresh.sort(key=lambda a: order[a.pk])
    if not has_notice(fresh[0]):
        return ""
    conclusions = dict(Examination.objects.filter(application__in=fresh).values_list("application", "conclusion"))
    items = [Item(a.case, RESULTS[conclusions[a.pk]], name=name_of(a)) for a in fresh]
    made = publish(round_, NOTICE, items, user, title=wording.title, text=wording.text, days=wording.days)
    return made.public_id


def has_notice(application: Application) -> bool:
    """Whether the results of the examination are made public at all, under the round's readings."""
    case = case_of(application.case)
    notice = case.chart.notices.get(NOTICE)
    return notice is not None and holds(notice.when, interpreter(case, case.main, today(), calendar()))
