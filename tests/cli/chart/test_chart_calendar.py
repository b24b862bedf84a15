"""`guiju chart calendar`: the file read back."""

import datetime as dt
import re

import icalendar
from permit import COMPLAINT


def test_a_calendar_holds_every_deadline(run, case):
    done = run("chart", "calendar", case)
    event = only_event(done.stdout_bytes)

    assert done.exit_code == 0
    assert (event["dtstart"].dt, str(event["summary"])) == (dt.date(2024, 5, 22), "截止：举报核查期限")
    assert str(event["description"]) == "投诉举报处理 举报一例\n期满之后：逾期登记在案\n依据：团优九"
    assert re.fullmatch(r"举报一例/complaint_term/2024-05-22/[0-9a-f]{12}@guiju", str(event["uid"]))
    assert event["dtstamp"].dt == dt.datetime(2024, 4, 28, 16, tzinfo=dt.UTC)
    assert [a["trigger"].dt.days for a in event.walk("VALARM")] == [-30, -7, -1]


def test_the_same_case_gives_the_same_calendar(run, case, tmp_path):
    made = tmp_path / "c.ics"
    done = run("chart", "calendar", case, "-o", made)

    assert done.stdout == f"已写 {made}：1 个日子\n"
    assert made.read_bytes() == run("chart", "calendar", case).stdout_bytes
    assert all(len(line) <= 75 for line in made.read_bytes().split(b"\r\n"))


def test_a_calendar_warns_of_years_that_it_does_not_know(run, script, tmp_path):
    path = tmp_path / "far.jsonl"
    text = COMPLAINT.replace("15 工作日", "2000 工作日").replace(", due: {complaint_term: 2024-05-22}", "")
    run("chart", "run", "complaint", "--script", script(text), "--case", path)
    event = only_event(run("chart", "calendar", path, "--lang", "en").stdout_bytes)

    assert re.search(r"warning: the holidays of \d{4}, .*\d{4} are not in the calendar; weekends only",
                     str(event["description"]))
    assert str(event["summary"]) == "due: time to settle the complaint"


def test_a_case_that_is_over_has_an_empty_calendar(run, case):
    run("chart", "run", "complaint", "--case", case, typed="1\n2024-05-06\n属实\n")
    done = run("chart", "calendar", case)

    assert done.exit_code == 0
    assert icalendar.Calendar.from_ical(done.stdout_bytes).events == []


def only_event(text: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(text).events
    return event
