"""Who may do what with a laboratory, and what each reads of it. In every test what could leak is there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from laboratory_walks import APPROVED, OPERATING, Walk, act, desk, walked
from openpyxl import Workbook, load_workbook
from people import person

from guiju.web.accounts.domain.organisations import add_member, create_organisation
from guiju.web.accounts.models import User
from guiju.web.accounts.uscc import made_up
from guiju.web.cases.models import CaseParty
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import verdict
from guiju.web.kit.sheets import MEDIA
from guiju.web.laboratories.forms.outputs import COLUMNS

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
OFFICES = {"SAMR", "QDB", "MINISTRIES", "COORD"}
SEES = {*OFFICES, "HOST", "COMMITTEE", "RECOMMENDER", "partner", "reader"}
# permission → who may, towards a laboratory in operation
MATRIX = {
    "laboratory.desk": SEES, "laboratory.act": SEES, "laboratory.plan": {"HOST"}, "laboratory.leader": {"HOST"},
    "laboratory.output": {"HOST"}, "laboratory.conclude": {"COMMITTEE"}, "laboratory.entry": OFFICES,
    "laboratory.weights": set(),  # of those who run a round of the site: see test_acceptance_notice
}
OWN = {"director_senior": "是", "director_reliable": "是", "director_tasks": "是", "director_budget": "是",
       "director_hiring": "是", "heads_recommended": "是", "staff_appointed": "是"}


@pytest.fixture
def walk(db: None, on: Clock) -> Walk:
    on("2026-08-03")
    return walked(OPERATING)


def everyone(walk: Walk) -> dict[str, User]:
    partner, reader = person("partner", "共建人"), person("reader", "查阅人")
    other = create_organisation(made_up(600), "共建大学", "university", partner)
    CaseParty.objects.create(case=walk.record, organisation=other, joined=now())
    add_member(walk.host, reader, "reader")
    roles = ("SAMR", "QDB", "MINISTRIES", "COORD", "HOST", "COMMITTEE", "PANEL", "RECOMMENDER", "PUBLIC")
    return {**{r: walk.holders[r] for r in roles}, "partner": partner, "reader": reader}


def test_who_may_what(walk: Walk) -> None:
    people, laboratory = everyone(walk), walk.laboratory
    may = {p: {who for who, user in people.items() if verdict(user, p, laboratory)} for p in MATRIX}

    assert may == MATRIX


def test_a_denial_says_why(walk: Walk) -> None:
    answer = walk.client("MINISTRIES").get(f"{desk(walk)}plan/change/")

    assert answer.status_code == 403
    assert "由依托单位的经办人或管理员办理" in answer.content.decode()


@pytest.mark.parametrize(("role", "move"), [("HOST", "T39"), ("COORD", "T38"), ("COMMITTEE", "T45b"),
                                            ("partner", "T38")])
def test_a_move_of_another_role_is_not_there_to_make(walk: Walk, role: str, move: str) -> None:
    client = Client()
    client.force_login(everyone(walk)[role])
    answer = client.post(f"{desk(walk)}do/{move}/", {"seen": walk.record.head})

    assert answer.status_code == 302
    walk.record.refresh_from_db()
    assert (walk.record.stage, walk.laboratory.reports.count()) == ("S30", 0)


def test_what_the_committee_and_the_ministries_write_stays_with_them(walk: Walk, on: Clock) -> None:
    on("2029-07-27")
    assert act(walk, "MINISTRIES", "T39", {}) == 302
    sides = {f"own-{f}-{s}": f"内部{f}{s}" for s in ("research", "people", "openness", "service")
             for f in ("text", "evidence")}
    assert act(walk, "MINISTRIES", "T40", {**sides, "fact-lab_grade": "合格"}) == 302
    people = everyone(walk)
    reads = set()
    for who, user in people.items():
        client = Client()
        client.force_login(user)
        if "内部textpeople" in client.get(f"{desk(walk)}evaluation/").content.decode():
            reads.add(who)

    assert reads == OFFICES


def test_a_total_is_shown_where_the_round_sets_weights(walk: Walk, on: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    from decimal import Decimal

    from guiju.web.laboratories.forms import evaluation as form
    from guiju.web.laboratories.page import evaluating

    weights = {side: Decimal(25) for side in ("research", "people", "openness", "service")}
    monkeypatch.setattr(form, "weights_for", lambda _: weights)
    monkeypatch.setattr(evaluating, "weights_for", lambda _: weights)
    on("2029-07-27")
    assert act(walk, "MINISTRIES", "T39", {}) == 302
    sides = {f"own-{f}-{s}": "无" for s in weights for f in ("text", "evidence")}
    scores = {f"own-score-{s}": "20.5" for s in weights}
    given = {**sides, **scores, "fact-lab_grade": "优秀"}
    assert act(walk, "MINISTRIES", "T40", {**given, "own-score-people": "26"}) == 200
    assert act(walk, "MINISTRIES", "T40", given) == 302

    assert "<b>82.0" in walk.client("MINISTRIES").get(f"{desk(walk)}evaluation/").content.decode()


def leader(walk: Walk, post: str, name: str, since: str, **more: str) -> int:
    return walk.client("HOST").post(f"{desk(walk)}leaders/{post}/", {
        "name": name, "unit": "示例研究院", "position": "院长", "since": since, **more}).status_code


def test_leaders_are_dated_and_held_against_the_measures(walk: Walk) -> None:
    client = walk.client("HOST")
    assert "缺事实" in client.get(f"{desk(walk)}leaders/").content.decode()
    assert leader(walk, "director", "高院长", "2026-08-01", **{**OWN, "director_senior": "否"}) == 302
    assert "不符合" in client.get(f"{desk(walk)}leaders/").content.decode()

    assert leader(walk, "director", "新院长", "2026-08-01", **OWN) == 200
    assert leader(walk, "director", "新院长", "2026-08-03", **OWN, reason="调任") == 302
    assert leader(walk, "chair", "外院士", "2026-08-03", academic_chair_inside="否", academic_chair_eminent="是",
                  academic_chair_vision="是", academic_chair_coordinates="是") == 302
    page = client.get(f"{desk(walk)}leaders/").content.decode()
    assert re.search(r">\s*符合\s*<", page)
    assert "2026-08-01 — 2026-08-02" in page
    assert client.get(f"{desk(walk)}leaders/president/").status_code == 404


def test_a_director_who_acts_here_is_an_agent_of_the_host(walk: Walk) -> None:
    stranger, agent = person("boss", "外人主任"), person("deputy", "经办主任")
    add_member(walk.host, agent, "agent")
    assert leader(walk, "director", "外人主任", "2026-08-03", account=str(stranger.pk)) == 200
    assert leader(walk, "director", "经办主任", "2026-08-03", account=str(agent.pk)) == 302

    client = Client()
    client.force_login(agent)
    assert client.get(f"{desk(walk)}do/T38/").status_code == 200


def table(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for row in (COLUMNS, *rows):
        book.worksheets[0].append(list(row))
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("成果.xlsx", content.getvalue(), content_type=MEDIA)


def test_outputs_without_the_laboratorys_name_are_listed(walk: Walk) -> None:
    client = walk.client("HOST")
    rows = (("论文", "密封试验方法", "甲、乙", "2026-05-01", "期刊 1", "是", "否"),
            ("专利", "阀座结构", "丙", None, "", "是", "否"), ("软件", "检测程序", "", None, "", "是", "是"),
            ("专著", "外单位完成的书", "", None, "", "否", "否"))
    assert client.post(f"{desk(walk)}outputs/import/", {"table": table(*rows)}).status_code == 302
    client.post(f"{desk(walk)}outputs/import/", {"table": table(*rows)})

    assert walk.laboratory.outputs.count() == 4
    page = client.get(f"{desk(walk)}outputs/", {"unnamed": "1"}).content.decode()
    assert "密封试验方法" in page
    assert [t for t in ("阀座结构", "检测程序", "外单位完成的书") if t in page] == []
    assert (told(page), page.count('<th scope="row">')) == (["只列未署名的 1 项", "全部 4 项"], 1)
    everything = client.get(f"{desk(walk)}outputs/").content.decode()
    assert (told(everything), everything.count('<th scope="row">')) == (["共 4 项"], 4)
    taken = SimpleUploadedFile("x.xlsx", client.get(f"{desk(walk)}outputs/outputs.xlsx").content)
    assert client.post(f"{desk(walk)}outputs/import/", {"table": taken}).status_code == 302
    assert walk.laboratory.outputs.count() == 4
    number = walk.laboratory.outputs.get(kind="patent").public_id
    assert walk.client("COORD").post(f"{desk(walk)}outputs/{number}/drop/").status_code == 403
    assert client.post(f"{desk(walk)}outputs/{number}/drop/").status_code == 302
    assert walk.laboratory.outputs.count() == 3


@pytest.mark.parametrize(("place", "what"), [(1, "名称"), (2, "作者或完成人"), (4, "编号或出处")])
def test_a_cell_that_is_too_long_is_refused_and_never_cut(walk: Walk, place: int, what: str) -> None:
    row: list[object] = ["论文", "密封试验方法", "甲、乙", "2026-05-01", "期刊 1", "是", "否"]
    row[place] = "长" * 301
    page = walk.client("HOST").post(f"{desk(walk)}outputs/import/", {"table": table(tuple(row))},
                                    follow=True).content.decode()

    assert f"第 2 行：{what}太长：最多 300 字，现有 301 字" in page
    assert not walk.laboratory.outputs.exists()


def told(page: str) -> list[str]:
    """The numbers that stand above the list of outputs."""
    return [" ".join(x.split()) for x in re.findall(r"(?:共|只列未署名的|全部)\s*\d+\s*项", page)]


def test_a_table_with_a_wrong_row_adds_nothing_and_says_which(walk: Walk) -> None:
    client = walk.client("HOST")
    wrong = table(("论文", "好的一篇", "", None, "", "是", "是"), ("歌曲", "不认识", "", None, "", "是", "是"),
                  ("论文", "", "", None, "", "是", "也许"), ("论文", "没说是否在实验室完成", "", None, "", None, "否"))
    page = client.post(f"{desk(walk)}outputs/import/", {"table": wrong}, follow=True).content.decode()
    assert "第 3 行：类别不在表内" in page
    assert "第 4 行" in page
    assert "第 5 行：“在实验室完成”“已署实验室名称”写是或否" in page
    broken = SimpleUploadedFile("x.xlsx", b"PK\x03\x04nothing")
    not_a_table = client.post(f"{desk(walk)}outputs/import/", {"table": broken}, follow=True)

    assert "损坏" in not_a_table.content.decode()
    assert walk.laboratory.outputs.count() == 0


def test_what_is_typed_into_outputs_never_runs(walk: Walk) -> None:
    client = walk.client("HOST")
    title = '=HYPERLINK("http://x")<script>alert(1)</script>'
    client.post(f"{desk(walk)}outputs/new/", {"kind": "paper", "title": title})

    assert "<script>alert" not in client.get(f"{desk(walk)}outputs/").content.decode()
    cell = load_workbook(io.BytesIO(client.get(f"{desk(walk)}outputs/outputs.xlsx").content)).worksheets[0]["B2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_an_authority_corrects_the_entry_within_the_rules_of_names(walk: Walk) -> None:
    client = walk.client("QDB")
    address = f"{desk(walk)}entry/"
    given = {"name": walk.laboratory.name, "name_en": "National Laboratory of Valves", "field": "高端装备"}
    assert "State Quality" in client.post(address, given).content.decode()
    given["name_en"] = "State Quality & Standards Laboratory of Valves"
    assert client.post(address, given).status_code == 302

    assert walk.laboratory.names.get().name_en == given["name_en"]
    assert "高端装备" in Client().get(f"/laboratories/{walk.laboratory.public_id}/").content.decode()


def test_the_way_from_the_case_leads_to_the_desk(on: Clock) -> None:
    on("2025-05-12")
    walk = walked(APPROVED)
    page = walk.client("LAB").get(f"/cases/{walk.record.public_id}/").content.decode()

    assert f"{desk(walk)}do/T21/" in page
    assert f"{desk(walk)}changes/" in page


def test_the_misconduct_page_shows_how_harm_is_read(walk: Walk) -> None:
    page = walk.client("MINISTRIES").get(f"{desk(walk)}checks/").content.decode()
    form = walk.client("MINISTRIES").get(f"{desk(walk)}do/T45b/").content.decode()
    assert ("总条件" in page, "总条件" in form) == (True, True)
    given = {"own-lab_exit_false": "是", "own-lab_exit_harm": "否", "own-lab_exit_integrity": "否",
             "own-lab_exit_other": "否"}
    assert act(walk, "MINISTRIES", "T45b", given) == 409
    assert act(walk, "MINISTRIES", "T45b", {"own-lab_exit_false": "是"}) == 409
    assert act(walk, "MINISTRIES", "T45b", {"own-lab_exit_false": "是", "own-lab_exit_harm": "是"}) == 302

    assert walk.laboratory.state == "left"


def test_lists_ask_the_database_a_fixed_number_of_times(walk: Walk, django_assert_max_num_queries: Any
                                                        ) -> None:
    from guiju.web.laboratories.models import Laboratory

    first = walk.laboratory
    for n in range(12):
        record = walk.record.__class__.objects.get(pk=walk.record.pk)
        record.pk, record.public_id = None, f"AAAA-BBBB-{n:04}"
        record.save()
        Laboratory.objects.create(public_id=record.public_id, case=record, host=first.host,
                                  name=f"第{n}国家质量标准实验室", approved_on=first.approved_on,
                                  entered=first.entered)
    with django_assert_max_num_queries(12):
        assert Client().get("/laboratories/").content.decode().count("国家质量标准实验室</a>") == 13
