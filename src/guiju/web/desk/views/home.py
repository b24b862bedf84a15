"""My desk, figures, search, and what is taken away as .xlsx."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.cases.queries import my_cases
from guiju.web.desk.queries.figures import Bar, at_risk, by_region, funnel, loads, rounds_with_cases
from guiju.web.desk.queries.finding import LONGEST, find
from guiju.web.desk.queries.waiting import MOST, Waiting, waiting_for_me
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door, public
from guiju.web.kit.downloads import download
from guiju.web.kit.sheets import MEDIA, workbook, workbook_of
from guiju.web.kit.svg import bars
from guiju.web.kit.text import say, t
from guiju.web.outbox.queries import inbox
from guiju.web.rounds.models import Round

_READ = ("GET", "HEAD")
_ON_A_PAGE = 100
_SOON = 7


@door("desk.own", methods=_READ)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, by when and why; my rounds; my last letters."""
    user = me(request)
    waiting = waiting_for_me(user)
    return render(request, "desk/home.html", {
        "groups": _grouped(waiting.found), "count": len(waiting.found), "more": waiting.more, "most": MOST,
        "rounds": rounds_with_cases(user)[:6],
        "letters": inbox(user)[:5], "risks": at_risk(user)[:8], "today": today()})


def _grouped(waiting: tuple[Waiting, ...]) -> list[tuple[Text, list[Waiting]]]:
    over = [w for w in waiting if w.days is not None and w.days < 0]
    soon = [w for w in waiting if w.days is not None and 0 <= w.days <= _SOON]
    later = [w for w in waiting if w.days is not None and w.days > _SOON]
    free = [w for w in waiting if w.days is None]
    groups = [(Text("已过期限", "Overdue"), over), (Text(f"{_SOON} 天之内", f"Within {_SOON} days"), soon),
              (Text("以后到期", "Later"), later), (Text("没有期限", "Without a term"), free)]
    return [(label, found) for label, found in groups if found]


def my_figures(user: Any, **_: Any) -> list[Round]:
    """The rounds of which the person sees cases."""
    return rounds_with_cases(user)


@door("desk.own", my_figures, methods=_READ)
def figures(request: HttpRequest, rounds: list[Round]) -> HttpResponse:
    """Figures of one round: the stages, the terms at risk, the experts' load, the provinces."""
    round_ = _chosen(request, rounds)
    if round_ is None:
        return render(request, "desk/figures.html", {"rounds": rounds})
    user = me(request)
    stages, regions, load = funnel(user, round_), by_region(user, round_), loads(user, round_)
    risks = Paginator(at_risk(user, round_), _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/figures.html", {
        "rounds": rounds, "round": round_, "stages": stages, "regions": regions, "loads": load,
        "stages_drawn": _drawn(t("各环节件数", "cases by stage"), stages),
        "regions_drawn": _drawn(t("各地件数", "cases by province"), regions),
        "loads_drawn": bars(t("专家评审件数", "reviews by expert"), [(x.name, x.assigned) for x in load[:30]]),
        "risks": risks, "page": risks, "more": f"&round={round_.public_id}", "today": today()})


def _drawn(title: str, found: list[Bar]) -> str:
    return bars(title, [(say(b.label), b.count) for b in found])


def _chosen(request: HttpRequest, rounds: list[Round]) -> Round | None:
    """The round of the address, the newest where none is named. Raises Http404 for one of which nothing is seen."""
    wanted = request.GET.get("round", "")
    if not wanted:
        return next(iter(rounds), None)
    found = next((r for r in rounds if r.public_id == wanted), None)
    if found is None:
        raise Http404
    return found


@door("desk.own", my_figures, methods=_READ)
def figures_sheet(request: HttpRequest, rounds: list[Round]) -> HttpResponse:
    round_ = _chosen(request, rounds)
    if round_ is None:
        raise Http404
    user, count = me(request), Text("件数", "cases")
    sheets: list[Any] = [
        ("环节", [Text("环节", "stage"), count], [(say(b.label), b.count) for b in funnel(user, round_)]),
        ("地区", [Text("地区", "province"), count], [(say(b.label), b.count) for b in by_region(user, round_)]),
        ("期限", [Text("事项", "case"), Text("单位", "organisation"), Text("期限", "term"), Text("到期", "ends")],
         [(i.case.title, i.case.organisation.name, say(i.label), i.end) for i in at_risk(user, round_)])]
    if load := loads(user, round_):
        sheets.append(("专家", [Text("专家", "expert"), Text("分给", "assigned"), Text("已交", "handed in")],
                       [(x.name, x.assigned, x.done) for x in load]))
    return download(workbook_of(sheets), MEDIA, f"{round_.public_id}-figures.xlsx")


@door("desk.own", methods=_READ)
def cases_sheet(request: HttpRequest) -> HttpResponse:
    """The cases that I see, as my list shows them."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    columns = [Text("编号", "id"), Text("名称", "title"), Text("单位", "organisation"), Text("批次", "round"),
               Text("环节", "stage"), Text("已终结", "over"), Text("最近期限", "next deadline"), Text("开始", "began"),
               Text("最近办理", "changed")]
    rows = [(c.public_id, c.title, c.organisation.name, c.round, say(c.stage_label), c.final, c.next_deadline, c.began,
             c.changed) for c in my_cases(request.user, words=words)]
    return download(workbook(say(Text("事项", "cases")), columns, rows), MEDIA, f"cases-{today()}.xlsx")


@public
def search(request: HttpRequest) -> HttpResponse:
    """Whatever the reader may see; the public finds what is public."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    return render(request, "desk/search.html", {"words": words, "kinds": find(request.user, words)})
