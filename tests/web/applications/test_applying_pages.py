"""Applying through the pages: beginning, writing, handing in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from applying import drafted, filled, joined, written
from django.test import Client
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.models import User
from guiju.web.applications.domain.state import reopen
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import case_of
from guiju.web.files.models import Attachment
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
CONFIRMED = {"seal": "on", "copies": "3"}


@pytest.fixture
def world() -> LaboratoryWorld:
    return laboratory_world()


def begin_by_page(world: LaboratoryWorld, client: Client, **more: str) -> Application:
    data = {"organisation": world.host.public_id, "kind": "科研院所", "affiliation": "地方", "joint": "no",
            "body": str(world.body.pk), **more}
    answer = client.post(f"/apply/rounds/{world.round.public_id}/", data)
    assert answer.status_code == 302, answer.content.decode()
    return Application.objects.get(public_id=answer["Location"].split("/")[2])


def digest_on(page: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def test_begun_from_the_round_what_the_site_knows_stands_in_the_form(world: LaboratoryWorld, signed_in: SignedIn
                                                                     ) -> None:
    client = signed_in(world.applicant)
    assert "示例省材料研究院" in client.get(f"/apply/rounds/{world.round.public_id}/").content.decode()
    made = begin_by_page(world, client)
    answers = dict(made.answers.values_list("field", "value"))

    assert (made.case.stage, made.organisation, made.body) == ("S02", world.host, world.body)
    assert (answers["host_name"], answers["host_code"], answers["recommender_name"]) == (
        "示例省材料研究院", world.host.code, "示例省市场监管局")
    assert client.get(f"/apply/{made.public_id}/").status_code == 200


def test_a_draft_bears_its_applicants_name_and_then_its_own(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world)
    client = signed_in(world.applicant)
    pages = (f"/apply/{made.public_id}/", f"/apply/{made.public_id}/parts/plan/", f"/cases/{made.case.public_id}/")
    assert [page for page in pages if "示例省材料研究院的申报" not in client.get(page).content.decode()] == []

    client.post(f"/apply/{made.public_id}/fields/lab_name_zh/", {"value": "先进陶瓷国家质量标准实验室", "version": "0"})
    for page in (*pages, "/apply/", "/cases/"):
        assert "先进陶瓷国家质量标准实验室" in client.get(page).content.decode(), page
    written(made, "lab_name_zh", "", world.applicant)
    assert "示例省材料研究院的申报" in client.get(pages[0]).content.decode()


def test_a_partner_is_told_that_it_takes_part_and_not_that_it_applies(world: LaboratoryWorld, signed_in: SignedIn
                                                                      ) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    address = f"/apply/rounds/{world.round.public_id}/"

    partner, host = (signed_in(u).get(address).content.decode() for u in (world.partner, world.applicant))
    assert ("贵单位在本批次已有申报" in partner, "参加了本批次的联合申报" in partner) == (False, True)
    assert ("贵单位在本批次已有申报" in host, "参加了本批次的联合申报" in host) == (True, False)
    assert f"/apply/{made.public_id}/" in partner


def test_an_industry_is_looked_up_in_the_classification(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world)
    client, page = signed_in(world.applicant), f"/apply/{made.public_id}/parts/laboratory/"
    html = client.get(page).content.decode()
    assert 'list="codes-industry"' in html
    table = html.partition('id="codes-industry"')[2].partition("</datalist>")[0]
    offered = re.findall(r'<option value="([^"]+)">', table)
    assert (len(offered), offered[2], "C30" in offered) == (117, "C", True)

    client.post(f"/apply/{made.public_id}/fields/industry/", {"value": "C30", "version": "0"})
    assert "非金属矿物制品业</p>" in client.get(page).content.decode()


def test_the_check_page_names_each_section_once(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world)
    html = signed_in(world.applicant).get(f"/apply/{made.public_id}/check/").content.decode()
    listed = html.partition("必须改的")[2].partition("</section>")[0]

    assert listed.count("一(一) 实验室基本信息") == 1
    assert ">“实验室名称(中文)”还没有填</a>" in listed


def test_a_field_is_saved_by_itself_and_says_when(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world)
    client = signed_in(world.applicant)
    answer = client.post(f"/apply/{made.public_id}/fields/purpose_text/",
                         {"value": "建设目的\r\n第二行", "version": "0"})

    assert answer.status_code == 200
    assert answer.json() | {"at": ""} == {"version": 1, "at": "", "count": 7, "changed": True, "faults": [],
                                          "section": "purpose", "state": "complete", "label": "已填齐"}
    assert made.answers.get(field="purpose_text").value == "建设目的\n第二行"


def test_what_is_too_long_is_kept_whole_and_marked(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world)
    answer = signed_in(world.applicant).post(f"/apply/{made.public_id}/fields/purpose_text/",
                                             {"value": "长" * 2001, "version": "0"}).json()

    assert (answer["count"], answer["state"], answer["faults"][0]["text"]) == (
        2001, "over", "2001 字，上限 2000 字，多了 1 字")
    assert len(made.answers.get(field="purpose_text").value) == 2001


@pytest.mark.parametrize("version", ["²", "-1", "9" * 5000, "草稿", ""])
def test_a_version_that_is_no_number_is_the_first(world: LaboratoryWorld, signed_in: SignedIn, version: str) -> None:
    made = drafted(world)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/fields/purpose_text/"
    assert client.post(address, {"value": "先写的", "version": version}).status_code == 200
    assert client.post(address, {"value": "后到的", "version": version}).status_code == 409


def test_an_outdated_version_changes_nothing_and_shows_what_stands_there(world: LaboratoryWorld, signed_in: SignedIn
                                                                         ) -> None:
    made = drafted(world)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/fields/purpose_text/"
    client.post(address, {"value": "先写的", "version": "0"})
    answer = client.post(address, {"value": "后到的", "version": "0"})

    assert answer.status_code == 409
    assert answer.json() | {"at": ""} == {"value": "先写的", "version": 1, "who": "申申报", "at": ""}
    assert made.answers.get(field="purpose_text").value == "先写的"
    assert client.post(address, {"value": "先写的", "version": "0"}).status_code == 200


def test_the_plain_button_saves_a_section_and_keeps_what_conflicts_on_the_page(world: LaboratoryWorld,
                                                                               signed_in: SignedIn) -> None:
    made = drafted(world)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/parts/laboratory/"
    saved = client.post(address, {"version-research_field": "0", "value-research_field": "陶瓷"})
    late = client.post(address, {"version-research_field": "0", "value-research_field": "我晚来的字"})

    assert saved.status_code == 302
    assert made.answers.get(field="research_field").value == "陶瓷"
    assert late.status_code == 409
    assert "我晚来的字" in late.content.decode()


def test_rows_are_added_moved_and_removed_without_script(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/parts/evidence/"
    cells = {"equipment.0.name": "甲仪", "equipment.1.name": "乙仪", "equipment.2.name": "", "version-equipment": "0"}
    client.post(address, cells)
    assert [r["name"] for r in made.answers.get(field="equipment").value] == ["甲仪", "乙仪"]

    client.post(address, cells | {"version-equipment": "1", "act": "down:equipment:0"})
    assert [r["name"] for r in made.answers.get(field="equipment").value] == ["乙仪", "甲仪"]

    client.post(address, {"equipment.0.name": "乙仪", "equipment.1.name": "甲仪", "version-equipment": "2",
                          "act": "remove:equipment:0"})
    assert [r["name"] for r in made.answers.get(field="equipment").value] == ["甲仪"]


def test_handed_in_once_with_a_receipt(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = filled(drafted(world), world.applicant)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/check/"
    page = client.get(address).content.decode()
    data = {**CONFIRMED, "digest": digest_on(page)}
    first, again = client.post(address, data), client.post(address, data)

    assert (first.status_code, first["Location"]) == (302, f"/apply/{made.public_id}/receipts/1/")
    assert again["Location"] == first["Location"]
    made.refresh_from_db()
    record = CaseRecord.objects.get(pk=made.case_id)
    event = case_of(record).last
    assert (record.stage, event.move, record.count) == ("S03", "T03", 3)
    assert [d.name for d in event.evidence.documents] == ["国家质量标准实验室申报材料"]
    revision = made.revisions.get()
    assert (revision.digest, revision.event, made.handed_in) == (data["digest"], 3, revision.at)
    receipt = client.get(first["Location"]).content.decode()
    assert f"{made.public_id}-1" in receipt
    assert revision.digest in receipt
    assert CaseRecord.objects.get(pk=made.case_id).title == revision.content["answers"]["lab_name_zh"]
    assert Message.objects.filter(key__startswith="receipt/", user=world.applicant).count() == 1
    paper = Attachment.objects.get(holder="case", paper="国家质量标准实验室申报材料")
    assert client.get(f"/files/{paper.public_id}/").getvalue().startswith(b"%PDF")


def test_after_handing_in_nothing_can_be_written(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = filled(drafted(world), world.applicant)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/check/"
    client.post(address, {**CONFIRMED, "digest": digest_on(client.get(address).content.decode())})
    late = client.post(f"/apply/{made.public_id}/fields/purpose_text/", {"value": "改", "version": "1"})

    assert late.status_code == 422
    assert "已提交" in late.json()["why"]
    assert made.answers.get(field="purpose_text").value != "改"


def test_what_is_missing_or_too_long_keeps_it_back_with_the_way_there(world: LaboratoryWorld, signed_in: SignedIn
                                                                      ) -> None:
    made = filled(drafted(world), world.applicant)
    written(made, "purpose_text", "长" * 2001, world.applicant)
    written(made, "team_text", "", world.applicant)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/check/"
    page = client.get(address).content.decode()
    answer = client.post(address, {**CONFIRMED, "digest": digest_on(page)})

    assert "2001 字，上限 2000 字" in page
    assert f'href="/apply/{made.public_id}/parts/team/#f-team_text"' in page
    assert answer.status_code == 409
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S02"


def test_a_missing_seal_and_too_few_copies_are_told_at_once(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = filled(drafted(world), world.applicant)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/check/"
    digest = digest_on(client.get(address).content.decode())
    answer = client.post(address, {"copies": "2", "digest": digest})
    page = answer.content.decode()

    assert (answer.status_code, made.revisions.count()) == (409, 0)
    assert page.count("盖章后才能提交") == 2  # in the sum of faults, and beside the field
    reasons = page.partition("没有办成")[2].partition("</ul>")[0]
    assert ("把份数改为不少于 3" in reasons, "公章" in reasons) == (True, False)


def test_a_change_after_the_check_page_is_not_handed_in_unseen(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = filled(drafted(world), world.applicant)
    client, address = signed_in(world.applicant), f"/apply/{made.public_id}/check/"
    data = {**CONFIRMED, "digest": digest_on(client.get(address).content.decode())}
    written(made, "team_text", "刚刚改过", world.applicant)
    answer = client.post(address, data)

    assert answer.status_code == 409
    assert "又有改动（申申报" in answer.content.decode()
    again = client.post(address, {**CONFIRMED, "digest": digest_on(answer.content.decode())})
    assert again.status_code == 302


@pytest.mark.parametrize(("projects", "advice"), [
    ("", "下一步最该填"), ([{"name": "项目一", "number": "YF1", "level": "国家级", "related": "是",
                             "started": "2025-05-01", "amount": "10"}], "最省力的办法")])
def test_what_is_for_drafting_goes_when_it_is_handed_in_and_comes_back_with_it(
        projects: str | list[dict[str, str]], advice: str, world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made, client = filled(drafted(world), world.applicant), signed_in(world.applicant)
    written(made, "project_items", projects, world.applicant)
    where = f"/apply/{made.public_id}"
    for_drafting = (advice, '<span class="lift">填 ', "<dt>截止</dt>", "给其他填写人的意见",
                    ">发出</button>")

    def shown() -> list[str]:
        pages = "".join(client.get(where + path).content.decode()
                        for path in ("/", "/parts/projects/", "/eligibility/", "/comments/"))
        return [words for words in for_drafting if words in pages]

    assert shown() == list(for_drafting)
    digest = digest_on(client.get(f"{where}/check/").content.decode())
    assert client.post(f"{where}/check/", {**CONFIRMED, "digest": digest}).status_code == 302
    assert shown() == []
    client.post(f"{where}/comments/", {"text": "太晚了"})
    assert "太晚了" not in client.get(f"{where}/comments/").content.decode()
    made.refresh_from_db()
    reopen(made, "补充附件", world.recommender)
    assert shown() == list(for_drafting)


# What keeps a joint application back


@pytest.fixture
def jointly(world: LaboratoryWorld) -> Application:
    """A joint application that lacks nothing."""
    made = drafted(world, joint=True)
    joined(world, made)
    return filled(made, world.applicant)


@pytest.mark.parametrize(("answer", "told"), [
    ("", "“协议写明资金责权”还没有填"), ("否", "“协议写明资金责权”填的是“否”")])
def test_what_the_agreement_must_cover_is_to_be_mended_before_a_joint_hand_in(
        answer: str, told: str, world: LaboratoryWorld, jointly: Application, signed_in: SignedIn) -> None:
    written(jointly, "agreement_funds", answer, world.applicant)
    client, where = signed_in(world.applicant), f"/apply/{jointly.public_id}"
    page = client.get(f"{where}/check/").content.decode()

    assert re.search(rf'{where}/parts/partners/#f-agreement_funds">{told}', page)
    assert "必须改的（1）" in page
    assert "<button disabled>" in page
    part = client.get(f"{where}/parts/partners/").content.decode()
    assert re.search(r'for="i-agreement_funds">\s*协议写明资金责权</label>', part)


def test_a_refusal_says_in_prose_what_to_do_and_keeps_what_was_confirmed(
        world: LaboratoryWorld, jointly: Application, signed_in: SignedIn) -> None:
    client, where = signed_in(world.applicant), f"/apply/{jointly.public_id}/check/"
    digest = digest_on(client.get(where).content.decode())
    refused = client.post(where, {"seal": "on", "partners_seal": "on", "copies": "1", "digest": digest})
    again = client.get(where).content.decode()

    assert refused.status_code == 409
    assert "怎样才行：纸质材料备齐 3 份" in refused.content.decode()
    for page in (refused.content.decode(), again):
        assert re.findall(r'name="(\w+)" required id="id_\w+" checked', page) == ["seal", "partners_seal"]
        assert 'name="copies" value="1"' in page
    written(jointly, "purpose_text", "换了内容。", world.applicant)
    changed = client.get(where).content.decode()
    assert 'name="copies" value="1"' in changed
    assert "checked" not in changed.partition("<h2>确认")[2]
