"""The same after an application was examined: reviewing, notices, laboratories; and in accounts."""

from __future__ import annotations

import pytest
from attacking import Attacker, attacked, files_are_whole, letters_are_whole, nothing_unfit_is_kept, shows
from laboratory_walks import FINISHED, OPERATING, desk, walked
from people import World
from reviewing_world import Clock, marked, reviewing, scored
from upload_places import PLACES

from guiju.web.kit.clock import now
from guiju.web.notices.models import Objection
from guiju.web.reviewing.domain import leading, marking, voting
from guiju.web.reviewing.models import Assigned, Hearing, Meeting, VetoClaim, Visit
from guiju.web.reviewing.queries.marks import rubric_of

pytestmark = pytest.mark.django_db


def whole(*attackers: Attacker) -> set[str]:
    """Every attacker's text was kept and shown somewhere; what was downloaded and sent is whole."""
    kinds = set[str]().union(*map(files_are_whole, attackers))
    assert [shows(a.seen.values()) for a in attackers] == [True] * len(attackers)
    letters_are_whole()
    nothing_unfit_is_kept()
    return kinds


def test_experts_and_their_leader(on: Clock) -> None:
    world = reviewing(on, 1)
    task, *others = world.tasks
    expert = attacked(task.user, f"/review/mine/{task.public_id}/", most=2)
    VetoClaim.objects.all().delete()
    for other in others:
        marked(other, "80")
    rest = Assigned.objects.select_related("application__round").get(pk=task.pk)
    there = set(rest.sheet.marks.values_list("indicator", flat=True))
    for indicator in rubric_of(world.round).marked():
        if indicator.id not in there:
            marking.save_mark(rest, indicator.id, "80", "理由", 0)
    marking.submit(rest)
    leading.close_marks(world.applications[0].placement)
    where = f"/review/led/{world.applications[0].public_id}/"
    attacked(world.panel[0], where, most=1)
    assert Visit.objects.exists()
    whole(expert, attacked(world.panel[0], where, most=1))  # now with the visit to report


def test_who_organises_the_review(on: Clock) -> None:
    world = scored(on, 1)
    start = f"/review/rounds/{world.round.public_id}/"
    pages = [f"{start}{name}" for name in ("", "committee/", "panels/", "assignment/", "meeting/", "approval/",
                                           "results.xlsx")]
    assert "sheet" in whole(attacked(world.base.officer, *pages, most=14))


def test_the_committee_in_its_meeting(on: Clock) -> None:
    world = scored(on, 1)
    meeting = voting.call_meeting(world.round, "会", now(), "", "", world.applications, world.base.officer)
    voting.set_present(meeting, list(meeting.committee.seats.values_list("pk", flat=True)))
    hearing = meeting.hearings.get()
    voting.open_vote(hearing)
    start, papers = f"/review/hearings/{hearing.public_id}/", f"/review/meetings/{meeting.public_id}/"
    attacked(world.members[5], f"{start}vote/", most=1)
    for user in world.members[6:]:
        voting.vote(Hearing.objects.get(pk=hearing.pk), user, "yes")
    attacked(world.base.officer, start, most=1)  # the notes
    voting.close_vote(Hearing.objects.get(pk=hearing.pk), with_missing=True)
    officer = attacked(world.base.officer, papers, start, f"{papers}minutes.pdf", f"{papers}minutes.docx", most=6)
    assert whole(officer) >= {"document", "application/pdf"}
    assert Meeting.objects.get().minutes


def test_who_objects_and_who_settles_it(on: Clock) -> None:
    notice = PLACES["notices:object"](on).address.split("/")[2]
    public = attacked(None, f"/notices/{notice}/object/1/", f"/notices/{notice}/", f"/notices/{notice}/paper.docx",
                      f"/notices/{notice}/paper.pdf", "/notices/lookup/", most=7)
    objection = Objection.objects.select_related("item__notice__round").order_by("pk")[0]
    officer = objection.item.notice.round.office.memberships.get().user
    desk_ = attacked(officer, f"/notices/desk/{objection.public_id}/", "/notices/desk/", f"/notices/{notice}/", most=6)
    assert files_are_whole(public) >= {"document", "application/pdf"}
    whole(desk_)


@pytest.mark.parametrize(("timeline", "role", "sections"), [
    (FINISHED, "HOST", ("plan/change/", "outputs/", "leaders/director/", "do/T31/", "outputs/outputs.xlsx")),
    (OPERATING, "LAB", ("do/major_change:T44/", "do/T38/", "changes/", "reports/"))])
def test_laboratories(on: Clock, timeline: str, role: str, sections: tuple[str, ...]) -> None:
    on("2026-08-03")
    walk = walked(timeline)
    number = walk.laboratory.public_id
    attacked(walk.holders[role], *(f"{desk(walk)}{s}" for s in sections), most=len(sections))
    everywhere = [f"{desk(walk)}{s}" for s in ("", "plan/", "reports/", "changes/", "leaders/", "outputs/")]
    seen = Attacker(walk.client("COORD")).walk(
        *everywhere, f"/laboratories/{number}/", "/laboratories/laboratories.xlsx", f"/cases/{walk.record.public_id}/",
        f"/cases/{walk.record.public_id}/audit/", "/desk/deadlines/", "/inbox/", most=12)
    whole(seen)


def test_people_and_organisations(world: World) -> None:
    own = f"/account/organisations/{world.ours.public_id}/"
    manager = attacked(world.manager, "/account/", own, f"{own}edit/", "/account/organisations/new/",
                       "/account/expert/", f"/cases/{world.case.public_id}/", "/desk/reminders/", "/desk/cases.xlsx",
                       most=14)
    operator = attacked(world.operator, own, "/account/organisations/", most=5)
    assert "sheet" in whole(manager)
    files_are_whole(operator)
