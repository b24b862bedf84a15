"""Search on the site: what `guiju search` finds, for everyone, in an index that no request makes."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from browser import Visits, accessible, fits, picture
from click.testing import CliRunner
from django.test import Client
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from guiju.cli.main import cli
from guiju.web.library import pages, searching
from guiju.web.library.tasks import bring_index_up_to_date

TEXT = """北方市标准化资助办法

第一章 总则

第一条 为推动企业标准领跑者工作，制定本办法。

第二条 对首次入选国家级企业标准“领跑者”的单位，一次性资助5万元&上限。
"""


@pytest.fixture(autouse=True, scope="module")
def _read_ahead() -> None:
    """As a server does before its first request: what a browser waits for is not the compiler."""
    pages.read_ahead()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of this test's own, without texts."""
    monkeypatch.setenv("GUIJU_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One text of two clauses, imported and indexed with the library."""
    folder = tmp_path_factory.mktemp("search")
    (folder / "900_north.txt").write_text(TEXT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUIJU_DATA", str(folder / "data"))
        done = CliRunner().invoke(cli, ["import", str(folder / "900_north.txt")])
        assert done.exit_code == 0, done.output
        bring_index_up_to_date.func()
    return folder / "data"


@pytest.fixture
def indexed(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory with texts and an index."""
    monkeypatch.setenv("GUIJU_DATA", str(made))
    return made


def _hits(client: Client, query: str) -> list[str]:
    """The heads of the hits, without marks."""
    page = client.get(f"/library/search/?{query}").content.decode()
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", h)).split())
            for h in re.findall(r'<h2 class="hit">(.+?)</h2>', page, re.S)]


@pytest.mark.django_db
def test_rules_and_clauses_are_found_and_marked(client: Client, indexed: Path) -> None:
    page = client.get("/library/search/?q=北方 领跑者 资助").content.decode()

    assert re.search("<mark>领跑者</mark>”的单位，一次性<mark>资助</mark>5万元&amp;上限", page)
    assert str(indexed) not in page


@pytest.mark.django_db
def test_a_rule_leads_to_its_place_on_its_policy(client: Client, indexed: Path) -> None:
    page = client.get("/library/search/?q=新承担技术组织&kind=benefit&region=天津").content.decode()
    way = re.search(r'href="(/library/policies/tianjin/standardisation-fund-2021/)#(r-technical_bodies)"', page)

    assert way is not None
    assert f'id="{way[2]}"' in client.get(way[1]).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "place"), [
    ("医院产品伤害监测点&kind=target", "K21"), ("消费品&kind=register", ""), ("消费品&kind=summary", "c-")])
def test_what_a_register_holds_leads_to_its_place_there(client: Client, data: Path, query: str, place: str) -> None:
    """Without texts, so that the names of clauses are found, too."""
    searching.make_index()
    page = client.get(f"/library/search/?q={query}").content.decode()
    way = re.search(rf'href="(/library/registers/[^"#]+/)(?:#({place}[^"]*))?"', page)

    assert way is not None
    assert (way[2] or "").startswith(place)
    assert f'id="{way[2] or "clauses"}"' in client.get(way[1]).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("filters", "found"), [
    ("kind=clause", {"条款"}),
    ("kind=rule&region=天津", {"政策", "资助", "条件", "限额", "评分", "禁申", "办事", "用语", "读法"}),
    ("kind=benefit&year=2021", {"资助"}), ("kind=benefit&on=2022-06-01", {"资助"})])
def test_filters_leave_what_they_name(client: Client, indexed: Path, filters: str, found: set[str]) -> None:
    hits = _hits(client, f"q=领跑者 资助&{filters}")

    assert hits
    assert {hit.split(" ")[0] for hit in hits} <= found


@pytest.mark.django_db
def test_what_was_not_in_force_is_left_out(client: Client, indexed: Path) -> None:
    """Tianjin's fund was in force till 2024-08-29."""
    fund = "天津市标准化资助项目与资金管理办法（试行）"
    on = [any(fund in hit for hit in _hits(client, f"q=领跑者 资助&region=天津&kind=benefit&on={day}"))
          for day in ("2024-08-29", "2024-08-30")]

    assert on == [True, False]


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "said"), [
    ("q=标准&region=乌有市", "没有地区“乌有市”"), ("q=标准&year=二一", "年份写作"),
    ("q=标准&on=2022-13-01", "2022-13-01"),
    ("q=。。", "没有可找的词"), ("q=-标准", "只写了要排除的词"), ("q=龘龘龘龘", "没有找到")])
def test_what_can_not_be_asked_is_said(client: Client, indexed: Path, query: str, said: str) -> None:
    answer = client.get(f"/library/search/?{query}")

    assert (answer.status_code, said in unescape(answer.content.decode())) == (200, True)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "q=", "q=%00%ff", "q=%22", "q=NEAR(", "q=标准&n=999999", "q=标准&kind=x",
                                   "q=" + "标" * 900])
