"""`guiju search`: what is found, in which order, shown how; filters; whatever is typed."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_texts import TIANJIN


def refs(found) -> list[tuple[str, str]]:
    return [(h["key"], h["ref"]) for h in found["hits"]]


def places(found) -> list[str]:
    return [h["place"] for h in found["hits"] if h["kind"] == "clause"]


def of(found) -> set[str]:
    """The sources of the hits: a text's number, or `rules`."""
    return {h["place"].partition(":")[0] if h["kind"] in ("clause", "document") else "rules" for h in found["hits"]}


@pytest.mark.usefixtures("store")
def test_the_clause_with_all_words_comes_first(find) -> None:
    found = find("检测机构 奖励 万元", "--kind", "clause")

    assert (places(found)[0], found["hits"][0]["whole"]) == ("901:8", True)
    assert found["words"] == ["检测", "机构", "奖励", "万元"]


@pytest.mark.usefixtures("store")
def test_the_context_shows_the_words(find, run) -> None:
    hit = find("检测机构 奖励 万元", "--kind", "clause")["hits"][0]
    shown = {hit["text"][a:b] for a, b in hit["ranges"]}
    coloured = run("检测机构 奖励 万元", "--kind", "clause", colour=True).stdout

    assert shown == {"检测机构", "万元奖励", "检测", "奖励"}
    assert "\x1b[1m奖励\x1b[0m" in coloured
    assert "\x1b" not in run("检测机构 奖励 万元").stdout


@pytest.mark.usefixtures("store")
def test_a_long_clause_is_cut_around_the_words(bring, find) -> None:
    bring("904", "桥面养护办法\n第一条 " + "每座桥梁由所在街道养护，费用由区财政承担。" * 20 + "冬季融雪盐不得过量。" +
          "每座桥梁由所在街道养护，费用由区财政承担。" * 20 + "\n")
    hit = find("融雪盐")["hits"][0]

    assert "冬季融雪盐不得过量" in hit["text"]
    assert (len(hit["text"]) < 100, hit["cut"]) == (True, [True, True])


@pytest.mark.usefixtures("store")
def test_an_item_is_found_with_the_words_above_it(find) -> None:
    assert "901:7" in places(find("奖励对象 高校", "--kind", "clause"))


@pytest.mark.usefixtures("store")
def test_rules_are_found_in_the_words_that_readers_see(find) -> None:
    (hit, *_) = find("领跑者 评估机构", "--kind", "benefit")["hits"]

    assert (hit["policy"], hit["title"][:3], hit["region"]) == (TIANJIN, "天津市", {"code": "12", "name": "天津市"})
    assert "领跑者" in hit["text"]
    assert hit["place"] == "004:3244-3246"


def test_without_a_store_rules_alone_are_searched_and_it_says_so(find, run) -> None:
    found = find("标准 公示 异议")

    assert of(found) == {"rules"}
    assert found["documents"] == 0
    assert "没有文本库" in found["notices"][0]["zh"]
    assert "没有文本库" in run("公示").stdout
    assert "there is no text store" in run("公示", "--lang", "en").stdout


@pytest.mark.usefixtures("store")
def test_with_a_store_the_texts_stand_for_our_summaries(find) -> None:
    assert find("公示", "--kind", "summary")["hits"] == []
    assert find("公示")["notices"] == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("typed", "expected"), [
    ("“隧道检测”", ["901:8"]), ('"隧道检测"', ["901:8"]), ("「隧道检测」", ["901:8"]),
    ("检测机构 -万元", ["901:6", "902:4"]), ("检测机构 NOT 万元", ["901:6", "902:4"]),
    ("照明 AND 桥梁", ["902:3"]), ("照明 OR 桥梁", ["902:3"]),
    ("隧道檢測", ["901:8"]), ("隧道照明細則 每盞燈", ["902:3"]), ("３０元 补助", ["902:3"]), ("盏灯*", ["902:3"]),
    ("融雪", []), ("盏", ["902:3"]),
])
def test_queries_as_people_type_them(find, typed: str, expected: list[str]) -> None:
    found = find(typed, "--kind", "clause")
    first = places(found)[:len(expected)]

    assert sorted(first) == expected
    if not expected:
        assert found["hits"] == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("options", "sources"), [
    (["--region", "天津"], {"901", "rules"}), (["--region", "12"], {"901", "rules"}), (["--region", "佛山市"], {"902"}),
    (["--region", "广东"], {"902"}), (["--region", "全国"], set()),
    (["--year", "2019"], {"901"}), (["--year", "2019-2021"], {"901", "902", "rules"}), (["--year", "2018"], set()),
    (["--in-force", "2022-03-31"], {"901", "902", "903", "rules"}),
    (["--in-force", "2022-04-01"], {"902", "903", "rules"}),
    (["--in-force", "2019-03-31"], {"903"}), (["--in-force", "2025年1月1日"], {"902", "903"}),
    (["--kind", "rule"], {"rules"}), (["--kind", "规则"], {"rules"}), (["--kind", "条款"], {"901", "902", "903"}),
    (["--kind", "clause", "--kind", "document"], {"901", "902", "903"}),
])
def test_filters(find, options: list[str], sources: set[str]) -> None:
    assert of(find("检测 桥梁 标准 公示", "-n", "200", *options)) == sources


