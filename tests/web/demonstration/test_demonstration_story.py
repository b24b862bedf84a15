"""What the demonstration holds: every stage, whole records, invented names, something to do for each of the eight."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from guiju.lifecycle.events import moment
from guiju.web.accounts.models import Expert, Organisation, User
from guiju.web.applications.models import Application
from guiju.web.cases.charts import installed
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import case_of, verified
from guiju.web.demonstration.people import PERSONAS
from guiju.web.demonstration.seed.applying import CHART
from guiju.web.demonstration.seed.stage import Stage
from guiju.web.desk.queries.waiting import waiting_for_me
from guiju.web.laboratories.models import Laboratory, MajorChange, Output, PlanRevision, Report
from guiju.web.notices.models import Objection
from guiju.web.outbox.models import Message
from guiju.web.reviewing.models import Hearing, Sheet
from guiju.web.reviewing.queries.composition import composition_of
from guiju.web.reviewing.queries.parts import committee_of

# A round is open before anybody answers it: the case of an applicant begins with the answer, in one act with the call.
NOT_REACHED = {"S01"}


def test_every_stage_of_the_chart_has_a_case(story: Stage) -> None:
    stages = set(CaseRecord.objects.values_list("stage", flat=True))

    assert stages == installed(CHART).stages.keys() - NOT_REACHED
    assert CaseRecord.objects.count() >= 40


def test_every_record_is_as_it_was_written(story: Stage) -> None:
    assert [r.public_id for r in CaseRecord.objects.all() if verified(r)] == []


def test_each_act_has_its_own_moment_in_order(story: Stage) -> None:
    years = set()
    for record in CaseRecord.objects.select_related("revision"):
        moments = [moment(e.at) for e in case_of(record).events]
        assert moments == sorted(moments)
        years |= {m.year for m in moments}
    assert years == {2024, 2025, 2026}


def test_nobody_applies_twice_and_no_laboratory_stands_at_two_stages(story: Stage) -> None:
    titles = CaseRecord.objects.exclude(title="").values_list("title", flat=True)
    hosts = CaseRecord.objects.values_list("organisation", flat=True)
    names = [*Organisation.objects.values_list("name", flat=True), *User.objects.values_list("name", flat=True)]

    assert [t for t, n in Counter(titles).items() if n > 1] == []
    assert [h for h, n in Counter(hosts).items() if n > 1] == []
    assert [n for n, times in Counter(names).items() if times > 1] == []


def test_a_plan_comes_after_approval_and_ends_with_the_building(story: Stage) -> None:
    plans = PlanRevision.objects.select_related("laboratory__case")
    for plan in plans:
        lab, days = plan.laboratory, [dt.date.fromisoformat(task["due"]) for task in plan.tasks]
        assert lab.approved_on < plan.at.date() < days[0], lab.name
        assert days == sorted(set(days)), lab.name
    assert {p.laboratory_id for p in plans if p.number == 2} != set()


def test_reports_and_outputs_tell_of_what_was_before_them(story: Stage) -> None:
    assert [r.pk for r in Report.objects.all() if not r.first < r.last <= r.at.date()] == []
    assert [o.pk for o in Output.objects.all() if o.on > o.at.date()] == []


def test_everything_says_that_it_is_invented(story: Stage) -> None:
    names = [*Organisation.objects.values_list("name", flat=True), *Laboratory.objects.values_list("name", flat=True)]
    people = User.objects.exclude(login="operator").values_list("name", flat=True)

    assert [n for n in names if "示例" not in n and "虚构" not in n] == []
    assert [n for n in people if "虚" not in n] == []


def test_a_case_bears_the_laboratorys_name_once_it_was_handed_in(story: Stage) -> None:
    drafted = CaseRecord.objects.filter(stage="S02")

    assert not CaseRecord.objects.exclude(pk__in=drafted).exclude(title__endswith="国家质量标准实验室").exists()


def test_thirty_experts_and_a_committee_that_the_law_lets_sit(story: Stage) -> None:
    committee = committee_of(story.rounds["live"])

    assert Expert.objects.count() == 30
    assert committee is not None
    assert (composition_of(committee).failed, committee.seats.count()) == ((), 15)


def test_review_objections_and_laboratories_have_what_there_is_to_see(story: Stage) -> None:
    assert Counter(Objection.objects.values_list("named", flat=True)) == {True: 3, False: 1}
    assert {s.submitted is None for s in Sheet.objects.all()} == {True, False}
    assert Hearing.objects.filter(state="voting").count() == 1
    assert set(Laboratory.objects.values_list("grades__grade", flat=True)) >= {"优秀", "合格", "不合格"}
    assert MajorChange.objects.filter(state="open").count() == 1
    assert Report.objects.exists()
    assert Output.objects.exists()


def test_forms_are_filled_in_part_or_whole(story: Stage) -> None:
    drafts = Application.objects.filter(case__stage="S02")

    assert len({a.answers.count() for a in drafts}) == 3
    assert Application.objects.filter(returned__isnull=False).count() == 1
    assert Application.objects.exclude(handed_in=None).count() >= 20


@pytest.mark.parametrize("login", [p.login for p in PERSONAS if p.login not in ("", "partner")] + ["samr",
                                                                                                   "ministries"])
def test_something_waits_for_each(person: dict[str, User], login: str) -> None:
    assert waiting_for_me(person[login]).found


def test_the_partner_takes_part_in_the_draft_and_has_a_comment_to_read(story: Stage, person: dict[str, User]) -> None:
    draft = story.apps["draft"]

    assert draft.case.parties.get().organisation == story.units["partner"]
    assert Message.objects.filter(user=person["partner"], read=None, subject_zh__contains="有意见").exists()


def test_the_chair_has_not_voted_the_officer_has_not_counted_and_the_expert_has_begun(person: dict[str, User]) -> None:
    assert "投票" in [choice.what.zh for w in waiting_for_me(person["chair"]).found for choice in w.choices]
    assert any("计票" in choice.what.zh for w in waiting_for_me(person["officer"]).found for choice in w.choices)
    assert Sheet.objects.get(assigned__user=person["expert11"], submitted=None).marks.count() == 4
