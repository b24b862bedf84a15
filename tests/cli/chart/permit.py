"""A script for complaints; and a small chart of permits: a paper, a principle, a notice with objections, a judgement,
a term that ends the case by itself, two roles for one move, a ban, two readings, a parameter that a round sets."""

import shutil
from pathlib import Path

from guiju.lifecycle.library import CHARTS

CHART = """
id: demo/permit
title: {zh: 许可证, en: permit}
revision: "1"
cite: "1"
clauses:
  "1": {zh: 办理许可, en: how permits are given, lines: "1:1"}
  "2": {zh: 面积, en: floor area, lines: "1:2"}
  "3": {zh: 公示, en: public notice, lines: "1:3"}
  "4": {zh: 整改期限, en: term to mend, lines: "1:4"}
parameters:
  area: {name: 面积下限, type: number, unit: 平方米, default: 100 平方米, or: [60 平方米], note: 两读}
  days: {name: 公示天数, type: number, unit: 工作日, note: {zh: 由批次定, en: for the round}}
facts:
  floor: {name: 用房面积, en: floor area, type: number, unit: 平方米}
  shown_on: {name: 公示起日, en: day of the notice, type: date}
  sound: {name: 条件属实, en: conditions are true, type: bool, kind: judgement}
  grade: {name: 等级, en: grade, type: choice, of: [甲, 乙]}
roles:
  HOST: {label: {zh: 申请单位, en: applicant}, held_by: applicant}
  AGENT: {label: {zh: 代理机构, en: agent}, held_by: anyone}
  OFFICE: {label: {zh: 主管部门, en: office}, held_by: round}
  PUBLIC: {label: {zh: 公众, en: the public}, held_by: anyone}
stages:
  asked: {label: {zh: 已申请, en: asked}}
  shown: {label: {zh: 公示中, en: on show}}
  mending: {label: {zh: 整改中, en: mending}}
  granted: {label: {zh: 已发证, en: granted}, final: 是}
  closed: {label: {zh: 已终止, en: closed}, final: 是}
moves:
  ask:
    label: {zh: 申请, en: ask}
    from: start
    to: asked
    by: [HOST, AGENT]
    gives: [用房面积]
    may_give: [等级]
    needs: [{zh: 书面申请, en: written request}]
  show:
    label: {zh: 公示, en: publish}
    from: asked
    to: shown
    by: OFFICE
    when:
      - {id: floor, name: {zh: 面积够, en: floor area is enough}, require: 用房面积 ≥ 面积下限, cite: "2"}
      - id: roomy
        name: {zh: 一般应有余量, en: usually some reserve}
        require: 用房面积 ≥ 200 平方米
        strength: principle
    sets: {shown_on: 今日}
    makes: [{zh: 公示文本, en: the notice}]
    cite: "3"
  grant:
    label: {zh: 发证, en: grant}
    from: shown
    to: granted
    by: OFFICE
    gives: [条件属实]
    when: [{id: sound, name: {zh: 条件属实, en: conditions are true}, require: 条件属实}]
  mend:
    label: {zh: 责令整改, en: order to mend}
    from: shown
    to: mending
    by: OFFICE
  fail:
    label: {zh: 逾期终止, en: close when overdue}
    from: mending
    to: closed
    auto: 是
    after: mending_term
    bans: [year]
    cite: "4"
  mended:
    label: {zh: 整改完成, en: mended}
    from: mending
    to: asked
    by: HOST
    within: mending_term
terms:
  mending_term:
    label: {zh: 整改期限, en: term to mend}
    length: 1 月
    from: 进入本环节日
    in: mending
    then: fail
    cite: "4"
notices:
  N1:
    label: {zh: 许可公示, en: notice of the permit}
    stage: shown
    from: 公示起日
    at_least: 公示天数
    objections: objection
    blocks: [grant]
    despite: [mend]
    cite: "3"
bans:
  year: {label: {zh: 一年内不得申请, en: no request for a year}, length: 1 年, from: 今日, who: HOST, cite: "4"}
procedures:
  objection:
    label: {zh: 公示异议, en: objection}
    use: common/objection
    roles: {raiser: PUBLIC, handler: OFFICE}
    cite: "3"
"""
ROUND = """
id: spring
title: {zh: 春季, en: spring}
sets: {days: 5 工作日}
roles: {OFFICE: {zh: 某市市场监管局, en: the city's office}}
cite: "1"
"""
CASES = """
- name: 公示跨国庆，期满发证
  round: spring
  covers: [ask, show, grant, N1, days, area, objection]
  walk:
    - {on: 2024-09-26, do: ask, give: {用房面积: 300 平方米}}
    - {on: 2024-09-27, do: show, stage: shown, due: {N1: 2024-10-10}}
    - {on: 2024-10-08, do: grant, give: {条件属实: 是}, refused: notice, because: N1}
    - {on: 2024-10-10, do: grant, give: {条件属实: 是}, stage: granted}
- name: 逾期未整改，系统终止
  round: spring
  covers: [mend, fail, mended, mending_term, year]
  walk:
    - {on: 2024-03-01, do: ask, give: {用房面积: 300 平方米}}
    - {on: 2024-03-04, do: show}
    - {on: 2024-03-05, do: mend, due: {mending_term: 2024-04-07}}
    - {on: 2024-04-08, see: {stage: closed, bans: {year: 2025-04-08}}}
"""

COMPLAINT = """
- name: 举报一例
  set: {complaint_handling: 15 工作日}
  walk:
    - {on: 2024-04-28, do: file, give: {举报内容: 以团体标准名义收费}}
    - {on: 2024-04-28, do: confirm, give: {举报核查意见: 属实}, refused: stage}
    - {on: 2024-04-29, do: accept, due: {complaint_term: 2024-05-22}}
"""
FILED = "1\n2024-04-28\n以团体标准名义收费\n\n\n\n"


def permit_charts(folder: Path) -> Path:
    """A library of charts in a folder: the permit, and the small charts that it uses."""
    charts = folder / "charts"
    permit = charts / "demo" / "permit"
    (permit / "rounds").mkdir(parents=True)
    (permit / "chart.yaml").write_text(CHART, encoding="utf-8")
    (permit / "rounds" / "spring.yaml").write_text(ROUND, encoding="utf-8")
    (permit / "cases.yaml").write_text(CASES, encoding="utf-8")
    for small in ("objection", "complaint"):
        shutil.copytree(CHARTS / "common" / small, charts / "common" / small)
    return charts