@pytest.mark.usefixtures("store")
def test_what_a_filter_cannot_judge_is_said(find) -> None:
    assert "1 份文件未载地区" in find("检测", "--region", "天津")["notices"][0]["zh"]
    assert "1 份文件未载发布日期" in find("检测", "--year", "2019")["notices"][0]["zh"]
    assert "照样列入" in find("检测", "--in-force", "2020-01-01")["notices"][0]["zh"]


def test_a_document_that_a_policy_cites_has_its_region_and_dates(find, bring) -> None:
    bring("004", "\n" * 3229 + "桥梁资助细则\n第一条 桥梁检测资助。\n")
    hit = find("桥梁检测资助", "--kind", "clause")["hits"][0]

    assert (hit["policy"], hit["region"]["name"], hit["start"], hit["end"]) == (
        TIANJIN, "天津市", "2021-08-30", "2024-08-29")


@pytest.mark.parametrize(("arguments", "code"), [
    (["（）"], "E881"), (["   "], "E881"), (["-奖励"], "E881"), (["\"\""], "E881"),
    (["奖励", "--region", "火星"], "E884"),
    (["奖励", "--region", "朝阳区"], None), (["奖励", "--region", "长"], "E884"), (["奖励", "--knid=x"], "--knid"),
    (["奖励", "--year", "去年"], "E885"), (["奖励", "--year", "2021-2019"], "E885"),
    (["奖励", "--in-force", "明天"], "E114"), (["奖励", "--dictionary", "nowhere.txt"], "E001"),
    (["奖励", "--policies", "nowhere"], "E280"), (["奖励", "--kind", "elephant"], "--kind"),
    (["奖励", "--limit", "0"], "--limit"),
])
def test_what_cannot_be_searched_says_why(run, arguments: list[str], code: str | None) -> None:
    done = run(*arguments)

    if code is None:
        assert done.exit_code == 0
        return
    assert (done.exit_code, done.stdout) == (2, "")
    assert code in done.stderr


def test_no_query_at_all(run) -> None:
    assert run().exit_code == 2


def test_a_very_long_query_is_cut_short_and_says_so(find) -> None:
    found = find("奖励公示" * 5000)

    assert "只用了前 200 个字" in found["notices"][0]["zh"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(
    st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60),
    st.lists(st.sampled_from(["\"", "“", "”", "-", "*", "(", ")", "NEAR(", "AND", "OR", "NOT", "^", ":", "{", "title:",
                              "奖励", "領跑者", "５万", "'", "--", ";", "%", "_", "\\", "「", "』", "+", " "]),
             max_size=14).map("".join)))
def test_whatever_is_typed_is_answered_or_refused_in_words(library_index, typed: str) -> None:
    from guiju.search.query import read_query
    from guiju.search.ranking import count_whole, search
    from guiju.search.words import Cutter
    from guiju.source.diagnostics import GuijuError

    codes = []
    try:
        query = read_query(typed, Cutter(library_index.dictionary))
    except GuijuError as error:
        codes = [d.code for d in error.diagnostics]
    if codes:
        assert codes == ["E881"]
        return
    hits = search(library_index, query)
    assert count_whole(library_index, query) >= sum(1 for h in hits if h.whole)
    assert all(0 <= a < b <= len(h.context.text) for h in hits for a, b in h.context.ranges)


@pytest.fixture
def library_index(library: Path, data: Path):
    from guiju.search.index import open_index
    from guiju.search.sources import Sources

    with open_index(Sources(data / "texts", library)) as index:
        yield index


def test_json_is_one_document(run) -> None:
    done = run("--json", "公示")

    assert set(json.loads(done.stdout)) == {"contract", "query", "words", "phrases", "without", "whole", "documents",
                                            "policies", "entries", "notices", "hits"}


def index_of(data: Path) -> Path:
    (path,) = (data / "search").glob("*.sqlite")
    return path


def marks_of(data: Path) -> dict[str, str]:
    with sqlite3.connect(index_of(data)) as connection:
        return dict(connection.execute("SELECT name, mark FROM part"))


@pytest.mark.usefixtures("store")
def test_the_index_follows_the_store_and_the_library(find, bring, data: Path, library: Path) -> None:
    assert find("融雪盐 过量")["hits"] == []
    before = marks_of(data)
    bring("901", "桥面养护办法\n第一条 融雪盐不得过量。\n")
    assert places(find("融雪盐 过量")) == ["901:2"]
    changed = marks_of(data)
    assert {name for name in changed if changed[name] != before.get(name)} == {"text:901"}

    policy = library / TIANJIN / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("每年上半年发布申报通知", "每年秋季发布申报通知"),
                      encoding="utf-8")
    assert find("秋季 申报通知")["hits"][0]["whole"]
    assert {name for name, mark in marks_of(data).items() if changed[name] != mark} == {"rules"}


