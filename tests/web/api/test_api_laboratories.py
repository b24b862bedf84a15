"""A laboratory's desk by the API: what the pages do and show, to the same people, kept or refused alike."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from calling import Program
from laboratory_walks import APPROVED, FINISHED, OPERATING, Walk, walked
from openpyxl import Workbook
from people import person
from rounds_world import FORM, LABORATORY

from guiju.web.accounts.domain.organisations import add_member
from guiju.web.accounts.queries import capacities
from guiju.web.cases.models import CaseRecord
from guiju.web.laboratories.forms.outputs import COLUMNS
from guiju.web.rounds.domain import new_round

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
PDF = b"%PDF-1.7\nsome text\n%%EOF\n"
PLAN = {"seen": 0, "tasks": [
    {"kind": "standards", "title": "阀门密封国家标准", "promised": "5", "unit": "项", "due": "2026-03-31"},
    {"kind": "people", "title": "培养博士", "promised": "10", "unit": "人"}]}
SIDES = ("research", "people", "openness", "service")


def at(walk: Walk, path: str = "desk") -> str:
    return f"laboratories/{walk.record.public_id}/{path}"


def made(walk: Walk, role: str, move: str, own: dict[str, str] | None = None, **given: str) -> Any:
    """Make a move, with a file for each paper that it asks for."""
    program = Program(walk.holders[role])
    asked = program.get(at(walk, f"moves/{move.replace('#', '%23')}"))
    assert asked.status_code == 200, asked.content.decode()
    papers = [{"ticket": program.sends("a.pdf", PDF), "paper": p} for p in asked.json()["choice"]["papers"]]
    answer = program.post(at(walk, f"moves/{move.replace('#', '%23')}"), {
        "own": own or {}, "given": given, "papers": papers, "seen": asked.json()["head"]})
    walk.record.refresh_from_db()
    return answer


@pytest.fixture
def walk(db: None, on: Clock) -> Walk:
    on("2026-08-03")
    return walked(OPERATING)


@pytest.mark.parametrize("path", ["desk", "plan", "reports", "acceptance", "evaluations", "changes", "leaders",
                                  "outputs", "support", "deadlines"])
def test_every_part_of_the_desk_is_there_for_who_takes_part_and_for_nobody_else(walk: Walk, path: str) -> None:
    invented = Program(walk.holders["HOST"]).get(f"laboratories/AAAA-BBBB-CCCC/{path}")
    others = Program(walk.holders["PUBLIC"]).get(at(walk, path))

    assert {Program(walk.holders[r]).get(at(walk, path)).status_code for r in ("HOST", "MINISTRIES")} == {200}
    assert (others.status_code, others.content) == (404, invented.content)


def test_the_desk_says_what_may_be_done_where(walk: Walk) -> None:
    desk = Program(walk.holders["HOST"]).get(at(walk)).json()

    assert (desk["stage"], desk["name"]) == ("S30", walk.laboratory.name)
    assert {c["move"]: c["section"] for c in desk["choices"]}["T38"] == "reports"
    assert "正式运行日" in {d["label"]["zh"] for d in desk["dates"]}


def test_a_plan_is_adopted_and_revised_for_a_reason(on: Clock) -> None:
    on("2025-01-06")
    walk = walked(APPROVED)
    host = Program(walk.holders["HOST"])
    first = host.post(at(walk, "plan"), PLAN)
    assert first.status_code == 201, first.content.decode()
    tasks = first.json()["tasks"]
    again = {"tasks": [{**tasks[0], "promised": "6"}, {**tasks[1], "due": None}], "seen": 1}

    assert [t["id"] for t in tasks] == ["t1", "t2"]
    assert host.post(at(walk, "plan"), again).json()["faults"][0]["at"] == "reason"
    assert host.post(at(walk, "plan"), {**again, "reason": "扩项", "seen": 0}).status_code == 409
    assert host.post(at(walk, "plan"), {**again, "reason": "扩项"}).status_code == 201
    assert "由“5”改为“6”" in host.get(at(walk, "plan")).json()["revisions"][0]["changes"][0]["zh"]
    assert Program(walk.holders["MINISTRIES"]).post(at(walk, "plan"), PLAN).status_code == 403
    wrong = host.post(at(walk, "plan"), {**PLAN, "tasks": [{**PLAN["tasks"][0], "kind": "没有的"}], "seen": 2})
    assert (wrong.status_code, wrong.json()["faults"][0]["at"]) == (422, "tasks.0.kind")


def test_a_report_is_made_with_its_sections_or_not_at_all(walk: Walk, on: Clock) -> None:
    on("2027-03-01")
    own = {"first": "2026-05-01", "last": "2026-12-31", "progress": "完成全年任务"}
    without = made(walk, "HOST", "T38", {**own, "progress": ""})
    assert (without.status_code, without.json()["faults"][0]["at"]) == (422, "progress")
    assert without.json()["faults"][0]["zh"] != without.json()["faults"][0]["en"]
    assert not walk.laboratory.reports.exists()

    answer = made(walk, "HOST", "T38", own)

    assert answer.status_code == 200, answer.content.decode()
    report = Program(walk.holders["MINISTRIES"]).get(at(walk, "reports")).json()[0]
    assert report["content"] == {"progress": "完成全年任务"}
    assert Program(walk.holders["MINISTRIES"]).get(at(walk, "moves/T38")).status_code == 409
    scoped = Program(walk.holders["HOST"], "cases:read", "cases:write").post(at(walk, "moves/T38"), {"own": own})
    assert "laboratories:write" in scoped.json()["zh"]


def test_no_report_is_made_without_what_it_says_by_the_general_door(walk: Walk, on: Clock) -> None:
    on("2027-03-01")
    host, before = Program(walk.holders["HOST"]), walk.record.count
    address = f"cases/{walk.record.public_id}"
    papers = next(c for c in host.get(address).json()["choices"] if c["move"] == "T38")["papers"]
    sent = {"move": "T38", "papers": [{"ticket": host.sends("a.pdf", PDF), "paper": p} for p in papers]}
    refused = host.post(f"{address}/moves", sent)

    assert refused.status_code == 409
    assert f"POST /api/v1/laboratories/{walk.record.public_id}/moves/T38" in refused.json()["zh"]
    form = walk.client("HOST").get(f"/cases/{walk.record.public_id}/do/T38/")
    assert (form.status_code, form.headers["Location"]) == (
        302, f"/laboratories/{walk.record.public_id}/desk/do/T38/")
    walk.record.refresh_from_db()
    assert (walk.record.count, walk.laboratory.reports.count()) == (before, 0)


def test_acceptance_and_what_the_committee_writes_stays_with_it(on: Clock) -> None:
    on("2026-07-06")
    walk = walked(FINISHED)
    assert made(walk, "LAB", "T27", {"summary": "做了一半"}).status_code == 200
    told = {"own": {"conclusion": "未通过验收", "text": "内部意见", "told": "主要任务未完成"}}
    committee, ministries = Program(walk.holders["COMMITTEE"]), Program(walk.holders["MINISTRIES"])

    assert ministries.post(at(walk, "opinion"), told).status_code == 403
    assert {i["name"] for i in committee.get(at(walk, "opinion")).json()} >= {"conclusion", "text", "told"}
    assert committee.post(at(walk, "opinion"), told).status_code == 204
    assert committee.post(at(walk, "opinion"), told).status_code == 409
    assert "内部意见" in ministries.get(at(walk, "acceptance")).content.decode()
    read = Program(walk.holders["LAB"]).get(at(walk, "acceptance")).content.decode()
    assert ("内部意见" in read, "未通过验收" in read, "主要任务未完成" in read) == (False, False, True)


def test_an_evaluation_is_told_in_full_to_the_authorities_alone(walk: Walk, on: Clock) -> None:
    on("2029-07-27")
    assert made(walk, "MINISTRIES", "T39").status_code == 200
    sides = {f"{f}-{side}": f"内部{f}{side}" for side in SIDES for f in ("text", "evidence")}
    answer = made(walk, "MINISTRIES", "T40", sides, lab_grade="优秀")
    assert answer.status_code == 200, answer.content.decode()

    whole = Program(walk.holders["MINISTRIES"]).get(at(walk, "evaluations")).json()[0]
    assert (whole["grade"], whole["sides"]["people"]["text"], whole["total"]) == ("优秀", "内部textpeople", None)
    assert "内部" not in Program(walk.holders["HOST"]).get(at(walk, "evaluations")).content.decode()


def test_a_new_name_comes_with_a_major_change(walk: Walk, on: Clock) -> None:
    on("2029-08-01")
    old = walk.laboratory.name
    own = {"kind": "更名", "new_name": "阀门实验室"}
    assert made(walk, "LAB", "major_change:T44", own, change_text="改名").json()["faults"][0]["at"] == "new_name"
    own["new_name"] = "特种阀门国家质量标准实验室"
    assert made(walk, "LAB", "major_change:T44", own, change_text="改名").status_code == 200

    assert walk.laboratory.name == old
    assert made(walk, "COORD", "major_change#1:T50", review_needed="否").status_code == 200
    change = Program(walk.holders["HOST"]).get(at(walk, "changes")).json()[0]
    assert (change["state"], change["new_name"], walk.laboratory.name) == ("settled", own["new_name"], own["new_name"])


def test_leaders_are_entered_and_held_against_the_measures(walk: Walk) -> None:
    host, agent, stranger = Program(walk.holders["HOST"]), person("deputy", "经办主任"), person("boss", "外人")
    add_member(walk.host, agent, "agent")
    given = {"name": "经办主任", "unit": "示例研究院", "position": "院长", "since": "2026-08-01",
             "stated": {"director_senior": "否"}, "account": agent.public_id}

    assert host.post(at(walk, "leaders/president"), given).status_code == 404
    barred = host.post(at(walk, "leaders/director"), {**given, "account": stranger.public_id})
    assert (barred.status_code, barred.json()["faults"][0]["at"]) == (422, "account")
    assert host.post(at(walk, "leaders/director"), given).status_code == 204
    assert host.post(at(walk, "leaders/director"), given).status_code == 409
    read = host.get(at(walk, "leaders")).json()
    assert (read["leaders"][0]["name"], read["said"]["label"]["zh"]) == ("经办主任", "不符合")
    assert Program(walk.holders["COORD"]).post(at(walk, "leaders/chair"), given).status_code == 403


def test_outputs_are_entered_taken_from_a_table_and_dropped(walk: Walk) -> None:
    host = Program(walk.holders["HOST"])
    one = host.post(at(walk, "outputs"), {"kind": "paper", "title": "论阀门", "on": "2026-05-01"})
    assert one.status_code == 201, one.content.decode()
    assert (one.json()["made_here"], one.json()["named"], one.json()["must_name"]) == (True, False, True)
    assert host.post(at(walk, "outputs"), {"kind": "没有的", "title": "某"}).json()["faults"][0]["at"] == "kind"

    ticket = host.sends("o.xlsx", table(("论文", "再论阀门", "甲", "2026-06-01", "刊", "是", "是")))
    assert host.post(at(walk, "outputs/table"), {"ticket": ticket}).json() == {"count": 1}
    wrong = host.sends("w.xlsx", table(("没有的", "三论", "", "", "", "是", "是")))
    assert "第 2 行" in host.post(at(walk, "outputs/table"), {"ticket": wrong}).json()["zh"]
    pdf = host.sends("a.pdf", PDF)
    assert host.post(at(walk, "outputs/table"), {"ticket": pdf}).status_code == 409

    read = host.get(at(walk, "outputs")).json()
    assert (read["count"], read["unnamed"]) == (2, 1)
    assert [o["title"] for o in host.get(at(walk, "outputs"), unnamed="true").json()["outputs"]] == ["论阀门"]
    assert Program(walk.holders["MINISTRIES"]).delete(at(walk, f"outputs/{one.json()['id']}")).status_code == 403
    assert [host.delete(at(walk, f"outputs/{one.json()['id']}")).status_code for _ in "12"] == [204, 404]


def test_an_authority_corrects_the_entry_within_the_rules_of_names(walk: Walk) -> None:
    office, host = Program(walk.holders["MINISTRIES"]), Program(walk.holders["HOST"])
    entry = {"name": "阀门国家质量标准实验室", "field": "阀门"}

    assert host.put(at(walk, "entry"), entry).status_code == 403
    assert office.put(at(walk, "entry"), {**entry, "name": "阀门实验室"}).status_code == 409
    assert office.put(at(walk, "entry"), entry).json() == {**entry, "name_en": ""}


def test_weights_are_for_who_runs_the_round(walk: Walk) -> None:
    weights = {"weights": dict.fromkeys(SIDES, "25"), "reason": "细则"}

    assert Program(walk.holders["HOST"]).put(at(walk, "evaluation-weights"), weights).status_code == 403
    assert Program(walk.holders["MINISTRIES"]).get(at(walk, "evaluation-weights")).status_code == 403


def test_weights_are_all_given_and_of_a_round_that_runs(walk: Walk) -> None:
    round_of_office(walk)
    office = Program(walk.holders["QDB"])
    weights = {"weights": dict.fromkeys(SIDES, "25"), "reason": "两部门评估细则"}

    assert office.get(at(walk, "evaluation-weights")).json() == {"weights": {}}
    lacking = office.put(at(walk, "evaluation-weights"), {**weights, "weights": {"people": "25"}})
    assert (lacking.status_code, len(lacking.json()["faults"])) == (422, 3)
    refused = office.put(at(walk, "evaluation-weights"), weights)  # it was never published
    assert (refused.status_code, "不能变更" in refused.json()["zh"]) == (409, True)


def round_of_office(walk: Walk) -> None:
    """A round of the site that the bureau runs, as the one in which the laboratory applied."""
    officer = walk.holders["QDB"]
    bureau, above = (capacities(walk.holders[role])[0].organisation for role in ("QDB", "SAMR"))
    bureau.above = above
    bureau.save()
    made = new_round(LABORATORY, "某年度", 2026, bureau, officer, form=FORM)
    CaseRecord.objects.filter(pk=walk.record.pk).update(round=made.public_id)


def table(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    for row in (COLUMNS, *rows):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
