"""A partner that joins stands on the cover; who can't apply is told why in words."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest
from applying import drafted, joined, written
from django.test import Client
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.models import User
from guiju.web.applications.models import Answer

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
