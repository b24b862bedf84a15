"""Laboratories of the earlier round: building, acceptance, operation, evaluation, changes.

Each move is made with the site's own form, as on the laboratory's desk.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import QueryDict

from guiju.lifecycle.events import Evidence
from guiju.lifecycle.names import chart_of_thread
from guiju.web.cases.store import case_of
from guiju.web.demonstration.seed.stage import Stage, Stuck, done
from guiju.web.kit.clock import today
from guiju.web.laboratories.domain.acting import make_with
from guiju.web.laboratories.domain.leaders import appoint
from guiju.web.laboratories.domain.opinions import give_opinion
from guiju.web.laboratories.domain.outputs import add_output
from guiju.web.laboratories.domain.planning import adopt_plan
from guiju.web.laboratories.forms.acceptance import ConcludingForm
from guiju.web.laboratories.forms.evaluation import SIDES
from guiju.web.laboratories.forms.moves import SUPPLEMENTS
from guiju.web.laboratories.forms.report import SECTIONS
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import plan_of

TASKS = (("technology", "建立示例测试方法", "3", "项"), ("standards", "研制示例标准", "2", "项"),
         ("people", "培养技术骨干", "10", "人"), ("services", "开放共享服务", "200", "次"))
MONTHS_LEFT = (4, 2, 1, 0)  # before the end of building, by task


def laboratory(stage: Stage, name: str) -> Laboratory:
    return Laboratory.objects.select_related("case__revision", "host").get(case=stage.cases[name].pk)


def act(stage: Stage, name: str, move: str, login: str = "", given: dict[str, Any] | None = None,
        own: dict[str, str] | None = None) -> None:
    """A move of a laboratory, with what the site's form adds to it. `login`: who, the host's agent if empty; `own`:
    the fields of that form."""
    lab, last = laboratory(stage, name), move.rpartition(":")[2]
    user, case = stage.people[login] if login else stage.agents[name], case_of(lab.case)
    form = SUPPLEMENTS[last](lab, case, move, _data(own or {})) if last in SUPPLEMENTS else None
    if form is not None and not form.is_valid():
        raise Stuck(f"{name} {move}: {form.errors.as_text()}")
    chart = chart_of_thread(case.chart, move.rpartition(":")[0]) or case.chart
    papers = [stage.paper(p.name.zh) for p in chart.moves[last].needs]
    made = make_with(lab.case, move, user, form.keep if form else None,
                     evidence=Evidence({**(given or {}), **(form.given() if form else {})}), uploads=papers)
    stage.cases[name] = done(made, f"{name} {move}")


def _data(own: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for key, value in own.items():
        data[f"own-{key}"] = value
    return data


def plan(stage: Stage, name: str, end: dt.date, reason: str = "") -> None:
    """The plan, or the next revision of it, adopted today: one task after the other, the last with the end of
    building."""
    lab = laboratory(stage, name)
    before = plan_of(lab)
    ids = [task["id"] for task in before.tasks] if before else [""] * len(TASKS)
    tasks = [{"id": id_, "kind": kind, "title": title, "promised": number, "unit": unit,
              "due": _months_before(end, months).isoformat(), "source": ""}
             for id_, (kind, title, number, unit), months in zip(ids, TASKS, MONTHS_LEFT, strict=True)]
    adopt_plan(lab, stage.agents[name], tasks, reason, before.number if before else 0)


def _months_before(end: dt.date, months: int) -> dt.date:
    """The last day of a month so many months earlier; the day itself where it is none."""
    if not months:
        return end
    year, month = divmod(end.year * 12 + end.month - months, 12)
    return dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def lead(stage: Stage, name: str, since: str, login: str = "") -> None:
    """A director and a chair of the academic committee."""
    lab, user = laboratory(stage, name), stage.agents[name]
    account = stage.people[login] if login else None
    appoint(lab, user, post="director", since=dt.date.fromisoformat(since), account=account,
            name=account.name.partition("（")[0] if account else "虚构主任", unit=lab.host.name,
            position="副院长、研究员",
            reason="", stated={})
    appoint(lab, user, post="chair", since=dt.date.fromisoformat(since), name="虚构学者", unit="虚构大学",
            position="教授",
            reason="", stated={})


def report(stage: Stage, name: str, move: str, first: str) -> None:
    words = {section: f"{label.zh}：按计划推进，数字虚构（示例）。" for section, label in SECTIONS.items()}
    act(stage, name, move, own={"first": first, "last": today().isoformat(), **words})


def apply_for_acceptance(stage: Stage, name: str, state: str = "yes", move: str = "T27", given: dict[str,
                                                                                                     Any] | None = None
                         ) -> None:
    own = {"summary": "建设任务完成情况见各项（示例）。"}
    for n, (_, _, number, unit) in enumerate(TASKS, 1):
        own.update({f"achieved-t{n}": f"{number}{unit}", f"done-t{n}": state, f"evidence-t{n}": f"示例佐证 {n}"})
    act(stage, name, move, given=given, own=own)


def review_acceptance(stage: Stage, name: str, move: str, formed_on: str) -> None:
    """The committee's opinion: T29, T32 or T34."""
    met = "no" if move == "T32" else "yes"
    own = {"text": "对照建设任务逐项评议（示例意见）。", "told": "开放共享次数未达到目标，请整改（示例）。",
           **{f"met-t{n}": met if n == 4 else "yes" for n in range(1, 5)}}
    act(stage, name, move, "chair", {"专家委员会组建日": formed_on}, own)


def fail_acceptance(stage: Stage, name: str) -> None:
    """The committee says failed; the ministries end the building."""
    lab = laboratory(stage, name)
    own = {"conclusion": "未通过验收", "text": "主要任务没有完成（示例意见）。", "told": "主要任务没有完成（示例）。",
           **{f"met-t{n}": "no" for n in range(1, 5)}}
    form = ConcludingForm(lab, case_of(lab.case), "", _data(own))
    if not form.is_valid():
        raise Stuck(form.errors.as_text())
    give_opinion(lab, form.content(stage.people["chair"]))
    act(stage, name, "T37", "ministries", {"验收结论": "未通过验收", "裁量理由": "主要任务没有完成（示例理由）"})


def evaluate(stage: Stage, name: str, move: str, grade: str = "") -> None:
    """What an evaluation found: T40, T41, T42b, T43."""
    own: dict[str, str] = {}
    for side, label in SIDES.items():
        own.update({f"text-{side}": f"{label.zh}：示例评价，数字虚构。", f"evidence-{side}": "年度运行报告（示例）"})
    word = "整改后评价结果" if move == "T42b" else "最近综合评价结果"
    act(stage, name, move, "ministries", {word: grade} if grade else None, own)


def outputs(stage: Stage, name: str) -> None:
    lab, user = laboratory(stage, name), stage.agents[name]
    for n, (kind, title, named) in enumerate((("paper", "示例测试方法研究", True), ("monograph", "示例质量数据手册",
                                                                                    True),
                                              ("database", "示例比对数据库", False), ("patent", "一种示例装置",
                                                                                      False))):
        add_output(lab, user, kind=kind, title=f"{title}（虚构）", authors="虚构作者", on=dt.date(2025, 3 + n, 12),
                   reference=f"示例 {n + 1}", made_here=True, named=named)
