"""How many queries each main page takes: as many for five applications as for two. The tables are reviewed: a page that
needs one more has to say why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from intake_world import applicant, drafted
from laboratory_walks import OPERATING, desk, walked
from people import LEADER, World, opened
from reviewing_world import Clock, ReviewWorld, reviewing, scored

from guiju.web.accounts.models import User
from guiju.web.api.domain import issue
from guiju.web.api.models import SCOPES
from guiju.web.applications.models import Application

pytestmark = pytest.mark.django_db
Ask = Callable[[], Any]
SMALL, LARGE = 2, 5
OF_A_ROUND = {
    "public: home": 0, "public: rounds": 1, "public: round": 4, "public: notices": 1, "public: register": 3,
    "public: search": 3, "officer: desk": 14, "officer: cases": 9, "officer: deadlines": 8, "officer: inbox": 9,
    "officer: figures": 11, "officer: search": 11, "officer: case": 12, "applicant: desk": 19,
    "applicant: applications": 10, "applicant: form": 16, "applicant: section": 20, "applicant: eligibility": 16,
    "applicant: autosave": 15, "recommender: queue": 11, "recommender: application": 26, "examiner: queue": 13,
    "examiner: application": 23, "expert: desk": 15, "expert: review": 17, "expert: mark": 14,
    "machine: cases": 7,
}
OF_THE_END = {
    "leader": 20, "results": 17, "approval": 16, "overview": 13, "review desk": 13,
}
OF_A_LIST = {
    "desk": 18, "cases": 9, "waiting": 9, "deadlines": 8, "case": 11, "audit": 14, "act": 8, "programme": 7,
}
OF_A_LABORATORY = 15
A_REHEARSAL, FOR_EACH = 12, 8


def counted(ask: Ask) -> int:
    """The queries of a page, asked for the second time: charts and the like are read once in a process."""
    ask()
    with CaptureQueriesContext(connection) as made:
        answer = ask()
    assert answer.status_code == 200, answer.content.decode()[:500]
    return len(made)


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def page(user: User | None, address: str) -> Ask:
    client = client_of(user)
    return lambda: client.get(address)


def autosave(user: User, draft: Application) -> Ask:
    """What is written differs each time, as it does when someone writes."""
    client, versions = client_of(user), iter(range(100))
    address = f"/apply/{draft.public_id}/fields/purpose_text/"

    def ask() -> Any:
        version = next(versions)
        return client.post(address, {"value": f"第 {version} 稿", "version": str(version)})

    return ask


def mark(user: User, address: str) -> Ask:
    client, versions = client_of(user), iter(range(100))

    def ask() -> Any:
        version = next(versions)
        form = {"value": str(60 + version), "reason": "依据见材料", "version": str(version)}
        return client.post(f"{address}marks/equipment/", form, headers={"HX-Request": "true"})

    return ask


def of_machines(user: User, address: str) -> Ask:
    headers = {"Authorization": f"Bearer {issue(user, '测试', tuple(SCOPES), 30)}"}
    return lambda: Client().get(address, headers=headers)


def drafts(world: ReviewWorld, count: int) -> tuple[User, Application]:
    """So many applications of other applicants that are being written: the first, and its writer."""
    made = []
    for n in range(count):
        own, user = applicant(860 + n, f"起草单位{n}")
        made.append((user, drafted(world.base, world.base.body, own, user)))
    return made[0]


def of_a_round(world: ReviewWorld, count: int) -> Iterator[tuple[str, Ask]]:
    """The pages of a round under review, as each of its people asks for them."""
    base, first, task = world.base, world.applications[0], world.tasks[0]
    round_, case = base.round.public_id, f"/cases/{first.case.public_id}/"
    writer, draft = drafts(world, count)
    for name, address in {"home": "/", "rounds": "/rounds/", "round": f"/rounds/{round_}/", "notices": "/notices/",
                          "register": "/laboratories/", "search": "/desk/search/?q=示例"}.items():
        yield f"public: {name}", page(None, address)
    for name, address in {"desk": "/desk/", "cases": "/cases/", "deadlines": "/desk/deadlines/", "inbox": "/inbox/",
                          "figures": "/desk/figures/", "search": "/desk/search/?q=示例", "case": case}.items():
        yield f"officer: {name}", page(base.officer, address)
    form = f"/apply/{draft.public_id}/"
    for name, address in {"desk": "/desk/", "applications": "/apply/", "form": form, "section": f"{form}parts/plan/",
                          "eligibility": f"{form}eligibility/"}.items():
        yield f"applicant: {name}", page(writer, address)
    yield "applicant: autosave", autosave(writer, draft)
    queue = f"/intake/recommend/{round_}/{base.body.pk}/"
    yield "recommender: queue", page(base.recommender, queue)
    yield "recommender: application", page(base.recommender, f"/intake/recommend/application/{first.public_id}/")
    yield "examiner: queue", page(base.officer, f"/intake/examine/{round_}/")
    yield "examiner: application", page(base.officer, f"/intake/examine/application/{first.public_id}/")
    yield "expert: desk", page(world.panel[0], "/desk/")  # who leads the panel, too
    yield "expert: review", page(task.user, f"/review/mine/{task.public_id}/")
    yield "expert: mark", mark(task.user, f"/review/mine/{task.public_id}/")
    yield "machine: cases", of_machines(base.officer, "/api/v1/cases")


@pytest.mark.parametrize("count", [SMALL, LARGE])
def test_pages_of_a_round_take_as_many_queries_as_the_table_says(on: Clock, count: int) -> None:
    world = reviewing(on, count)
    found = {name: counted(ask) for name, ask in of_a_round(world, count)}
    assert found == OF_A_ROUND, found


@pytest.mark.parametrize("count", [SMALL, LARGE])
def test_pages_of_the_result_take_as_many_queries_as_the_table_says(on: Clock, count: int) -> None:
    world = scored(on, count)
    base, first, round_ = world.base, world.applications[0], f"/review/rounds/{world.round.public_id}/"
    # Who leads the panel may have drawn no application, and the desk then asks less.
    reviewer = next(task.user for task in world.tasks if task.user != world.panel[0])
    asked = {"leader": page(world.panel[0], f"/review/led/{first.public_id}/"),
             "results": page(base.officer, f"{round_}results/"), "approval": page(base.officer, f"{round_}approval/"),
             "overview": page(base.officer, round_), "review desk": page(reviewer, "/review/")}
    found = {name: counted(ask) for name, ask in asked.items()}
    assert found == OF_THE_END, found


def test_a_laboratory_s_desk_takes_as_many_queries_as_the_table_says() -> None:
    walk = walked(OPERATING)
    assert counted(page(User.objects.get(login="host"), desk(walk))) == OF_A_LABORATORY


@pytest.mark.parametrize("count", [SMALL, LARGE])
def test_a_rehearsal_takes_so_many_queries_for_each_application(on: Clock, count: int) -> None:
    world = reviewing(on, count)
    client, chosen = client_of(world.base.officer), [a.public_id for a in world.applications]
    queue = f"/intake/examine/{world.round.public_id}/"
    assert counted(lambda: client.post(f"{queue}batch/", {"move": "T10", "chosen": chosen})) == \
        A_REHEARSAL + FOR_EACH * count


@pytest.mark.parametrize("count", [SMALL, LARGE])
def test_lists_of_cases_take_as_many_queries_as_the_table_says(world: World, count: int) -> None:
    for _ in range(count):
        opened(world.chart, world.manager)
    asked = {name: page(world.officer, address) for name, address in {
        "desk": "/desk/", "cases": "/cases/", "waiting": "/cases/?waiting=1", "deadlines": "/desk/deadlines/",
        "case": f"/cases/{world.case.public_id}/", "audit": f"/cases/{world.case.public_id}/audit/",
        "act": f"/cases/{world.case.public_id}/do/evaluate/", "programme": f"/cases/programmes/{LEADER}/"}.items()}
    found = {name: counted(ask) for name, ask in asked.items()}
    assert found == OF_A_LIST, found
