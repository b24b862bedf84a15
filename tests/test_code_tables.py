"""The two code tables: administrative divisions (GB/T 2260) and industries (GB/T 4754-2017)."""

import re
from collections.abc import Mapping

import pytest

from guiju.vocabulary import load_vocabulary

Regions = Mapping[str, str]
Industries = Mapping[str, tuple[str, str]]


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_vocabulary().regions


@pytest.fixture(scope="module")
def industries() -> Industries:
    return load_vocabulary().industries


def test_every_region_code_has_six_digits_and_lies_in_a_province(regions: Regions) -> None:
    assert [code for code in regions if not re.fullmatch(r"[1-8]\d{5}", code)] == []
    assert [code for code in regions if code[:2] + "0000" not in regions] == []


def test_all_provinces_and_prefectures_are_there(regions: Regions) -> None:
    provinces = [code for code in regions if code.endswith("0000")]
    prefectures = [code for code in regions if code.endswith("00") and not code.endswith("0000")]

    assert (len(provinces), len(prefectures)) == (34, 333)


@pytest.mark.parametrize(
    ("prefix", "city", "count"),
    [("11", "北京市", 16), ("12", "天津市", 16), ("31", "上海市", 16), ("50", "重庆市", 38)],
)
def test_a_municipality_has_all_its_districts(regions: Regions, prefix: str, city: str, count: int) -> None:
    inside = [code for code in regions if code.startswith(prefix)]

    assert (regions[prefix + "0000"], len(inside) - 1) == (city, count)


def test_guangzhou_has_its_districts(regions: Regions) -> None:
    inside = [code for code in regions if code.startswith("4401")]

    assert len(inside) - 1 == 11
    assert (regions["440100"], regions["440112"]) == ("广州市", "黄埔区")


def test_a_name_stands_once_within_its_parent(regions: Regions) -> None:
    seen = [(code[:2], name) for code, name in regions.items()]

    assert len(seen) == len(set(seen))


def test_all_sections_and_divisions_of_industry_are_there(industries: Industries) -> None:
    assert [code for code in industries if code.isalpha()] == list("ABCDEFGHIJKLMNOPQRST")
    assert [code for code in industries if code.isdigit()] == [f"{n:02}" for n in range(1, 98)]


@pytest.mark.parametrize(
    ("division", "name", "section"),
    [
        ("05", "农、林、牧、渔专业及辅助性活动", "A"),
        ("13", "农副食品加工业", "C"),
        ("43", "金属制品、机械和设备修理业", "C"),
        ("58", "多式联运和运输代理业", "G"),
        ("65", "软件和信息技术服务业", "I"),
        ("74", "专业技术服务业", "M"),
        ("97", "国际组织", "T"),
    ],
)
def test_a_division_names_its_section(industries: Industries, division: str, name: str, section: str) -> None:
    assert industries[division] == (name, section)
