"""A partner that joins stands on the cover; who can't apply is told why in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest
from applying import drafted, joined, written
from django.test import Client
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.forms import Table
from guiju.web.accounts.models import User
from guiju.web.applications.domain.writing import form_of, write_answer
from guiju.web.applications.models import Answer, Application

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def world() -> LaboratoryWorld:
    return laboratory_world()


def test_a_partner_that_joins_stands_on_the_cover_of_the_paper(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world, joint=True)
    written(made, "cover_partners", "另一家研究院", world.applicant)
    joined(world, made)
    paper = signed_in(world.applicant).get(f"/apply/{made.public_id}/documents/form.pdf")
    pages = pypdfium2.PdfDocument(paper.getvalue() if paper.streaming else paper.content)
    cover = pages[0].get_textpage().get_text_range()

    assert Answer.objects.get(application=made, field="cover_partners").value == "另一家研究院\n示例大学"
    assert ("另一家研究院" in cover, "示例大学" in cover) == (True, True)


def test_one_that_the_applicant_named_already_is_not_named_twice(world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    written(made, "cover_partners", "示例大学", world.applicant)
    joined(world, made)

    assert Answer.objects.get(application=made, field="cover_partners").value == "示例大学"


@pytest.mark.parametrize(("who", "why"), [
    ("officer", "示例质量发展局组织本批次的申报"), ("recommender", "示例省市场监管局在本批次负责推荐"),
    ("ministries", "示例两部门联合办公室是行政机关或评估机构")])
def test_an_authority_is_told_why_it_can_not_apply(world: LaboratoryWorld, signed_in: SignedIn, who: str, why: str
                                                   ) -> None:
    client, address = signed_in(getattr(world, who)), f"/apply/rounds/{world.round.public_id}/"
    page = client.get(address).content.decode()

    assert (why in page, "不能申报" in page, "办5" in page) == (True, True, True)
    assert ("开始填写" in page, "登记单位" in page) == (False, False)
    assert "开始填写" in signed_in(world.applicant).get(address).content.decode()


def place(client: Client, application: Application, section: str, field: str) -> str:
    """A field as its page shows it."""
    html = client.get(f"/apply/{application.public_id}/parts/{section}/").content.decode()
    found = re.search(rf'<section class="place[^"]*" id="f-{field}".*?</section>', html, re.DOTALL)
    assert found, field
    return found[0]


def boxes(html: str) -> set[str]:
    """The boxes to write in that can be written in, but for comments."""
    shown = re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)
    tags = re.findall(r"<(?:input|select|textarea)[^>]*>", shown)
    return {name[1] for tag in tags if "readonly" not in tag and 'type="hidden"' not in tag and "disabled" not in tag
            and (name := re.search(r'name="([^"]+)"', tag)) and name[1] not in ("field", "text")}


def test_what_a_partner_may_not_write_is_text_and_no_box(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world, joint=True)
    written(made, "lab_name_zh", "密封国家质量标准实验室", world.applicant)
    joined(world, made)
    section = next(s.id for s in form_of(made).sections if any(i.id == "lab_name_zh" for i in s.items))
    own, theirs = (place(signed_in(u), made, section, "lab_name_zh") for u in (world.applicant, world.partner))

    assert boxes(own) == {"value-lab_name_zh"}
    assert boxes(theirs) == set()
    assert ("密封国家质量标准实验室" in theirs, "由主要承建方填写，这里只能查看" in theirs) == (True, True)
    assert "由主要承建方填写" not in own


def test_a_row_of_another_can_not_be_written_in_by_a_partner(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world, joint=True)
    table = next(i for s in form_of(made).sections for i in s.items if isinstance(i, Table))
    section = form_of(made).section_of(table.id)
    column = next(c for c in table.columns if c.kind not in ("choice", "yesno"))
    write_answer(made, table.id, [{column.id: "主要承建方的一行"}], 0, world.applicant)
    joined(world, made)
    theirs = boxes(place(signed_in(world.partner), made, section.id, table.id))

    assert f"{table.id}.0.{column.id}" in boxes(place(signed_in(world.applicant), made, section.id, table.id))
    assert not any(name.startswith(f"{table.id}.0.") for name in theirs)
    assert f"{table.id}.1.{column.id}" in theirs
    signed_in(world.partner).post(f"/apply/{made.public_id}/parts/{section.id}/", {
        f"version-{table.id}": "1", f"{table.id}.0.{column.id}": "改了别人的"})
    assert Answer.objects.get(application=made, field=table.id).value == [{column.id: "主要承建方的一行"}]
