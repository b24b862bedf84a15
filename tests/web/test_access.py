"""Who may do and see what. In every test the thing that could leak exists. All permissions, role by role and stage by
stage, are in `secrecy/permission-matrix.txt`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from people import RESULT, World, moved

from guiju.lifecycle.events import Evidence
from guiju.web.accounts.domain.organisations import delegate, end_membership
from guiju.web.accounts.models import Membership, User
from guiju.web.cases.domain import make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.queries import my_cases, seen_by
from guiju.web.kit.clock import today
from guiju.web.kit.permissions import PERMISSIONS, verdict
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
OURS = ("manager", "agent", "reader")
# permission → who of the world may, towards our organisation and our case
MATRIX = {
    "organisation.view": {*OURS, "operator"},
    "organisation.edit": {"manager", "operator"},
    "organisation.people": {"manager", "operator"},
    "organisation.invite": {"manager", "operator"},
    "organisation.delegate": {"manager", "agent"},
    "organisation.hand_over": {"manager", "operator"},
    "organisation.list": {"operator"},
    "recommending.edit": {"operator"},
    "case.view": {*OURS, "officer", "colleague"},
    "case.act": {*OURS, "officer", "colleague"},
    "case.file": {*OURS, "officer", "colleague", "stranger", "operator"},  # behind the door of case.view
    "case.invite": {"manager", "agent"},
    "case.assign": {"operator"},
}
PEOPLE = ("manager", "agent", "reader", "stranger", "officer", "colleague", "operator")


@pytest.mark.parametrize("permission", MATRIX)
def test_who_may_what(world: World, permission: str) -> None:
    thing = world.case if permission.startswith("case") else world.ours
    may = {who for who in PEOPLE if verdict(getattr(world, who), permission, thing)}

    assert may == MATRIX[permission]


def test_a_denial_says_why_in_both_languages(world: World) -> None:
    answer = verdict(world.agent, "organisation.edit", world.ours)

    assert (answer.allowed, answer.why.zh) == (False, "由本单位的管理员办理；或者：由平台管理员办理")
    assert answer.why.en


def test_what_no_table_knows_is_denied(world: World) -> None:
    assert not verdict(world.operator, "everything.delete", world.ours)


def doors(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found = []
    for pattern in patterns:
        found += doors(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
    return found


def test_every_address_has_a_door() -> None:
    views = [p.callback for p in doors(get_resolver().url_patterns)]

    assert len(views) > 40
    assert [v.__name__ for v in views if getattr(v, "permission", "") not in {*PERMISSIONS, "public", "token"}] == []


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[URLPattern, str]]:
    """Every view with an address that leads to it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, pattern.namespace or space)
        else:
            given = {name: 1 if isinstance(c, IntConverter) else "x" for name, c in pattern.pattern.converters.items()}
            yield pattern, reverse(f"{space}:{pattern.name}", kwargs=given)


