"""The public register of laboratories follows the cases, and shows nothing that is not public."""

from __future__ import annotations

import io
import json

import pytest
from django.test import Client
from laboratory_walks import APPROVED, OPERATING, walked
from openpyxl import load_workbook

from guiju.web.laboratories.models import Laboratory

pytestmark = pytest.mark.django_db


def test_a_laboratory_is_entered_when_it_is_approved(client: Client) -> None:
    walk = walked("五、投票：列入建议名单，审定并公示")
    assert not Laboratory.objects.exists()
    assert "高端阀门" not in client.get("/laboratories/").content.decode()

    walk.move("T19", "2024-05-20", "SAMR", {"计划建成日": "2026-05-20"})
    laboratory = walk.laboratory

    assert (laboratory.name, laboratory.state, str(laboratory.approved_on)) == (
        "高端阀门国家质量标准实验室", "building", "2024-05-20")
    page = client.get("/laboratories/").content.decode()
    assert "高端阀门国家质量标准实验室" in page
    assert "示例研究院" in page
    assert "北京市海淀区" in page


def test_the_list_is_found_filtered_and_downloaded(client: Client) -> None:
    laboratory = walked(OPERATING).laboratory
    assert laboratory.name in client.get("/laboratories/", {"q": "示例研究院", "state": "operating"}).content.decode()
    assert "没有符合的实验室" in client.get("/laboratories/", {"state": "building"}).content.decode()
    assert "没有符合的实验室" in client.get("/laboratories/", {"year": "2023"}).content.decode()

    book = load_workbook(io.BytesIO(client.get("/laboratories/laboratories.xlsx").content))
    assert [c.value for c in book.worksheets[0][2]][:1] == [laboratory.name]
    data = json.loads(client.get(f"/laboratories/{laboratory.public_id}/data.json").content)
    assert (data["state"]["id"], data["operating_since"]) == ("operating", "2026-07-27")


@pytest.mark.parametrize("year", ["²", "0000", "٢٠٢٤", "-1", "二〇"])
def test_a_year_that_is_none_filters_nothing(client: Client, year: str) -> None:
    laboratory = walked(OPERATING).laboratory
    assert laboratory.name in client.get("/laboratories/", {"year": year}).content.decode()


@pytest.mark.parametrize("timeline", ["届满而整改未完成的终止；是否完成不明的由人写明理由",
                                      "建设中造假：影响未证明的由人决定，未造成影响的不得退出",
                                      "延期迟一日申请：照转批准人的读法，写明理由后审核，不批准则原期限继续"])
def test_reasons_reviews_and_extensions_are_not_public(client: Client, timeline: str) -> None:
    walk = walked(timeline)
    events = [json.loads(line) for line in walk.record.events.values_list("line", flat=True)]
    secrets = {e["actor"]["name"] for e in events} | {r for e in events for r in e["decisions"].values()}
    secrets |= {e["given"][k] for e in events for k in ("延期原因", "验收结论") if k in e["given"]}
    secrets -= {"系统", "申报人"}
    assert secrets
    number = walk.laboratory.public_id
    for address in ("/laboratories/", f"/laboratories/{number}/", f"/laboratories/{number}/data.json",
                    "/laboratories/laboratories.json"):
        shown = client.get(address).content.decode()
        assert [s for s in secrets if s in shown] == []
        assert [w for w in ("延期", "整改", "异议", "造假", "虚假") if w in shown.split("<main")[-1].replace(
            "正式运行，评价不合格，整改或复评中", "")] == []


def test_what_was_public_stays_readable(client: Client) -> None:
    walk = walked("复评仍不合格，退出序列")
    page = client.get(f"/laboratories/{walk.laboratory.public_id}/").content.decode()

    words = ("批准建设，进入建设期", "正式运行", "综合评价：不合格", "整改后复评：不合格", "已退出序列")
    assert [w for w in words if w not in page] == []
    assert "2030-03-29" in page


def test_a_new_name_is_borne_when_the_change_is_settled(client: Client) -> None:
    walk = walked(APPROVED)
    laboratory = walk.laboratory
    assert [n.name for n in laboratory.names.all()] == [laboratory.name]