def test_nothing_that_is_typed_breaks_the_page(client: Client, indexed: Path, query: str) -> None:
    assert client.get(f"/library/search/?{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["search/?q=标准%00%1b%E2%80%AE", "search/?q=标准&region=%00%1b%E2%80%AE",
                                     "search/?q=标准&year=%00%1b%E2%80%AE", "search/?q=标准&on=%00%1b%E2%80%AE",
                                     "?on=%00%1b%E2%80%AE"])
def test_no_control_character_comes_back(client: Client, indexed: Path, address: str) -> None:
    answer = client.get(f"/library/{address}")

    assert (answer.status_code, re.findall("[\x00\x1b\u202e]", answer.content.decode())) == (200, [])


@pytest.mark.django_db
def test_no_request_makes_the_index(client: Client, data: Path) -> None:
    """Without one it is ordered once, for the worker, and the reader is told."""
    pages = [client.get("/library/search/?q=标准").content.decode() for _ in range(2)]

    assert ["索引还没有建好" in page for page in pages] == [True, True]
    assert list(data.rglob("*.sqlite")) == []
    assert DBTaskResult.objects.filter(task_path=bring_index_up_to_date.module_path).count() == 1


@pytest.mark.django_db
def test_no_request_looks_whether_the_index_is_old(client: Client, indexed: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.search.sources.Sources.marks", lambda _: pytest.fail("the sources were looked through"))

    assert _hits(client, "q=领跑者")


@pytest.mark.django_db
def test_without_texts_rules_are_found_and_that_is_said(client: Client, data: Path) -> None:
    searching.make_index()
    page = client.get("/library/search/?q=领跑者").content.decode()

    assert ("没有导入法规文字" in page, "领跑者</mark>" in page, str(data) in page) == (True, True, False)


@pytest.mark.django_db
def test_a_longer_list_is_one_step_away(client: Client, indexed: Path) -> None:
    first = client.get("/library/search/?q=标准").content.decode()
    more = re.search(r'href="(/library/search/\?[^"]+)">列出更多', first)

    assert more is not None
    assert (first.count('<h2 class="hit">'), client.get(unescape(more[1])).content.decode().count('<h2 class="hit">')
            ) == (20, 50)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", [False, True])
def test_anyone_searches_from_the_first_page(visit: Visits, indexed: Path, phone: bool) -> None:
    page = visit(phone=phone)
    page.goto("/library/")
    page.get_by_role("searchbox").fill("领跑者 奖励 万元")
    page.get_by_role("button", name="检索", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("检索规则和条款")
    expect(page.locator("main mark").first).to_be_visible()
    accessible(page)
    fits(page)
    picture(page, "library-search")
    page.get_by_label("种类").select_option("benefit")
    page.get_by_label("地区").fill("天津")
    page.get_by_role("button", name="检索", exact=True).click()
    expect(page.get_by_role("link", name="去掉筛选")).to_be_visible()
    expect(page.locator("main .hits")).to_contain_text("天津市标准化资助项目")
    page.locator("main .hits").get_by_role("link", name="天津市标准化资助项目与资金管理办法（试行）").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("天津市标准化资助项目与资金管理办法（试行）")
