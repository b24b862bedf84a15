"""Charts made up for tests, written where a library of charts would have them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.events import Actor, Document, Evidence
from guiju.lifecycle.library import CHARTS, load_charts
from guiju.lifecycle.refusal import Refusal

OBJECTION = (CHARTS / "common" / "objection" / "chart.yaml").read_text("utf-8")

# A grant with one of everything: call, application, notice with objections, building with a term that runs out by
# itself, an extension, a yearly report, a withdrawal with a ban.
GRANT = """
id: demo/grant
title: {zh: 示例资助, en: a grant}
cite: "1"
clauses:
  "1": {zh: 总则, en: general}
  "2": {zh: 申报, en: application}
  "3": {zh: 公示, en: notice}
  "4": {zh: 建设, en: building}
  "5": {zh: 取消, en: withdrawal}
parameters:
  quota: {name: 名额, type: number, unit: 项, cite: "2"}
  strict: {name: 延期读法, type: choice, default: 从严, or: [从宽], cite: "4"}
facts:
  shown_on: {name: 公示起日, type: date}
  built_from: {name: 开工日, type: date}
  planned_end: {name: 计划完工日, type: date}
  withdrawn_on: {name: 取消日, type: date}
  area: {name: 场地面积, type: number, unit: 平方米}
  rank_given: {name: 推荐次序, type: number, unit: 项}
  good: {name: 评审认为可行, type: bool, kind: judgement}
  reason: {name: 延期缘由, type: text}
roles:
  HOST: {label: {zh: 申报单位, en: host}, held_by: applicant}
  OFFICE: {label: {zh: 主管部门, en: office}, held_by: office}
  EXPERT: {label: {zh: 专家, en: expert}, held_by: expert, bars: [HOST]}
  PUBLIC: {label: {zh: 公众, en: public}, held_by: anyone}
phases: {apply: {zh: 申报, en: application}, build: {zh: 建设, en: building}}
stages:
  draft: {label: {zh: 编制, en: drafting}, phase: apply}
  review: {label: {zh: 评审, en: review}, phase: apply}
  shown: {label: {zh: 公示中, en: on notice}, phase: apply, public: 是}
  building: {label: {zh: 建设中, en: building}, phase: build}
  ended: {label: {zh: 建设期满, en: term over}, phase: build}
  refused: {label: {zh: 未获批, en: refused}, phase: apply, final: 是}
  done: {label: {zh: 办结, en: done}, phase: build, final: 是}
  withdrawn: {label: {zh: 已取消, en: withdrawn}, phase: build, final: 是}
groups: {live: [building, ended]}
moves:
  open: {label: {zh: 开始编制, en: start}, from: start, to: draft, by: HOST, may_give: [场地面积], cite: "2"}
  submit:
    label: {zh: 提交, en: submit}
    from: draft
    to: review
    by: HOST
    within: window
    gives: [推荐次序]
    when:
      - {id: room, name: {zh: 场地够大, en: room enough}, require: 场地面积 >= 100 平方米, strength: principle,
         cite: "2"}
      - {id: in-quota, name: {zh: 在名额内, en: within the quota}, require: 推荐次序 <= 名额, cite: "2"}
    needs: [{zh: 申请书, en: application form}]
    cite: "2"
  judge:
    label: {zh: 评审通过, en: pass}
    from: review
    to: shown
    by: EXPERT
    gives: [评审认为可行]
    when: [评审认为可行]
    sets: {shown_on: 今日}
    cite: "3"
  decline: {label: {zh: 不予通过, en: decline}, from: [review, shown], to: refused, by: OFFICE, cite: "3"}
  approve:
    label: {zh: 批准, en: approve}
    from: shown
    to: building
    by: OFFICE
    when: [{id: clean, name: {zh: 没有成立的异议, en: no upheld objection}, require: 名单异议成立数 = 0, cite: "3"}]
    sets: {built_from: 今日, planned_end: 今日 + 2 年}
    cite: "3"
  extend:
    label: {zh: 延期, en: extend}
    from: building
    by: OFFICE
    within: ask
    gives: [延期缘由]
    sets: {planned_end: 计划完工日 + 6 月}
    cite: "4"
  report: {label: {zh: 年报, en: yearly report}, from: live, by: HOST, cite: "4"}
  run_out: {label: {zh: 建设期届满, en: term over}, from: building, to: ended, auto: 是, after: term, cite: "4"}
  finish: {label: {zh: 验收办结, en: finish}, from: ended, to: done, by: OFFICE, cite: "4"}
  withdraw:
    label: {zh: 取消, en: withdraw}
    from: live
    to: withdrawn
    by: OFFICE
    sets: {withdrawn_on: 今日}
    bans: [no_grant]
    cite: "5"
