"""The review of the guarded world: marks, vetoes, ties, a visit, a vote, the approval. Every word in it is a secret."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from applying import PDF
from django.core.files.uploadedfile import SimpleUploadedFile
from people import person
from rounds_world import LaboratoryWorld

from guiju.web.accounts.models import Expert, ExpertPost, ExpertSpeciality, User
from guiju.web.accounts.uscc import made_up
from guiju.web.applications.models import Application
from guiju.web.files.domain import take_in
from guiju.web.kit.clock import now
from guiju.web.notices.models import PublicNotice
from guiju.web.reviewing.domain import approving, assigning, beginning, committees, leading, marking, panels, voting
from guiju.web.reviewing.models import Assigned, Placement
from guiju.web.reviewing.queries.marks import rubric_of

FIELD = "新材料"
OF_A, OF_B = ("expert_a", "expert_a2", "expert_a3"), ("expert_b", "expert_b2", "expert_b3")


def key(name: str) -> str:
    return f"密{name}钥"


def reviewed(on: Callable[[str], None], base: LaboratoryWorld, a: Application, b: Application,
             see: Callable[[dict[str, User]], None]) -> dict[str, User]:
    """The first application to its laboratory; the second stays on a visit. Who reviews, by part."""
    members = [_expert(f"member{n:02}", f"member{n:02}委员", 950 + n) for n in range(15)]
    people = {who: _expert(who, f"{who}专家", 980 + n) for n, who in enumerate(("leader", *OF_A, *OF_B))}
    everyone = {**people, "chair": members[0], "member": members[5]}
    committee = committees.begin_committee(base.round, "专家技术委员会")
    committees.set_formed(committee, dt.date(2026, 3, 1))
    for n, user in enumerate(members):
        committees.seat(committee, user, "chair" if n == 0 else "vice" if n < 4 else "member")
    committees.confirm(committee, base.officer)
    panel = panels.form_panel(base.round, FIELD)
    for user in people.values():
        panels.join(panel, user)
    panels.name_leader(panel, people["leader"])
    for application in (a, b):
        panels.place(application, panel)
    assert [d.refused for d in beginning.begin_review(base.round, _both(base), members[0], True, {})] == [None, None]
    _assigned(base, people, a, b)
    _marked(people, a, b)
    see(everyone)
    leading.close_marks(_placed(a))
    leading.to_the_committee(_placed(a), people["leader"])
    see(everyone)
    leading.arrange_visit(_placed(b), people["leader"], key("现场理由"), None, None, key("现场人员"))
    on("2026-04-15")
    _heard(base, members, a)
    see(everyone)
    a.refresh_from_db()
    approving.publish_list(base.round, [a], base.officer)
    see(everyone)
    on((PublicNotice.objects.get(notice="P2").ends + dt.timedelta(days=1)).isoformat())
    approving.approve(Application.objects.get(pk=a.pk), base.officer, dt.date(2028, 3, 1), {})
    see(everyone)
    return everyone


def _expert(login: str, name: str, number: int) -> User:
    user = person(login, name)
    made = Expert.objects.create(user=user, title="研究员")
    ExpertSpeciality.objects.create(expert=made, field=FIELD)
    ExpertPost.objects.create(expert=made, institution=f"院所{number}", code=made_up(number), since=dt.date(2015, 1, 1))
    return user


def _both(base: LaboratoryWorld) -> list[Application]:
    return list(Application.objects.filter(round=base.round, handed_in__isnull=False).select_related(
        "case", "round", "placement__panel__leader", "organisation").order_by("pk"))


def _placed(application: Application) -> Placement:
    return Placement.objects.select_related("panel__round", "application__case", "application__round").get(
        application=application)


def _assigned(base: LaboratoryWorld, people: dict[str, User], a: Application, b: Application) -> None:
    """Three experts each, by the officer's word; one of them declares a tie, one declines."""
    for application, own in ((a, OF_A), (b, OF_B)):
        for who, user in people.items():
            assigning.set_pair(application, user, "fixed" if who in own else "forbidden", key("配对理由"), base.officer)
    made = assigning.run(base.round, base.officer)
    assert made.state == "proposed", made.found
    assigning.accept(made, base.officer, dt.date(2026, 4, 10))
    for who, user in people.items():
        for task in Assigned.objects.filter(user=user):
            if who == "expert_b3":
                assigning.decline(task, key("推辞理由"))
            else:
                assigning.declare(task, key("利害关系") if who == "expert_a" else "")


def _marked(people: dict[str, User], a: Application, b: Application) -> None:
    for who in ("expert_a", "expert_a2", "expert_a3", "expert_b"):
        task = Assigned.objects.select_related("application__round").get(user=people[who])
        for indicator in rubric_of(task.application.round).marked():
            marking.save_mark(task, indicator.id, "81", key(f"打分理由{who}"), 0)
        marking.save_opinion(task, key(f"评审意见{who}"))
        if who == "expert_a":
            file = take_in(SimpleUploadedFile(f"{key('否决佐证')}.pdf", PDF))
            claim = marking.claim_veto(task, "学术不端", key("否决证据"), file)
        marking.submit(task)
    leading.settle_claim(_placed(a), claim.public_id, False, key("否决认定"), people["leader"])


def _heard(base: LaboratoryWorld, members: list[User], a: Application) -> None:
    meeting = voting.call_meeting(base.round, "审议投票会", now(), "第一会议室", key("会议议程"), [a], base.officer)
    voting.set_present(meeting, [s.pk for s in meeting.committee.seats.all()])
    hearing = meeting.hearings.get()
    voting.note_hearing(hearing, key("答辩记录"), True)
    voting.open_vote(hearing)
    for user in members:
        voting.vote(hearing, user, "yes", key("选票附言"))
    voting.close_vote(hearing)
    voting.put_on_list(hearing, members[0], {})
    voting.end_meeting(meeting, key("会议纪要"))