def test_without_signing_in_only_public_pages_open(db: None, client: Client) -> None:
    for pattern, address in addresses(get_resolver().url_patterns):
        if pattern.callback.permission in ("public", "token"):  # type: ignore[attr-defined]  # every view has such a door
            continue
        answer = client.get(address)
        assert answer.status_code in (302, 405), pattern.name
        assert answer.status_code == 405 or answer["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.parametrize("who", ["manager", "operator"])
def test_another_organisations_case_is_not_there(world: World, signed_in: SignedIn, who: str) -> None:
    client, secret = signed_in(getattr(world, who)), world.secret.public_id
    for address in (f"/cases/{secret}/", f"/cases/{secret}/audit/", f"/cases/{secret}/file.jsonl",
                    f"/cases/{secret}/do/evaluate/", f"/cases/{secret}/partners/"):
        real, invented = client.get(address), client.get(address.replace(secret, "AAAA-BBBB-CCCC"))
        assert (real.status_code, invented.status_code) == (404, 404)
        assert real.content.replace(secret.encode(), b"AAAA-BBBB-CCCC").split(b"<main")[1] \
            == invented.content.split(b"<main")[1]


@pytest.mark.parametrize("words", ["乙公司", "机密", "SECRET"])
def test_lists_and_search_show_nothing_of_others(world: World, signed_in: SignedIn, words: str) -> None:
    words = world.secret.public_id if words == "SECRET" else words
    page = signed_in(world.manager).get("/cases/", {"q": words}).content.decode()

    assert "没有符合的事项" in page
    assert "乙公司机密" not in page
    assert set(seen_by(world.manager)) == {world.case}
    assert set(seen_by(world.officer)) == {world.case, world.secret}
    assert list(seen_by(world.operator)) == []


def test_deadlines_and_letters_of_others_are_not_shown(world: World, signed_in: SignedIn) -> None:
    for record in (world.case, world.secret):
        moved(record, "evaluate", world.officer, RESULT)
        moved(record, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    client = signed_in(world.manager)
    for address in ("/desk/deadlines/", "/inbox/", "/cases/", "/account/"):
        page = client.get(address).content.decode()
        assert world.secret.public_id not in page
        assert "乙公司机密" not in page
    assert not Message.objects.filter(user=world.manager, body_zh__contains="乙公司").exists()
    assert world.secret.public_id in signed_in(world.officer).get("/desk/deadlines/").content.decode()


def test_what_others_object_is_kept_from_the_applicant(world: World, signed_in: SignedIn) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)
    moved(world.case, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    moved(world.case, "ranking_objection:raise", world.colleague, Evidence({"异议理由": "数据是抄来的"}))
    address = f"/cases/{world.case.public_id}/"
    ours = signed_in(world.manager)
    page = ours.get(address).content.decode()

    assert "榜单异议·提出异议" in page
    assert "孙评估" not in page
    assert "数据是抄来的" not in page
    assert ours.get(f"{address}file.jsonl").status_code == 403
    authority = signed_in(world.officer)
    assert "数据是抄来的" in authority.get(address).content.decode()
    assert "数据是抄来的" in authority.get(f"{address}file.jsonl").content.decode()


def test_a_reader_sees_and_does_nothing(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.reader)

    assert client.get(f"/cases/{world.case.public_id}/").status_code == 200
    assert client.get(f"/cases/{world.case.public_id}/partners/").status_code == 403
    assert client.get(f"/account/organisations/{world.ours.public_id}/invite/").status_code == 403


def test_a_part_in_another_organisation_can_not_be_claimed(world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.manager).get(f"/cases/{world.case.public_id}/", {"as": world.evaluator.public_id})

    assert answer.status_code == 403
    assert "您在这个事项里没有这个身份" in answer.content.decode()


def test_who_leaves_sees_no_more_and_so_do_those_he_delegated_to(world: World) -> None:
    delegate(world.evaluator, world.colleague, world.stranger, today(), today(), "出差")
    assert world.case in seen_by(User.objects.get(pk=world.stranger.pk))

    end_membership(Membership.objects.get(user=world.colleague))

    assert list(seen_by(User.objects.get(pk=world.colleague.pk))) == []
    assert set(seen_by(User.objects.get(pk=world.stranger.pk))) == {world.secret}


def test_a_delegate_acts_and_the_record_says_for_whom(world: World) -> None:
    delegate(world.evaluator, world.officer, world.agent, today(), today(), "出差")
    agent = User.objects.get(pk=world.agent.pk)
    made = make_move(world.case, "evaluate", agent, acting_for=world.evaluator.public_id, evidence=RESULT)

    assert isinstance(made, CaseRecord)
    assert '"name":"王经办（受钱评估委托）"' in made.events.get(number=2).line


def test_what_waits_is_what_one_may_do(world: World) -> None:
    waits = {who: {m.name for case in my_cases(getattr(world, who)) for m in case.mine} for who in PEOPLE}

    assert waits == {**{who: set() for who in PEOPLE}, "officer": {"evaluate"}, "colleague": {"evaluate"}}
