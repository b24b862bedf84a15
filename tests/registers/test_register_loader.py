"""A register as data: what it becomes, and each mistake of its keepers with its place."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_register import CLAUSES, ELSEWHERE, HEAD, TARGETS, TASKS, WHOLE, write

from guiju.language.library import installed_library
from guiju.lifecycle.library import installed_charts
from guiju.registers.library import installed_registers, load_registers
from guiju.registers.loader import Loaded, load_register
from guiju.registers.model import KINDS, Register, When
from guiju.source.diagnostics import GuijuError

ID = "own/bridges-2021"


def loaded(tmp_path: Path, text: str) -> Loaded:
    return load_registers(write(tmp_path, text)).loaded(ID)


def register(tmp_path: Path) -> Register:
    return load_registers(write(tmp_path)).register(ID)


def test_a_register_is_its_document_its_tasks_and_its_targets(tmp_path: Path) -> None:
    made = register(tmp_path)

    assert (made.kind, made.place, made.issued, str(made.source)) == ("规划", "own", dt.date(2021, 3, 1), "900:1-9")
    assert list(made.clauses) == ["一", "二", "二(一)"]
    first = made.tasks[0]
    assert (first.verb, first.lead, first.with_) == ("制定", ("市质监局",), ("市交通局",))
    assert (first.due, first.due_text) == (dt.date(2021, 6, 30), "2021年6月底前")
    assert (made.tasks[1].figures, made.tasks[1].horizon, made.tasks[1].due) == (("200名",), 2023, None)
    assert [task.local for task in made.tasks] == [False, False, True]
    share = made.targets[0]
    assert share.amount is not None
    assert (share.amount.comparison, share.amount.low, share.unit, share.by) == (">=", Fraction(95), "%", When(2023))


def test_a_folder_is_one_register_of_all_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "bridges-2021"
    folder.mkdir(parents=True)
    (folder / "register.yaml").write_text(HEAD + CLAUSES, encoding="utf-8")
    (folder / "tasks-a.yaml").write_text(TASKS, encoding="utf-8")
    (folder / "targets.yaml").write_text(TARGETS + ELSEWHERE, encoding="utf-8")
    library = load_registers(tmp_path)

    assert library.ids() == [ID]
    assert [len(part) for part in (library.register(ID).tasks, library.register(ID).targets)] == [3, 3]


@pytest.mark.parametrize(("value", "comparison", "numbers"), [
    (">= 90", ">=", ["90"]), (">=90", ">=", ["90"]), ("<5", "<", ["5"]), ("= 15", "=", ["15"]),
    ("about 5", "about", ["5"]), ("30..60", "..", ["30", "60"]), ("= 3.25", "=", ["13/4"]), ("= 1/3", "=", ["1/3"])])
def test_a_value_is_a_comparison_and_its_numbers(tmp_path: Path, value: str, comparison: str,
                                                 numbers: list[str]) -> None:
    made = loaded(tmp_path, WHOLE.replace('"= 30"', f'"{value}"')).register

    assert made is not None
    amount = made.targets[1].amount
    assert amount is not None
    assert (amount.comparison, [str(n) for n in amount.numbers]) == (comparison, numbers)


@pytest.mark.parametrize(("before", "after", "code", "said"), [
    ("guiju: 1", "guiju: 2", "E710", "guiju"),
    ("  kind: 规划\n", "", "E023", "kind"),
    ("kind: 规划", "kind: 计画", "E707", "规划"),
    ("id: own/bridges-2021", "id: own/bridge", "E701", ID),
    ("issued: 2021-03-01", "issued: 2021-02-30", "E026", "2021-02-30"),
    ("issued: 2021-03-01", "isued: 2021-03-01", "E022", "issued"),
    ('region: "11"', "region: 北京", "E712", "北京"),
    ('document: "900-0"', 'document: "900"', "E711", "004-1"),
    ("lines: 1-9", "lines: 9-1", "E706", "9-1"),
    ("lines: 3-5", "lines: 3-50", "E706", "3-50"),
    ("lines: 7}", "lines: sieben}", "E706", "sieben"),
    ("- {id: 二(一), name", "- {id: 二, name", "E702", "二"),
    ("id: T2", "id: T1", "E702", "T1"),
    ("id: K1", "id: T1", "E702", "T1"),
    ("clause: 二(一), task", "clause: 二(二), task", "E703", "二(一)"),
    ("verb: 制定, ", "", "E023", "verb"),
    ("verb: 制定", "verb: ' '", "E708", "verb"),
    ("with: [市交通局]", "with: [市质监局]", "E713", "市质监局"),
    ("lead: [市质监局]", "lead: [市质监局, 市质监局]", "E709", "市质监局"),
    ("lead: [市质监局]", "lead: {甲: 乙}", "E021", "lead"),
    ("due: 2021-06-30", "due: 2021-06-31", "E026", "2021-06-31"),
    ("due: 2021-06-30", "due: 2021", "E026", "2021"),
    ("due: 2021-06-30, ", "", "E714", "due_text"),
    ("due: 2021-06-30", "from: 2022, due: 2021-06-30", "E714", "from"),
    ("figure: 200名", "figure: ''", "E708", "figure"),
    ("figure: 200名", "figure: [200名, 200名]", "E709", "200名"),
    ("horizon: 2023", "horizon: 23", "E705", "23"),
    ("horizon: 2023", "horizon: bald", "E025", "horizon"),
    ("local: true", "local: vielleicht", "E024", "local"),
    ('">= 95"', '"95%"', "E704", "95%"),
    ('">= 95"', '"60..30"', "E704", "60..30"),
    ("by: 2023,\n", "by: 2023-13,\n", "E705", "2023-13"),
    ("strength: strive", "strength: 力争", "E707", "strive"),
    ("kind: baseline", "kind: base", "E707", "baseline"),
    ('value: "= 30", unit: 家', "unit: 家", "E714", "value"),
    ('value: "= 30"', 'value: "= 30", words: 三十', "E714", "words"),
    ('value: "= 30", unit: 家, by: 2023', "words: 三十, unit: 家", "E714", "unit"),
    ("by: 2023}", "by_assumed: 计划年份}", "E714", "by_assumed"),
    ('unit: 家', "unit: '\"家\"'", "E708", "unit"),
    ("clause: 一, figure", "clause: 三, figure", "E703", "三"),
    (", why: {zh: 所据办法的年份, en: year of the measures cited}", "", "E023", "why"),
    ("en: year of the measures cited", "en: year, of the measures", "E022", "引号"),
    ("tasks:\n", "tasks:\n  - nur Text\n", "E020", "tasks"),
    ("targets:", "ziele:", "E022", "targets"),
])
def test_each_mistake_is_told_with_its_place(tmp_path: Path, before: str, after: str, code: str, said: str) -> None:
    assert before in WHOLE
    found = loaded(tmp_path, WHOLE.replace(before, after, 1))

    assert found.register is None
    told = [d for d in found.findings if d.code == code]
    assert told, [d.render() for d in found.findings]
    assert any(said in d.message.zh and d.message.en and d.span.line for d in told), told[0].render()


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = loaded(tmp_path, WHOLE.replace('">= 95"', '"viel"').replace("verb: 制定, ", "").replace("id: K2", "id: K3"))

    assert sorted(d.code for d in found.findings) == ["E023", "E702", "E704"]


@pytest.mark.parametrize(("before", "after", "code"), [
    ("{zh: 桥梁检测规程, en: a procedure}", "桥梁检测规程", "W701"),
    ("zh: 规程", "zh: 规程很长很长很长很长很长很长很长很长很长很长", "W702"),
    ("due: 2021-06-30", "due: 2020-06-30", "W703"),
    ('region: "11"', 'region: "99"', "W704"),
])
def test_what_should_be_better_is_a_warning_and_no_more(tmp_path: Path, before: str, after: str, code: str) -> None:
    found = loaded(tmp_path, WHOLE.replace(before, after, 1))

    assert found.register is not None
    assert [d.code for d in found.findings] == [code]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_with_words_or_read_whole(tmp_path_factory: pytest.TempPathFactory,
                                                            data: st.DataObject) -> None:
    lines = WHOLE.splitlines(keepends=True)
    kind = data.draw(st.sampled_from(["drop", "twice", "cut", "put"]))
    at = data.draw(st.integers(0, len(lines) - 1))
    if kind == "drop":
        del lines[at]
    elif kind == "twice":
        lines.insert(at, lines[at])
    else:
        line = lines[at]
        place = data.draw(st.integers(0, len(line) - 1))
        put = data.draw(st.text(max_size=3)) if kind == "put" else ""
        lines[at] = line[:place] + put + line[place + (kind == "cut"):]
    path = tmp_path_factory.mktemp("damaged") / "own.yaml"
    path.write_bytes("".join(lines).encode("utf-8", "surrogatepass"))

    found = load_register(path, ID)

    errors = [d for d in found.findings if d.severity == "error"]
    assert (found.register is None) == bool(errors)
    assert all(d.message.zh and d.message.en for d in found.findings)


def places(node: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of a document."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*way, key)
        yield from places(value, (*way, key))


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_value_of_another_shape_is_refused_with_words_or_read_whole(tmp_path_factory: pytest.TempPathFactory,
                                                                      data: st.DataObject) -> None:
    document = yaml.load(WHOLE, Loader=yaml.BaseLoader)
    *way, last = data.draw(st.sampled_from(list(places(document))))
    within = document
    for key in way:
        within = within[key]
    within[last] = data.draw(st.sampled_from(
        ["", " ", "x", "0", "-1", "9" * 5000, "2021-02-29", "= 1", [], {}, [[]], [""], ["x", "x"], [{"x": "y"}],
         {"zh": []}, {"zh": ""}, {"zh": "x", "en": {}}, {"x": "y"}]))
    path = tmp_path_factory.mktemp("shapes") / "own.yaml"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    found = load_register(path, ID)

    assert (found.register is None) == any(d.severity == "error" for d in found.findings)
    assert all(d.message.zh and d.message.en and len(d.render()) < 6000 for d in found.findings)


@pytest.mark.parametrize("content", ["", "\xff\xfe", "- 1", "guiju: 1", "guiju: 1\nregister: {}\nclauses: []",
                                     "guiju: [1]\nregister: []\nclauses: {}", "&a a: *a"])
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content.encode("latin-1"))

    found = load_register(path, "x")

    assert found.register is None
    assert all(d.severity == "error" for d in found.findings)
    assert found.findings


def test_a_register_is_found_by_a_part_of_its_id_only_where_that_is_clear(tmp_path: Path) -> None:
    library = load_registers(write(tmp_path))
    (tmp_path / "registers" / "own" / "bridges-2022.yaml").write_text(WHOLE, encoding="utf-8")

    assert library.find("2021") == ID
    for word in ("bridges", "roads", ""):
        with pytest.raises(GuijuError) as caught:
            library.find(word)
        assert caught.value.diagnostics[0].code == "E720"


def test_every_shipped_register_is_read_without_a_remark() -> None:
    library = installed_registers()

    assert len(library.ids()) >= 20
    for id_ in library.ids():
        found = library.loaded(id_)
        assert [d.render() for d in found.findings] == []
        assert found.register is not None
        assert found.register.id == id_
        assert found.register.kind in KINDS


def test_a_register_has_its_id_for_itself() -> None:
    others = {*installed_library().ids(), *installed_charts().ids()}

    assert others.isdisjoint(installed_registers().ids())
