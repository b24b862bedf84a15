"""What a query names, by its title or half of it, comes before what stands in it."""

from __future__ import annotations

import pytest


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("typed", "first"), [
    ("天津市桥梁检测奖励办法", "document 天津市桥梁检测奖励办法"),
    ("桥梁检测奖励", "document 天津市桥梁检测奖励办法"), ("《桥梁检测 奖励办法》", "document 天津市桥梁检测奖励办法"),
    ("路灯养护", "document 路灯养护守则"),
    ("标准化资助项目与资金管理办法", "policy 天津市标准化资助项目与资金管理办法（试行）")])
def test_what_the_query_names_comes_first(find, typed: str, first: str) -> None:
    hit = find(typed)["hits"][0]

    assert f"{hit['kind']} {hit['title']}" == first
    assert {hit["kind"] for hit in find(typed, "--kind", "clause")["hits"]} == {"clause"}


@pytest.mark.usefixtures("store")
def test_a_word_in_many_titles_names_none_of_them(find) -> None:
    """Half of the title at least: 检测奖励 is no name of 天津市桥梁检测奖励办法."""
    assert find("检测奖励")["hits"][0]["kind"] == "clause"
    assert find("路灯养护 -办法")["hits"][0]["kind"] == "document"
    assert find("路灯养护 -守则")["hits"] == []