terms:
  window: {label: {zh: 申报截止, en: deadline}, until: 2024-03-10, in: draft, then: register, cite: "2"}
  term: {label: {zh: 建设期, en: building term}, until: 计划完工日, in: building, then: run_out, cite: "4"}
  ask: {label: {zh: 延期申请, en: ask ahead}, length: 3 月, before: 计划完工日, in: building, strength: principle,
        strength_when: 延期读法 = 从宽, then: lapse, cite: "4"}
notices:
  list: {label: {zh: 名单公示, en: notice of the list}, stage: shown, from: 公示起日, at_least: 5 工作日,
         objections: objection, blocks: [approve], despite: [decline], cite: "3"}
duties:
  yearly: {label: {zh: 建设年报, en: yearly report}, move: report, every: 1 年, from: 开工日, while: live, cite: "4"}
loops:
  extensions: {name: 延期次数, label: {zh: 延期, en: extension}, moves: [extend], most: 1, cite: "4"}
bans:
  no_grant: {label: {zh: 三年内不得申报, en: no grant}, length: 3 年, from: 取消日, who: HOST, cite: "5"}
procedures:
  objection: {label: {zh: 名单异议, en: objection}, use: common/objection,
              roles: {raiser: PUBLIC, handler: OFFICE}, cite: "3"}
"""


def chart_of(folder: Path, text: str = GRANT, id_: str = "demo/grant", **others: str) -> Chart:
    """The chart that a text says, in a library of its own together with `common/objection` and `others`
    (`a_b` for the id a/b)."""
    texts = {id_: text, "common/objection": OBJECTION, **{name.replace("_", "/"): t for name, t in others.items()}}
    for name, content in texts.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "chart.yaml").write_text(content, "utf-8")
    return load_charts(folder).chart(id_)


def actor(role: str, who: str = "", above: str = "") -> Actor:
    return Actor(who or role, who or role, frozenset({role}), who or role, (above,) if above else ())


def evidence(given: dict[str, Any] | None = None, papers: tuple[str, ...] = (), **decisions: str) -> Evidence:
    return Evidence(given or {}, tuple(Document(p, "0" * 64) for p in papers),
                    {k.replace("_", "-"): v for k, v in decisions.items()})


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def made(result: Case | Refusal) -> Case:
    """The case; a refusal fails the test with its reasons."""
    assert isinstance(result, Case), [(r.code, r.about, r.text.zh) for r in result.reasons]
    return result


def opened(chart: Chart, on: str = "2024-02-01", area: str = "120 平方米", **more: Any) -> Case:
    """A case of the grant, just opened. `quota` is set, since no source gives it."""
    return made(begin(chart, "case-1", "open", actor("HOST", "甲公司"), evidence({"场地面积": area}), day(on),
                      parameters={"quota": "2 项", **more.pop("parameters", {})}, **more))


def on_notice(chart: Chart, shown: str = "2024-09-27") -> Case:
    """A case of the grant whose notice has begun."""
    case = made(move(opened(chart), "submit", actor("HOST", "甲公司"), evidence({"推荐次序": "1 项"}, ("申请书",)),
                     day("2024-03-01")))
    judged = evidence({"评审认为可行": "是"}, ("评审意见",))
    return made(move(case, "judge", actor("EXPERT", "乙教授"), judged, day(shown)))


def building(chart: Chart, approved: str = "2024-10-10") -> Case:
    """A case of the grant in its building term."""
    return made(move(on_notice(chart), "approve", actor("OFFICE"), evidence(), day(approved)))
