"""Search, and the figures of a round: over what the caller may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from guiju.web.api import schemas as s
from guiju.web.api.security import Scope, caller
from guiju.web.desk.queries.figures import Bar, at_risk, by_region, funnel, loads, rounds_with_cases
from guiju.web.desk.queries.finding import LONGEST, find

router = Router(tags=["工作台 desk"])
_MOST = 1000


class Hit(Schema):
    """`address`: the page."""

    title: s.Words
    about: s.Words
    address: str


class Found(Schema):
    """What was found of a kind; `more`: whether there is more than is told."""

    kind: s.Words
    hits: list[Hit]
    more: bool


class Bars(Schema):
    label: s.Words
    count: int


class ExpertLoad(Schema):
    name: str
    assigned: int
    done: int


class Figures(Schema):
    """`at_risk`: what ran out or runs out within a month; `loads`: for whoever runs the round."""

    round: str
    stages: list[Bars]
    regions: list[Bars]
    at_risk: list[s.Deadline]
    loads: list[ExpertLoad]


@router.get("/search", response=list[Found], auth=Scope("cases:read"))
def search(request: HttpRequest, q: str = Query(..., min_length=1, max_length=LONGEST)) -> Any:
    """在我看得到的事项、批次、公示和实验室里查找。"""
    return [Found(kind=s.said(kind.label), more=kind.more,
                  hits=[Hit(title=s.said(h.title), about=s.said(h.about), address=h.address) for h in kind.hits])
            for kind in find(caller(request), q.strip())]


@router.get("/figures/{round_id}", response=Figures, auth=Scope("cases:read"))
def figures(request: HttpRequest, round_id: str) -> Any:
    """一个批次的统计，只算我看得到的事项：各环节、各地、快到期的；办理单位另有专家的评审量。"""
    user = caller(request)
    round_ = next((r for r in rounds_with_cases(user) if r.public_id == round_id), None)
    if round_ is None:
        raise Http404
    return Figures(
        round=round_id, stages=_counts(funnel(user, round_)), regions=_counts(by_region(user, round_)),
        at_risk=[s.Deadline(case=i.case.public_id, kind=i.kind, label=s.said(i.label), end=i.end, clauses=i.clauses,
                            unknown_years=i.unknown_years) for i in at_risk(user, round_)[:_MOST]],
        loads=[ExpertLoad(name=x.name, assigned=x.assigned, done=x.done) for x in loads(user, round_)])


def _counts(bars: list[Bar]) -> list[Bars]:
    return [Bars(label=s.said(b.label), count=b.count) for b in bars]
