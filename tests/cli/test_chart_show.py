"""`guiju chart show`: a chart as a page, as JSON, as a picture."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from guiju.cli.layout import width
from guiju.lifecycle.library import installed_charts

OBJECTION = "common/objection"
SMALL = """
id: demo/window
title: {zh: 示例窗口, en: a window}
cite: "1"
clauses: {"1": {zh: 总则, en: general}}
parameters:
  slow: {name: 慢办读法, type: choice, default: 从严, or: [从宽], cite: "1", ref: "7#1"}
  days: {name: 公示天数, type: number, unit: 日, cite: "1"}
facts:
  asked_on: {name: 提出日, en: asked on, type: date}
roles:
  HOST: {label: {zh: 申请人, en: applicant}, held_by: applicant}
  OFFICE: {label: {zh: 窗口, en: office}, held_by: office}
phases: {ask: {zh: 办理, en: handling}}
stages:
  asked: {label: {zh: 已提出, en: asked}, phase: ask, public: 是}
  done: {label: {zh: 办结, en: done}, phase: ask, final: 是}
moves:
  ask: {label: {zh: 提出, en: ask}, from: start, to: asked, by: HOST, sets: {asked_on: 今日}}
  settle:
    label: {zh: 办结, en: settle}
    from: asked
    to: done
    by: OFFICE
    within: answer
    when: [{id: strict, name: {zh: 从严, en: strictly}, require: 慢办读法 = 从严, strength: principle, cite: "1"}]
    needs: [{zh: 申请书, en: form}]
    makes: [{zh: 批复, en: decision}]
    basis: inferred
    ref: "7#2"
terms:
  answer: {label: {zh: 答复期, en: answer}, length: 5 日, from: 提出日, in: asked, then: register, cite: "1"}
notices:
  list: {label: {zh: 名单公示, en: notice}, stage: asked, from: 提出日, at_least: 公示天数, blocks: [settle], cite: "1"}
"""
PAGE = """\
示例窗口
  编号  demo/window
  版本  1
  依据  第一条
  规模  2 个环节，2 个步骤

角色
  HOST    申请人  申请人
  OFFICE  窗口    机关

开启
  ask 提出 → asked                                                                            第一条
      由谁  申请人
      写入  提出日 = 今日

阶段：办理

[asked] 已提出（公开）
  公示  list 名单公示（自提出日起至少 公示天数（待定））
  期限  answer 答复期（自提出日起 5 日）
  settle 办结 → done（推定，见 7#2）                                                          第一条
      由谁    窗口
      条件    从严（原则上）：慢办读法 = 从严
      不迟于  answer 答复期（自提出日起 5 日）
      须等    list 名单公示
      材料    申请书
      产出    批复

[done] 办结（终结）

期限
  answer 答复期                                                                               第一条
      多长  自提出日起 5 日；末日是休息日的顺延到下一工作日
      环节  asked
      届满  登记逾期

公示
  list 名单公示                                                                               第一条
      多长      自提出日起至少 公示天数（待定）
      计算      不计首日满期为足；首尾均计才满的由人裁量
      环节      asked
      期满方可  settle 办结

读法和待定
  慢办读法  slow  默认“从严”；另读“从宽”（第一条、7#1）
  公示天数  days  未定，由批次设定（第一条）
"""


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "charts" / "demo" / "window"
    folder.mkdir(parents=True)
    (folder / "chart.yaml").write_text(SMALL, "utf-8")
    return tmp_path / "charts"


def test_a_chart_as_a_page(run, library):
    done = run("chart", "show", "window", "--charts", library)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == PAGE


def test_a_chart_in_english(run, library):
    text = run("chart", "show", "window", "--charts", library, "--lang", "en").stdout

    assert "[asked] asked (public)\n  notice  list: notice (at least days (open) from asked on)\n" in text
    assert re.search(r"\n  settle → done \(inferred, see 7#2\) +art\. 1\n", text)
    assert re.search(r"\n      if +strictly \(in principle\): slow = 从严\n", text)


@pytest.mark.parametrize("id_", installed_charts().ids())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_is_shown_whole(run, id_, language):
    done = run("chart", "show", id_, "--lang", language)
    chart = installed_charts().chart(id_)
    words = re.sub(r"\s", "", done.stdout)

    assert (done.exit_code, done.stderr) == (0, "")
    parts = (chart.stages, chart.moves, chart.terms, chart.notices, chart.duties, chart.loops, chart.bans,
             chart.procedures, chart.rounds, chart.parameters)
    assert [i for part in parts for i in part if i not in words] == []
    labelled = [p for part in parts[:8] for p in part.values()]
    assert [p.id for p in labelled if re.sub(r"\s", "", p.label.in_language(language)) not in words] == []
    assert [line for line in done.stdout.splitlines() if width(line) > 100] == []


def test_a_sub_procedure_that_is_used_again_is_only_pointed_to(run):
    text = run("chart", "show", "quality-standards-laboratory").stdout

    assert text.count("    raise 提出异议 → raised（默认）") == 1
    assert "进行    同 objection_p1\n" in text


def test_as_json(run, library):
    done = run("chart", "show", "window", "--charts", library, "--json")
    data = json.loads(done.stdout)

    assert (done.exit_code, done.stderr, data["contract"]) == (0, "", 1)
    assert data["chart"]["stages"][0]["label"] == {"zh": "已提出", "en": "asked"}
    assert data["chart"]["moves"][1]["waits"] == ["list"]
    assert run("chart", "show", "window", "--charts", library, "--json").stdout == done.stdout


def test_as_a_picture(run, library, tmp_path):
    done = run("chart", "show", "window", "--charts", library, "--svg", tmp_path / "window.svg")

    assert (done.exit_code, done.stdout) == (0, f"已写 {tmp_path / 'window.svg'}：可用浏览器打开或打印\n")
    texts = ["".join(t.itertext()) for t in ET.parse(tmp_path / "window.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert "settle 办结（推定）" in texts
    assert "第一条" in texts


def test_a_picture_in_english_on_standard_output(run, library):
    root = ET.fromstring(run("chart", "show", "window", "--charts", library, "--svg", "-", "--lang", "en").stdout)

    assert root.get("lang") == "en"
    assert "settle (inferred)" in {"".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")}


@pytest.mark.parametrize(("arguments", "said"), [
    (("objecton",), "E500"),
    (("leader",), "E500"),
    ((OBJECTION, "--svg", "/nowhere/at/all.svg"), "E001"),
    ((OBJECTION, "--charts", "/nowhere"), "E280"),
    ((OBJECTION, "--svg", "-", "--json"), "--svg 和 --json 只能选一个"),
    ((), "缺少参数 CHART"),
])
def test_what_cannot_be_shown(run, arguments, said):
    done = run("chart", "show", *arguments)

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_its_help(run):
    text = run("chart", "show", "--help").stdout

    assert "用法：" in text
    assert "--svg FILE" in text
