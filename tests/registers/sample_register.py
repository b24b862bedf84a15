"""A small register of our own, and the text that it is of."""

from __future__ import annotations

from pathlib import Path

TEXT = """甲市桥梁检测三年计划
（发布时间：2021年3月1日）
一、目标
到2023年，检测合格率力争达到95%以上，检测机构达到30家。
目前合格率为80%。依据2019年的办法。
二、任务
（一）制定检测规程，2021年6月底前完成。（市质监局牵头，市交通局配合）
（二）培训检测人员200名。
（三）各县推动机构联网。
"""
HEAD = """guiju: 1
register:
  id: own/bridges-2021
  kind: 规划
  title: {zh: 甲市桥梁检测三年计划, en: three-year plan for testing bridges}
  issued: 2021-03-01
  region: "11"
  source: {document: "900-0", lines: 1-9}
  summary: {zh: 三年内提高桥梁检测合格率, en: raise the share of tests passed}
"""
CLAUSES = """clauses:
  - {id: 一, name: {zh: 目标, en: goals}, lines: 3-5}
  - {id: 二, name: {zh: 任务, en: tasks}, lines: 6-9}
  - {id: 二(一), name: {zh: 规程, en: procedure}, lines: 7}
"""
TASKS = """tasks:
  - {id: T1, clause: 二(一), task: {zh: 桥梁检测规程, en: a procedure}, verb: 制定, lead: [市质监局], with: [市交通局],
     due: 2021-06-30, due_text: 2021年6月底前}
  - {id: T2, clause: 二, task: {zh: 检测人员, en: train people}, verb: 培训, figure: 200名, horizon: 2023}
  - {id: T3, clause: 二, task: {zh: 机构联网, en: connect them}, verb: 推动, local: true}
"""
TARGETS = """targets:
  - {id: K1, clause: 一, indicator: {zh: 检测合格率, en: tests passed}, kind: target, value: ">= 95", unit: "%",
     by: 2023,
     strength: strive}
  - {id: K2, clause: 一, indicator: {zh: 检测机构, en: bodies}, kind: target, value: "= 30", unit: 家, by: 2023}
  - {id: K3, clause: 一, indicator: {zh: 检测合格率, en: tests passed}, kind: baseline, value: "= 80", unit: "%"}
"""
ELSEWHERE = """figures_elsewhere:
  - {clause: 一, figure: 2019年, why: {zh: 所据办法的年份, en: year of the measures cited}}
"""
WHOLE = HEAD + CLAUSES + TASKS + TARGETS + ELSEWHERE


def write(folder: Path, text: str = WHOLE) -> Path:
    """A library of this register; its folder."""
    library = folder / "registers"
    (library / "own").mkdir(parents=True, exist_ok=True)
    (library / "own" / "bridges-2021.yaml").write_text(text, encoding="utf-8")
    return library
