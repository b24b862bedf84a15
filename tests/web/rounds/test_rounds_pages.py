"""The officer's pages of a round, and what the public sees."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from rounds_world import LABORATORY, LaboratoryWorld, begun, laboratory_world

from guiju.web.accounts.models import User
from guiju.web.applications.domain.beginning import begin as begin_application
from guiju.web.cases.models import RoleHolder
from guiju.web.cases.store import case_of
from guiju.web.kit.clock import today
from guiju.web.kit.permissions import verdict
from guiju.web.rounds.forms import SECTIONS
from guiju.web.rounds.models import Round, RoundChange

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
Clock = Callable[[str], None]


def words(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def posted(html: str) -> dict[str, str]:
    """What a form would send as it stands."""
    found = {}
    for tag in re.findall(r"<(?:input|textarea|select)[^>]*>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="(\w+)"', tag)
        if name and (kind is None or kind[1] not in ("radio", "checkbox") or "checked" in tag):
            found[name[1]] = value[1] if value else "on" if kind and kind[1] == "checkbox" else ""
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea name="([^"]+)".*?>\s*(.*?)</textarea>', html, re.DOTALL):
        found[name] = text
    return found


def test_an_officer_makes_a_round_from_a_sample_and_is_told_what_is_open(signed_in: SignedIn) -> None:
    world = laboratory_world(published=False)
    client = signed_in(world.officer)
    answer = client.post("/rounds/new/", {"chart": LABORATORY, "title": "西藏 2024", "year": "2024",
                                          "office": world.bureau.public_id, "based_on": "tibet-2024"}, follow=True)
    made = Round.objects.get(title="西藏 2024")
    html = answer.content.decode()

    assert made.parameters == {"recommender_copies": "3 份", "has_quota": "是", "department_quota": "1 个"}
    assert "没有定申报截止日" in html
    assert "不定不能发布" in html
    assert "评审细则没有设定：指标权重" in html
    assert "T15" in html


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_saved_as_it_stands_changes_nothing(signed_in: SignedIn, name: str) -> None:
    world = laboratory_world(published=False)
    client, address = signed_in(world.officer), f"/rounds/{world.round.public_id}/edit/{name}/"
    before = Round.objects.values("title", "opens", "closes", "parameters", "rules", "texts").get(pk=world.round.pk)
    answer = client.post(address, posted(words(client, address)))

    assert answer.status_code == 302, answer.content.decode()
    assert Round.objects.values(*before).get(pk=world.round.pk) == before
    assert list(world.round.bodies.values_list("copies", "places")) == [(3, 5)]


def test_each_ambiguity_shows_its_default_the_other_readings_and_the_clause(signed_in: SignedIn) -> None:
    world = laboratory_world(published=False)
    html = words(signed_in(world.officer), f"/rounds/{world.round.public_id}/edit/parameters/")

    for word in ("默认：含当日", "备选：不含当日", "评审合格线", "指24三(四)", "叠加联合推荐"):
        assert word in html


def test_weights_are_kept_as_written_and_the_point_closes(signed_in: SignedIn) -> None:
    world = laboratory_world(published=False)
    client, address = signed_in(world.officer), f"/rounds/{world.round.public_id}/edit/rules/"
    assert "评审细则没有设定：指标权重" in words(client, f"/rounds/{world.round.public_id}/manage/")
    client.post(address, {**posted(words(client, address)), "weight_equipment": "12.50"})
    world.round.refresh_from_db()

    assert world.round.rules["weights"] == {"equipment": "12.5"}


@pytest.mark.parametrize(("field", "value", "why"), [
    ("quorum", "两成", "写 0 到 1 之间的比例"), ("quorum", "3/2", "写 0 到 1 之间的比例"),
    ("reminders", "一周", "写天数"), ("reminders", "٣、1_0", "写天数"), ("reminders", "367", "提醒在 0 到 366 日之前"),
    ("least_scores", "2", "一个也不剩"), ("load_least", "99", "不能多于最多评的"),
    ("weight_equipment", "-1", "应大于 0")])
def test_rules_that_can_not_be_are_refused(signed_in: SignedIn, field: str, value: str, why: str) -> None:
    world = laboratory_world(published=False)
    client, address = signed_in(world.officer), f"/rounds/{world.round.public_id}/edit/rules/"
    answer = client.post(address, {**posted(words(client, address)), field: value})

    assert why in answer.content.decode()
    world.round.refresh_from_db()
    assert world.round.version == 2


def test_a_deadline_after_the_rounds_is_refused(signed_in: SignedIn) -> None:
    world = laboratory_world(published=False)
    client, address = signed_in(world.officer), f"/rounds/{world.round.public_id}/edit/bodies/"
    late = (world.round.closes + dt.timedelta(days=1)).isoformat() if world.round.closes else ""
    answer = client.post(address, {**posted(words(client, address)), f"{world.province.public_id}.deadline": late})

    assert "晚于批次截止日" in answer.content.decode()


def test_of_two_officers_the_second_is_told_on_the_page(signed_in: SignedIn) -> None:
    world = laboratory_world(published=False)
    client, address = signed_in(world.officer), f"/rounds/{world.round.public_id}/edit/dates/"
    form = posted(words(client, address))
    client.post(address, {**form, "title": "先改的"})
    page = client.post(address, {**form, "title": "后改的"}).content.decode()

    assert "这期间别人改过这个批次" in page
    assert re.findall(r"<dt>(.*?)</dt>\s*<dd>\s*(.*?)\s*</dd>", page) == [("批次名称", "先改的")]
    assert posted(page)["title"] == "后改的"
    assert Round.objects.get(pk=world.round.pk).title == "先改的"
    client.post(address, posted(page))
    assert Round.objects.get(pk=world.round.pk).title == "后改的"


def test_of_two_officers_who_change_a_published_round_the_second_sees_what_stands_now(signed_in: SignedIn) -> None:
    world = laboratory_world()
    client, base = signed_in(world.officer), f"/rounds/{world.round.public_id}"
    form = posted(words(client, f"{base}/edit/dates/"))
    impacts = [posted(client.post(f"{base}/edit/dates/", {**form, "title": title}).content.decode())
               for title in ("先改的", "后改的")]
    client.post(f"{base}/change/", {**impacts[0], "reason": "更名"})
    late = client.post(f"{base}/edit/dates/", {**form, "title": "更晚的"}).content.decode()
    page = client.post(f"{base}/change/", {**impacts[1], "reason": "再更名"}).content.decode()

    assert "这期间别人改过这个批次" in late
    assert posted(late)["version"] == str(world.round.version + 1)
    assert "这期间别人改过这个批次" in page
    assert re.findall(r"<td[^>]*>(.改的)</td>", page) == ["先改的", "后改的"]
    assert "再更名</textarea>" in page
    client.post(f"{base}/change/", {**posted(page), "reason": "再更名"})
    changes = RoundChange.objects.filter(round=world.round).order_by("version")
    assert [c.reason for c in changes][-2:] == ["更名", "再更名"]
    assert Round.objects.get(pk=world.round.pk).title == "后改的"


def test_publishing_from_the_page(signed_in: SignedIn, client: Client) -> None:
    world = laboratory_world(published=False)
    assert client.get(f"/rounds/{world.round.public_id}/").status_code == 404
    signed_in(world.officer).post(f"/rounds/{world.round.public_id}/act/publish/", {"version": world.round.version})

    assert "正在申报" in words(client, "/rounds/")
    html = words(client, f"/rounds/{world.round.public_id}/")
    for word in ("示例省市场监管局", "科研用房面积", "办12(一)", "示例质量发展局", "截止日读法"):
        assert word in html, word


def test_a_change_shows_its_impact_asks_for_a_reason_and_leaves_running_cases(signed_in: SignedIn, on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world()
    record = begun(world)
    client, base = signed_in(world.officer), f"/rounds/{world.round.public_id}"
    form = {**posted(words(client, f"{base}/edit/parameters/")), "pass_line": "70 分"}
    preview = client.post(f"{base}/edit/parameters/", form).content.decode()
    for word in ("编制中（S02）：1", "它们不变", "评审合格线：60 分", "推荐单位收件截止：2026-05-01"):
        assert word in preview, word
    assert Round.objects.get(pk=world.round.pk).parameters["pass_line"] == "60 分"

    confirm = posted(preview)
    assert "变更理由" in client.post(f"{base}/change/", {**confirm, "reason": ""}).content.decode()
    assert not RoundChange.objects.exists()
    client.post(f"{base}/change/", {**confirm, "reason": "评审细则已定"})

    made = RoundChange.objects.get()
    assert (made.before, made.after, made.reason) == (
        {"parameters.pass_line": "60 分"}, {"parameters.pass_line": "70 分"}, "评审细则已定")
    assert made.impact["running"] == [["S02", {"zh": "编制中", "en": "being drafted"}, 1]]
    assert case_of(record).opening.parameters["pass_line"] == "60 分"
    assert case_of(begun(world)).opening.parameters["pass_line"] == "70 分"
    assert "评审细则已定" in words(client, f"{base}/manage/")


def test_a_later_last_day_moves_the_rounds_day_and_no_running_deadline(signed_in: SignedIn, on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world()
    begun(world)
    client, base = signed_in(world.officer), f"/rounds/{world.round.public_id}"
    preview = client.post(f"{base}/edit/dates/", {**posted(words(client, f"{base}/edit/dates/")),
                                                  "closes": "2026-05-15"}).content.decode()

    assert "批次申报截止（含当日）：2026-05-01 → 2026-05-15" in preview
    assert "它们的期限照旧" in preview
    assert "推荐单位收件截止：2026-05-01" in preview


def test_of_two_changes_of_a_published_round_the_second_is_told(signed_in: SignedIn) -> None:
    world = laboratory_world()
    client, base = signed_in(world.officer), f"/rounds/{world.round.public_id}"
    form = posted(words(client, f"{base}/edit/texts/"))
    first, second = (posted(client.post(f"{base}/edit/texts/", {**form, "call": text}).content.decode())
                     for text in ("甲的正文", "乙的正文"))
    client.post(f"{base}/change/", {**first, "reason": "甲"})
    answer = client.post(f"{base}/change/", {**second, "reason": "乙"}, follow=True)

    assert "这期间别人改过" in answer.content.decode()
    assert Round.objects.get(pk=world.round.pk).texts == {"call": "甲的正文"}


def test_a_change_that_somebody_made_up_is_not_taken(signed_in: SignedIn) -> None:
    world = laboratory_world()
    address = f"/rounds/{world.round.public_id}/change/"

    assert signed_in(world.officer).post(address, {"change": "W10:x:y", "reason": "改"}).status_code == 404


def test_who_runs_a_round_is_not_invited_to_apply_in_it(signed_in: SignedIn) -> None:
    world = laboratory_world()
    address = f"/rounds/{world.round.public_id}/"
    begin = f'href="/apply/rounds/{world.round.public_id}/"'

    assert begin in words(signed_in(world.applicant), address)
    assert begin not in words(signed_in(world.officer), address)


def test_who_takes_over_an_office_takes_over_what_waits(signed_in: SignedIn) -> None:
    world = laboratory_world()
    client, base = signed_in(world.officer), f"/rounds/{world.round.public_id}"
    form = {**posted(words(client, f"{base}/edit/offices/")), "COORD": world.bureau.public_id}
    preview = client.post(f"{base}/edit/offices/", form).content.decode()
    assert "推进工作协调机制 → 示例质量发展局" in preview
    client.post(f"{base}/change/", {**posted(preview), "reason": "分工调整"})

    held = RoleHolder.objects.filter(role="COORD", round=world.round.public_id)
    assert [h.organisation for h in held] == [world.bureau]


def test_an_unknown_year_is_named_and_plans_become_days(signed_in: SignedIn, on: Clock) -> None:
    on("2031-06-02")
    world = laboratory_world(published=False)
    client, base = signed_in(world.officer), f"/rounds/{world.round.public_id}"
    client.post(f"{base}/edit/dates/", {**posted(words(client, f"{base}/edit/dates/")), "plan_P1": "2031-09-01"})
    html, ics = words(client, f"{base}/manage/"), words(client, f"{base}/calendar.ics")

    assert "2031 年的节假日安排还没有收录" in html
    assert "2031-09-08" in html
    assert "DTSTART;VALUE=DATE:20310908" in ics


def test_the_call_is_an_official_paper(client: Client) -> None:
    world = laboratory_world()
    pdf = client.get(f"/rounds/{world.round.public_id}/call.pdf")
    docx = client.get(f"/rounds/{world.round.public_id}/call.docx")

    words_of = "\n".join(p.text for p in Document(io.BytesIO(docx.content)).paragraphs)

    assert pdf.content[:5] == b"%PDF-"
    assert "示例市场监管总局" in words_of
    assert "关于组织申报2026 年度国家质量标准实验室的通知" in words_of
    assert client.get(f"/rounds/{world.round.public_id}/call.exe").status_code == 404


@pytest.mark.parametrize("who", ["applicant", "recommender", "ministries", "stranger", "operator"])
def test_only_the_office_that_runs_a_round_manages_it(signed_in: SignedIn, who: str) -> None:
    world = laboratory_world()
    client, base = signed_in(getattr(world, who)), f"/rounds/{world.round.public_id}"

    assert {client.get(f"{base}/manage/").status_code, client.get(f"{base}/edit/rules/").status_code,
            client.post(f"{base}/act/close/").status_code} == {403}
    assert Round.objects.get(pk=world.round.pk).state == "open"


def test_why_a_round_closes_early_is_kept_whole_or_refused(signed_in: SignedIn) -> None:
    world = laboratory_world()
    client, address = signed_in(world.officer), f"/rounds/{world.round.public_id}/act/close/"
    page = client.post(address, {"reason": "长" * 501}, follow=True).content.decode()

    assert "太长：最多 500 字，现有 501 字" in page
    assert Round.objects.get(pk=world.round.pk).state == "open"
    client.post(address, {"reason": "长" * 500})
    assert Round.objects.get(pk=world.round.pk).state == "closed"
    assert RoundChange.objects.filter(round=world.round).latest("version").reason == "长" * 500


def test_who_may_what() -> None:
    world: LaboratoryWorld = laboratory_world()
    people = ("applicant", "partner", "recommender", "officer", "ministries", "chair", "stranger", "operator")
    for permission, may in (("round.create", {"officer"}), ("round.manage", {"officer"})):
        assert {p for p in people if verdict(getattr(world, p), permission, world.round)} == may


def test_a_draft_of_others_is_not_there(signed_in: SignedIn) -> None:
    world = laboratory_world(published=False)
    for who in (world.applicant, world.recommender, world.ministries):
        client = signed_in(who)
        assert client.get(f"/rounds/{world.round.public_id}/").status_code == 404
        assert client.get(f"/rounds/{world.round.public_id}/calendar.ics").status_code == 404
        assert world.round.title not in words(client, "/rounds/")
    assert today() == world.round.opens


def strength(html: str, name: str) -> str:
    """How strong the page says a part of a condition is."""
    found = re.search(rf"<li>\s*{name}（(.*?)）", html)
    assert found, name
    return found[1]


@pytest.mark.parametrize(("reading", "strong"), [(None, "硬条件"), ("受原则上修饰", "原则上")])
def test_a_condition_is_as_strong_as_the_rounds_reading_makes_it(signed_in: SignedIn, reading: str | None, strong: str
                                                                 ) -> None:
    world = laboratory_world(parameters={"one_application": reading} if reading else None)
    call = words(Client(), f"/rounds/{world.round.public_id}/")

    assert strength(call, "每单位只参与一个申报") == strong
    assert strength(call, "联合单位总数") == "原则上"
    begin_application(world.round, world.body, world.host, world.applicant, "科研院所", "地方", joint=False)
    begin = words(signed_in(world.applicant), reverse("applications:begin", args=[world.round.public_id]))
    assert f"每单位只参与一个申报（{strong}）" in begin
