"""Deadlines of a person, his calendar's secret address, reminders: once, and to whose turn it is."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from icalendar import Calendar
from laboratory_walks import APPROVED, Walk, walked
from people import RESULT, World, moved

from guiju.lifecycle.events import Evidence
from guiju.web.accounts.models import User
from guiju.web.cases.domain.reminding import remind
from guiju.web.cases.tasks import daily_round
from guiju.web.desk.models import CalendarFeed
from guiju.web.desk.views import deadlines
from guiju.web.outbox.domain import send_due
from guiju.web.outbox.models import Message

Clock = Callable[[str], None]
SignedIn = Callable[[User], Client]


def reminders(user: User | None = None) -> list[str]:
    found = Message.objects.filter(kind="reminder")
    return sorted((found if user is None else found.filter(user=user)).values_list("subject_zh", flat=True))


@pytest.fixture
def building(db: None, on: Clock) -> Walk:
    """A laboratory approved on 2024-05-20, to be finished by 2026-05-20."""
    on("2024-05-20")
    return walked(APPROVED)


def test_the_days_stand_by_week_with_whose_turn_and_why(building: Walk, on: Clock) -> None:
    on("2025-05-12")
    page = building.client("LAB").get("/desk/deadlines/").content.decode()

    assert [w for w in ("下周", "建设期年报", "2025-05-20", "轮到我", "办18", "实验室") if w not in page] == []
    office = building.client("MINISTRIES").get("/desk/deadlines/").content.decode()
    assert "建设期年报" in office
    assert '<span class="tag now">' not in office


def test_what_is_overdue_stands_first(building: Walk, on: Clock) -> None:
    on("2025-05-22")
    daily_round.call()
    page = building.client("LAB").get("/desk/deadlines/").content.decode()

    assert page.index("已过期限") < page.index("建设期<")
    assert "建设期年报" in page


def test_only_what_is_my_turn(building: Walk, on: Clock) -> None:
    on("2025-05-12")
    page = building.client("MINISTRIES").get("/desk/deadlines/", {"mine": "1"}).content.decode()

    assert "建设期年报" not in page


def address_of(client: Client, mine: bool = False) -> str:
    page = client.post("/desk/calendar/new/", {"mine": "on"} if mine else {}).content.decode()
    found = re.search(r"http://testserver(/desk/calendar/[^<]+\.ics)", page)
    assert found
    return found[1]


def test_a_calendar_is_read_by_its_secret_alone(building: Walk, on: Clock) -> None:
    on("2025-05-12")
    client = building.client("LAB")
    address = address_of(client)
    answer = Client().get(address)

    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    report = next(e for e in events if "建设期年报" in str(e["summary"]))
    assert report.decoded("dtstart") == dt.date(2025, 5, 20)
    assert "办18" in str(report["description"])
    assert [a.decoded("trigger").days for a in report.walk("VALARM")] == [-30, -7, -1]
    assert answer.content == Client().get(address).content
    secret = address.rpartition("/")[2].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert secret not in (feed.digest, client.get("/desk/reminders/").content.decode())
    assert len(feed.digest) == 64


def test_a_calendar_that_was_ended_or_made_anew_is_not_there(building: Walk) -> None:
    client = building.client("LAB")
    first = address_of(client)
    second = address_of(client)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)

    client.post("/desk/calendar/end/")
    assert (Client().get(second).status_code, Client().get("/desk/calendar/x.ics").status_code) == (404, 404)


def test_a_calendar_ends_with_the_account(building: Walk) -> None:
    address = address_of(building.client("LAB"))
    User.objects.filter(pk=building.holders["LAB"].pk).update(is_active=False)

    assert Client().get(address).status_code == 404


@pytest.mark.django_db
def test_a_calendar_holds_nothing_of_others(world: World, signed_in: SignedIn) -> None:
    for record in (world.case, world.secret):
        moved(record, "evaluate", world.officer, RESULT)
        moved(record, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    content = Client().get(address_of(signed_in(world.manager))).content.decode()
    everything = Client().get(address_of(signed_in(world.officer))).content.decode()

    assert world.secret.public_id in everything
    assert world.secret.public_id not in content
    assert world.case.public_id in content


def test_the_page_asks_as_often_for_many_cases_as_for_few(
        world: World, signed_in: SignedIn, django_assert_max_num_queries: Any) -> None:
    from people import opened

    for record in (world.case, world.secret, *(opened(world.chart, world.manager) for _ in range(10))):
        moved(record, "evaluate", world.officer, RESULT)
        moved(record, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    client = signed_in(world.officer)
    client.get("/desk/deadlines/")
    with django_assert_max_num_queries(16):
        assert client.get("/desk/deadlines/").content.decode().count('<th scope="row">') == 12


def test_a_long_list_goes_on_on_the_next_page(world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
                                              ) -> None:
    monkeypatch.setattr(deadlines, "_ON_A_PAGE", 1)
    for record in (world.case, world.secret):
        moved(record, "evaluate", world.officer, RESULT)
        moved(record, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    client = signed_in(world.officer)
    first, second = (client.get("/desk/deadlines/", {"page": n}).content.decode() for n in (1, 2))

    assert 'rel="next" href="?page=2"' in first
    assert (first.count('<th scope="row">'), second.count('<th scope="row">')) == (1, 1)
    assert {c for c in (world.case.public_id, world.secret.public_id) for p in (first, second) if c in p} == {
        world.case.public_id, world.secret.public_id}


def test_a_yearly_report_is_brought_to_mind_of_the_laboratory_and_nobody_else(building: Walk, on: Clock) -> None:
    for day in ("2025-04-20", "2025-05-13", "2025-05-19"):
        on(day)
        for _ in range(2):
            daily_round.call()

    assert [s.partition("·")[0] for s in reminders(building.holders["LAB"])] == [
        "还有 1 天：建设期年报", "还有 30 天：建设期年报", "还有 7 天：建设期年报"]
    assert reminders() == reminders(building.holders["LAB"])


def test_a_day_on_which_nothing_ran_is_made_up_for(building: Walk, on: Clock) -> None:
    on("2025-05-15")
    daily_round.call()

    assert [s.partition("·")[0] for s in reminders()] == ["还有 5 天：建设期年报"]


def test_what_is_overdue_is_told_once(building: Walk, on: Clock) -> None:
    for day in ("2025-05-21", "2025-05-22", "2025-06-30"):
        on(day)
        daily_round.call()

    assert [s.partition("·")[0] for s in reminders()] == ["已过期限：建设期年报"]


def test_rectification_that_would_end_the_case_concerns_the_laboratory(building: Walk, on: Clock) -> None:
    for move, day, role, given in (
            ("T27b", "2025-03-03", "LAB", {"裁量理由": "提前完成"}),
            ("T32", "2025-03-10", "COMMITTEE", {"专家委员会组建日": "2024-03-15", "验收结论": "验收须整改"})):
        building.move(move, day, role, given)
    on("2025-09-03")
    daily_round.call()

    assert any(s.startswith("还有 7 天：验收整改") for s in reminders(building.holders["LAB"]))


def test_a_person_chooses_when_and_how(building: Walk, on: Clock) -> None:
    client = building.client("LAB")
    assert "写成整数" in client.post("/desk/reminders/", {"days": "明天"}).content.decode()
    assert "最多" in client.post("/desk/reminders/", {"days": "400"}).content.decode()
    assert client.post("/desk/reminders/", {"days": "10、3"}).status_code == 302
    Message.objects.all().delete()
    for day in ("2025-05-10", "2025-05-13", "2025-05-17", "2025-05-19"):
        on(day)
        daily_round.call()

    assert [s.partition("·")[0] for s in reminders()] == ["还有 10 天：建设期年报", "还有 3 天：建设期年报"]
    assert (send_due(), len(mail.outbox)) == (0, 0)


def test_the_log_says_to_whom_and_when_and_nothing_more(building: Walk, on: Clock, signed_in: SignedIn) -> None:
    from people import person

    on("2025-05-13")
    daily_round.call()
    send_due()
    operator = signed_in(person("root", "平台管理员", operator=True))
    page = operator.get("/desk/reminders/log/").content.decode()

    assert building.holders["LAB"].name in page
    assert "已发" in page
    assert [w for w in ("年报", building.record.public_id, building.record.title) if w in page] == []
    assert building.client("LAB").get("/desk/reminders/log/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(on: Clock) -> None:
    on("2024-05-20")
    walk = walked(APPROVED)
    on("2025-05-13")
    errors: list[Exception] = []
    start = threading.Barrier(3)

    def work() -> None:
        try:
            start.wait()
            remind()
            send_due()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert errors == []
    assert len(reminders(walk.holders["LAB"])) == 1
    assert len([m for m in mail.outbox if "建设期年报" in m.subject]) == 1


def test_a_chance_that_passed_is_nowhere_overdue(building: Walk, on: Clock) -> None:
    on("2026-02-19")
    daily_round.call()
    desk, days = (building.client("LAB").get(page).content.decode() for page in ("/desk/", "/desk/deadlines/"))
    assert "申请延期" in desk
    assert "延期申请" in days
    client = building.client("LAB")
    address = address_of(client)
    assert "延期申请".encode() in unfolded(Client().get(address).content)

    on("2026-02-21")
    for page in ("/desk/", "/desk/deadlines/"):
        html = client.get(page).content.decode().partition("最近通知")[0]  # yesterday's letter stays
        assert "延期申请" not in html
        assert "申请延期" not in html
    assert "延期申请".encode() not in unfolded(Client().get(address).content)
    daily_round.call()
    assert [s for s in reminders() if "延期申请" in s and "已过期限" in s] == []
    assert "2026-02-20" not in client.get("/cases/").content.decode()
    overview = client.get(f"/laboratories/{building.laboratory.public_id}/desk/").content.decode()
    assert overview.count("已经过去") == 1


def unfolded(content: bytes) -> bytes:
    """A calendar's lines as they were before they were broken."""
    return content.replace(b"\r\n ", b"")