@pytest.mark.usefixtures("store")
def test_nothing_is_made_again_where_nothing_changed(find, data: Path) -> None:
    find("公示")
    before = index_of(data).read_bytes()
    find("桥梁")

    assert index_of(data).read_bytes() == before


@pytest.mark.usefixtures("store")
def test_the_dictionary_stays_with_the_index(find, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("隧道检测不予  # 一个只为试验的词\n", encoding="utf-8")

    assert find("隧道检测不予")["words"] != ["隧道检测不予"]
    assert find("隧道检测不予", "--dictionary", str(words))["words"] == ["隧道检测不予"]
    assert find("隧道检测不予")["words"] == ["隧道检测不予"]
    words.write_text("\n", encoding="utf-8")
    assert find("隧道检测不予", "--dictionary", str(words))["words"] != ["隧道检测不予"]


@pytest.mark.usefixtures("store")
def test_words_of_one_meaning_are_found_by_one_another(find, tmp_path: Path) -> None:
    assert places(find("路灯 奖励", "--kind", "clause"))[:1] != ["902:3"]
    assert find("每盏灯 奖励")["hits"][0]["place"] == "902:3"

    words = tmp_path / "words.txt"
    words.write_text("灯柱 = 路灯\n", encoding="utf-8")
    assert find("灯柱")["hits"] == []
    assert places(find("灯柱", "--dictionary", str(words)))[0] == "903:2"


@pytest.mark.parametrize(("data_", "line"), [(b"\xff\xfe\x00", 0), ("两 个\n".encode(), 1), (b"ok\n--\n", 2),
                                            (("长" * 41).encode(), 1)], ids=["no text", "space", "dashes", "long"])
def test_a_dictionary_that_is_none(run, tmp_path: Path, data_: bytes, line: int) -> None:
    words = tmp_path / "words.txt"
    words.write_bytes(data_)
    done = run("公示", "--dictionary", str(words))

    assert done.exit_code == 2
    assert (f"words.txt:{line}  E883" if line else "words.txt  E883") in done.stderr


def test_a_damaged_index_is_made_again(find, data: Path) -> None:
    before = find("公示")["hits"]
    index_of(data).write_bytes(b"no database at all" * 100)
    after = find("公示")

    assert after["hits"] == before
    assert says_the_dictionary_is_lost(after)
    assert not says_the_dictionary_is_lost(find("公示"))


def says_the_dictionary_is_lost(answer: dict[str, Any]) -> bool:
    return any("--dictionary" in notice["zh"] for notice in answer["notices"])


def test_whoever_gives_the_dictionary_again_has_lost_nothing(find, data: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("隧道检测不予\n", encoding="utf-8")
    find("公示")
    index_of(data).write_bytes(b"no database at all" * 100)

    assert not says_the_dictionary_is_lost(find("公示", "--dictionary", str(words)))


@pytest.mark.usefixtures("store")
def test_damage_that_shows_while_reading_is_taken_away(run, find, data: Path) -> None:
    before = find("公示")["hits"]
    with contextlib.closing(sqlite3.connect(index_of(data))) as connection, connection:
        connection.execute("UPDATE words_data SET block = x'00ff00ff' WHERE id > 10")

    refused = run("公示")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "E888" in refused.stderr
    assert "--dictionary" in refused.stderr  # which can't be had back
    assert find("公示")["hits"] == before


def test_without_the_library_that_cuts_words(run, monkeypatch: pytest.MonkeyPatch) -> None:
    from guiju.search import words

    words._rjieba.cache_clear()
    monkeypatch.setitem(sys.modules, "rjieba", None)
    done = run("公示")
    words._rjieba.cache_clear()

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E880" in done.stderr
    assert "guiju[search]" in done.stderr


def test_an_index_that_cannot_be_written(run, data: Path) -> None:
    data.mkdir()
    (data / "search").write_text("a file where a folder should be")
    done = run("公示")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E882" in done.stderr


def test_a_policy_with_errors_is_named_and_the_rest_is_searched(find, library: Path) -> None:
    broken = library / "nowhere" / "broken"
    broken.mkdir(parents=True)
    (broken / "policy.yaml").write_text("id: [", encoding="utf-8")
    found = find("公示")

    assert found["notices"][0]["zh"] == f"政策 nowhere/broken 有错，没有编入；请看 guiju check {broken}"
    assert found["policies"] == 1
    assert found["hits"] != []


@pytest.mark.usefixtures("store")
def test_a_damaged_store_is_an_error_with_its_place(run, data: Path) -> None:
    (data / "texts" / "901" / "source.json").write_text("{", encoding="utf-8")
    done = run("公示")

    assert done.exit_code == 2
    assert "E871" in done.stderr


@pytest.mark.usefixtures("store")
def test_an_index_that_somebody_else_keeps_writing(run, find, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find("公示")
    monkeypatch.setattr("guiju.search.index._WAIT", 0.1)
    with contextlib.closing(sqlite3.connect(index_of(data), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = run("公示")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E882  另一个程序正在写这个索引" in done.stderr
