"""Until when an application is handed in, on what that rests, and sending it back to be completed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from applying import drafted, filled, handed_in, written
from django.test import Client
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.models import RecommendingBody, User
from guiju.web.applications.domain import editable, last_day, reopen
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.models import Message
from guiju.web.rounds.models import Round

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
Clock = Callable[[str], None]


@pytest.fixture
def world() -> LaboratoryWorld:
    return laboratory_world()


def test_late_is_refused_with_the_clause_and_the_page_says_so(on: Clock, signed_in: SignedIn) -> None:
    on("2026-03-02")
    world = laboratory_world(closes_in=10)
    made = filled(drafted(world), world.applicant)
    on("2026-03-12")
    assert (last_day(made).left, last_day(made).is_over) == (0, False)
    on("2026-03-13")
    page = signed_in(world.applicant).get(f"/apply/{made.public_id}/check/").content.decode()

    assert "已过截止日：网上不再收件" in page
    assert ("平台的默认做法" in page, "逾期不予受理" in page, "本批次通知" in page) == (True, False, False)
    with pytest.raises(Refused, match=r"2026-03-12.*没有写明逾期怎样处理，这是平台的默认做法"):
        handed_in(made, world.applicant)

    Round.objects.update(texts={"late_clause": "第三条"})
    page = signed_in(world.applicant).get(f"/apply/{made.public_id}/check/").content.decode()
    assert ("本批次通知第三条" in page, "平台的默认做法" in page) == (True, False)
    with pytest.raises(Refused, match=r"依本批次通知第三条，逾期不予受理"):
        handed_in(Application.objects.get(pk=made.pk), world.applicant)
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S02"


@pytest.mark.parametrize(("region", "cited", "not_cited", "why"), [
    ("540000", "藏函二(二)", "本批次设定", "藏函二(二)"), ("410000", "本批次", "藏函", "平台的默认做法")])
def test_a_letter_of_one_region_is_a_basis_there_and_nowhere_else(region: str, cited: str, not_cited: str, why: str,
                                                                  signed_in: SignedIn, on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(closes_in=10)
    RecommendingBody.objects.update(region=region)
    made = filled(drafted(world), world.applicant)
    applicant, ways = signed_in(world.applicant), (f"/apply/{made.public_id}/", f"/apply/{made.public_id}/check/")
    pages = [applicant.get(way).content.decode() for way in ways]
    days = applicant.get(f"/rounds/{world.round.public_id}/").content.decode()
    on("2026-03-13")

    assert [(cited in page, not_cited in page) for page in pages] == [(True, False)] * 2
    assert ("藏函" in days) == (region == "540000")
    with pytest.raises(Refused, match=re.escape(why)):
        handed_in(Application.objects.get(pk=made.pk), world.applicant)


def test_a_clause_leads_to_its_place_in_the_library_and_says_what_it_abbreviates(world: LaboratoryWorld,
                                                                                 signed_in: SignedIn) -> None:
    made, client = drafted(world), signed_in(world.applicant)
    page = client.get(f"/apply/{made.public_id}/parts/projects/").content.decode()
    mark = re.search(r'<a class="clause" href="([^"#]+)#([^"]+)"[^>]* title="([^"]+)">办12\(三\)1</a>', page)
    assert mark is not None
    library = client.get(mark[1])

    assert mark[3] == "国家质量标准实验室管理办法：近五年国家级科研项目的数量或金额"
    assert (library.status_code, f'id="{mark[2]}"' in library.content.decode()) == (200, True)


def test_where_the_day_itself_does_not_count_it_is_late_already(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(closes_in=10, parameters={"deadline_day": "不含当日"})
    made = filled(drafted(world), world.applicant)
    on("2026-03-12")

    assert last_day(made).excluded
    with pytest.raises(Refused, match="2026-03-12，当日不算"):
        handed_in(made, world.applicant)


def test_sent_back_it_is_completed_and_handed_in_anew_without_a_move(world: LaboratoryWorld, signed_in: SignedIn
                                                                     ) -> None:
    made = filled(drafted(world), world.applicant)
    handed_in(made, world.applicant)
    made.refresh_from_db()
    reopen(made, "请补写队伍情况", world.recommender)
    made = Application.objects.get(pk=made.pk)
    page = signed_in(world.applicant).get(f"/apply/{made.public_id}/").content.decode()

    assert editable(made)
    assert "请补写队伍情况" in page
    assert Message.objects.filter(key__startswith="returned/", user=world.applicant).exists()
    written(made, "team_text", "补写的队伍情况", world.applicant)
    events = CaseRecord.objects.get(pk=made.case_id).count
    second = handed_in(made, world.applicant)
    made.refresh_from_db()
    record = CaseRecord.objects.get(pk=made.case_id)
    assert (record.count, record.stage, made.returned, second.again) == (events, "S03", None, False)
    assert [bool(r.event) for r in made.revisions.order_by("number")] == [True, True]
    assert not editable(made)


def test_sent_back_and_handed_in_as_it_was_is_a_new_hand_in(world: LaboratoryWorld) -> None:
    made = filled(drafted(world), world.applicant)
    first = handed_in(made, world.applicant)
    reopen(Application.objects.get(pk=made.pk), "请核对", world.recommender)
    second = handed_in(Application.objects.get(pk=made.pk), world.applicant)

    assert (first.revision.number, second.revision.number, second.again) == (1, 2, False)


def test_what_is_not_with_the_body_can_not_be_sent_back(world: LaboratoryWorld) -> None:
    with pytest.raises(Refused, match="推荐单位手里"):
        reopen(drafted(world), "补", world.recommender)


def test_after_the_deadline_nothing_is_sent_back(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(closes_in=10)
    made = filled(drafted(world), world.applicant)
    handed_in(made, world.applicant)
    on("2026-03-13")
    with pytest.raises(Refused, match="不能再退回补充"):
        reopen(Application.objects.get(pk=made.pk), "补", world.recommender)
