"""Cases of a round that was held on paper, entered move by move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guiju.lifecycle.events import Document, Evidence
from guiju.source.diagnostics import Text
from guiju.web.cases.domain import make_move
from guiju.web.cases.domain.acts import entitle
from guiju.web.cases.store import case_of
from guiju.web.demonstration.seed.cast import AFFILIATIONS, HOSTS, KINDS
from guiju.web.demonstration.seed.stage import Stage, done
from guiju.web.laboratories.domain.entry import correct
from guiju.web.laboratories.models import Laboratory
from guiju.web.notices.domain import Item
from guiju.web.notices.domain import publish as make_public
from guiju.web.rounds.domain import open_case

NOTE = "2024 年度（示例）在线下办理，据纸质记录登记"
HANDED_IN: dict[str, Any] = {"材料盖依托单位公章": "是", "纸质材料份数": "3 份", "已交电子版": "是"}
RECOMMENDED = {"材料六性审核通过": "是", "推荐意见已出具": "是", "推荐意见盖公章": "是", "省级市场监管已推荐": "是",
               "主管部门已推荐": "是", "已征求领域主管部门意见": "是"}
RECEIVED = {"纸质材料份数": "3 份", "已交电子版": "是"}
NO_VETO = {"出具虚假报告": "否", "学术不端": "否", "实验数据造假": "否", "其他违法不诚信行为": "否"}


def begin(stage: Stage, name: str, host: int, round_: str) -> None:
    row, unit = HOSTS[host], stage.units[f"host{host}"]
    body = stage.rounds[round_].bodies.get(body__organisation=stage.units[row.body])
    user = stage.agents[f"host{host}"]
    given = {"申报主体类别": KINDS[row.kind], "依托单位隶属": AFFILIATIONS[row.body == "ministry"], "联合申报": "否"}
    stage.cases[name] = done(open_case(stage.rounds[round_], body, unit, user, given), name)
    entitle(stage.cases[name], f"示例{row.topic}国家质量标准实验室")
    stage.agents[name], stage.agents[f"{name}/body"] = user, stage.agents[row.body]


def move(stage: Stage, name: str, move_id: str, login: str, given: dict[str, Any]) -> None:
    """`login`: who; the applicant's agent if empty, the recommending body's for `body`."""
    user = stage.agents[f"{name}/body"] if login == "body" else stage.people[login] if login else stage.agents[name]
    record = stage.cases[name]
    needs = case_of(record).chart.moves[move_id].needs
    if move_id == "T09":
        given = {**given, "参建单位": [{"单位代码": record.organisation.code, "是依托单位": "是", "是主要承建方": "是",
                                    "同批申报数": "1 个", "其中联合申报数": "0 个"}]}
    papers = tuple(Document(p.name.zh, stage.paper(p.name.zh).file.sha256) for p in needs if not p.when)
    stage.cases[name] = done(
        make_move(record, move_id, user, evidence=Evidence(given, papers, {}, NOTE)), f"{name} {move_id}")


def publish(stage: Stage, round_: str, notice: str, names: Sequence[str], login: str, result: Text) -> None:
    items = [Item(stage.cases[name], result, name=stage.cases[name].title) for name in names]
    make_public(stage.rounds[round_], notice, items, stage.people[login])


def name_it(stage: Stage, name: str, host: int) -> None:
    """The register's entry gets the names that the papers had."""
    row = HOSTS[host]
    correct(Laboratory.objects.get(case=stage.cases[name]), f"示例{row.topic}国家质量标准实验室",
            f"State Quality & Standards Laboratory of {row.english} (Example)", f"{row.topic}的质量与标准")
