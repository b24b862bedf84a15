"""Every secret of the guarded world is seen by those whom `secrets.txt` names, and by nobody else: wherever the site's
addresses lead, in letters, by search; and the log has none of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import pytest
from crawling import client_of, letters_of, read_of, visited
from guarded_world import Guarded

from guiju.papers import typesetting

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "stranger", "objector", "a", "a_reader", "a_partner", "b", "rec_a", "rec_b", "qdb", "samr",
         "ministries", "operator", "leader", "expert_a", "expert_a2", "expert_b", "chair", "member")
NAMES = {"专家甲姓名": "expert_a专家", "组长姓名": "leader专家"}  # who reviews is a secret, too
HOSTS = ("示例省材料研究院", "远山计量研究院", "示例大学", "远山大学")
_SECRET = re.compile(r"密([^密钥]{1,20})钥")


@pytest.fixture(scope="module", autouse=True)
def _set_once() -> Iterator[None]:
    """Equal input gives equal bytes: a paper that several people read is set once."""
    known: dict[tuple[str, tuple[tuple[str, bytes], ...]], bytes] = {}
    really = typesetting.typeset

    def typeset(source: str, files: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
        asked = source, tuple(sorted(files.items()))
        if asked not in known:
            known[asked] = really(source, files)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "typeset", typeset)
        yield


def reviewed() -> dict[str, set[str]]:
    """Who may see each secret."""
    rows = (line.split(":") for line in Path(__file__).with_name("secrets.txt").read_text("utf-8").splitlines()
            if line and not line.startswith("#"))
    return {name.strip(): set(roles.split()) - {"—"} for name, roles in rows}


def secrets_in(text: str) -> set[str]:
    return {*_SECRET.findall(text), *(name for name, word in NAMES.items() if word in text)}


@pytest.mark.parametrize("who", ROLES)
def test_each_sees_what_is_his_and_nothing_else(world: Guarded, who: str, plain_errors: None,
                                                caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    seen: dict[str, str] = {}
    named: set[str] = set()
    for place, text in (*visited(world, who), *letters_of(world, who)):
        seen |= dict.fromkeys(secrets_in(text) - seen.keys(), place)
        named |= {place} if any(host in text for host in HOSTS) else set()
    may = {name for name, roles in reviewed().items() if who in roles}

    assert {name: place for name, place in seen.items() if name not in may} == {}
    assert may - seen.keys() == set()
    assert secrets_in(caplog.text) == set()
    assert not any(token in caplog.text for token in world.tokens.values())
    if who == "leader" or who.startswith("expert"):
        anyone = client_of(world, "stranger")
        headers = {"Authorization": f"Bearer {world.tokens['stranger']}"}
        private = {p for p in named if not p.startswith("/")
                   or not any(h in read_of(anyone.get(p, headers=headers)) for h in HOSTS)}
        assert private == set(), "names are hidden in this round"


@pytest.mark.parametrize("who", ["anonymous", "stranger", "b", "rec_b", "expert_a", "leader", "operator"])
def test_a_search_confirms_nothing(world: Guarded, who: str) -> None:
    """For words that one may not see, it answers as for words that are nowhere."""
    client = client_of(world, who)
    headers = {"Authorization": f"Bearer {world.tokens[who]}"} if who != "anonymous" else None
    of_a_kind = {re.sub(r"(expert_)?[ab]\d?$|^令牌.*", "", name): name for name, roles in reviewed().items()
                 if who not in roles and name not in NAMES}
    hidden = [f"密{name}钥" for name in of_a_kind.values()]
    hidden += [world.draft.public_id, world.draft.case.public_id] if who in ("anonymous", "stranger", "b") else []
    for where, key in (("/desk/search/", "q"), ("/cases/", "q"), ("/api/v1/cases", "words"), ("/laboratories/", "q")):
        nowhere = without_chance(client.get(where, {key: "并无此词"}, headers=headers), "并无此词")
        for word in hidden[::3] if where != "/desk/search/" else hidden:
            assert without_chance(client.get(where, {key: word}, headers=headers), word) == nowhere, (where, word)


def without_chance(answer: Any, word: str) -> str:
    """An answer without the word that was asked for, and what differs each time."""
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", answer.content.decode())
    return text.replace(word, "").replace(quote(word), "")


@pytest.mark.parametrize("who", ["stranger", "b", "rec_b", "expert_b", "operator"])
def test_others_things_and_invented_ones_answer_alike(world: Guarded, who: str) -> None:
    client, id_, case = client_of(world, who), world.a.public_id, world.a.case.public_id
    for address, real in ((f"/apply/{id_}/", id_), (f"/apply/{id_}/read/", id_), (f"/cases/{case}/", case),
                          (f"/cases/{case}/bundle.zip", case), (f"/laboratories/{case}/desk/", case),
                          (f"/intake/recommend/application/{id_}/", id_), (f"/intake/examine/application/{id_}/", id_),
                          (f"/review/led/{id_}/", id_)):
        if who == "expert_b" and "led" in address:
            continue
        there, nowhere = client.get(address), client.get(address.replace(real, "AAAA-BBBB-CCCC"))
        assert (there.status_code, nowhere.status_code) == (404, 404), address
        pages = [p.content.decode().replace(real, "AAAA-BBBB-CCCC").partition("<main")[2] for p in (there, nowhere)]
        assert pages[0] == pages[1]
