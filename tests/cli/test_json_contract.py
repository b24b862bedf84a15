"""The JSON is what docs/json-contract.md says: its tables are read here as the schema."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from organisations import BEIJING, TIANJIN, TIBET

DOC = Path(__file__).parents[2] / "docs" / "json-contract.md"
OUTCOMES = {"eligible", "ineligible", "review", "unknown", "not_computable", "not_applicable"}
CHARTS = Path(__file__).parents[2] / "src/guiju/charts"
LABORATORY = "national/quality-standards-laboratory"
SCALARS = {"id": str, "clause": str, "string": str, "date": str, "bool": bool}


def schema() -> dict[str, dict[str, str]]:
    """Object → key → type, from the tables."""
    objects: dict[str, dict[str, str]] = {}
    for name, body in re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", DOC.read_text(encoding="utf-8"), re.DOTALL | re.M):
        objects[name] = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", body, re.M))
    return objects


SCHEMA = schema()


def faults(value: object, type_: str, place: str) -> list[str]:
    """Where a value is not of its documented type."""
    if type_.endswith("?"):
        return [] if value is None else faults(value, type_[:-1], place)
    if type_.startswith('"'):
        return [] if value in re.findall(r'"(\w+)"', type_) else [f"{place}: {value!r} is none of {type_}"]
    if type_.startswith("["):
        if not isinstance(value, list):
            return [f"{place} is no list"]
        return [f for i, v in enumerate(value) for f in faults(v, type_[1:-1], f"{place}[{i}]")]
    if type_.startswith("{"):
        if not isinstance(value, dict):
            return [f"{place} is no object"]
        return [f for k, v in value.items() for f in faults(v, type_[1:-1], f"{place}.{k}")]
    return _plain_faults(value, type_, place)


def _plain_faults(value: object, type_: str, place: str) -> list[str]:
    if type_ in SCHEMA:
        return _object_faults(value, type_, place)
    if type_ == "text":
        good = isinstance(value, dict) and {k: type(v) for k, v in value.items()} == {"zh": str, "en": str}
    elif type_ == "int":
        good = type(value) is int
    elif type_ == "number":
        good = type(value) in (int, float)
    elif type_ == "outcome":
        good = value in OUTCOMES
    elif type_ == "time":
        good = isinstance(value, str) and dt.datetime.fromisoformat(value).tzinfo is not None
    elif type_ == "json":
        good = True
    else:
        good = isinstance(value, SCALARS[type_]) and (type_ != "date" or bool(dt.date.fromisoformat(str(value))))
    return [] if good else [f"{place}: {value!r} is no {type_}"]


def _object_faults(value: object, type_: str, place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place} is no {type_}"]
    documented = SCHEMA[type_]
    wrong = [f"{place} lacks {k}" for k in documented if k not in value]
    wrong += [f"{place}.{k} is not documented" for k in value if k not in documented]
    return wrong + [f for k, t in documented.items() if k in value for f in faults(value[k], t, f"{place}.{k}")]


def answer(run, *arguments):
    done = run("evaluate", *arguments, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_the_tables_name_every_object_that_a_type_names():
    named = {w for keys in SCHEMA.values() for t in keys.values() if '"' not in t for w in re.findall(r"\w+", t)}

    assert SCHEMA["policy"]["amount"] == "amount"
    assert named - set(SCHEMA) - set(SCALARS) == {"text", "int", "number", "outcome", "time", "json"}


@pytest.mark.parametrize("arguments", [
    (TIANJIN,), (BEIJING,), (TIBET,), (TIANJIN, "--presume"), (BEIJING, "--presume"),
    (TIANJIN, "-p", "tianjin", "--as-of", "2025-01-01"), (TIBET, "--as-of", "2020-01-01"),
    (TIANJIN, "--set", "multipart=同年主导合计一项"), (TIANJIN, "--lang", "en"),
])
def test_the_output_is_as_documented(run, arguments):
    assert faults(answer(run, *arguments), "document", "$") == []


@pytest.mark.parametrize(("command", "type_"), [
    (("list",), "register_list"), (("show", "national/consumer-goods-2016"), "register_shown"),
    (("show", "hainan"), "register_shown"), (("due", "--on", "2021-01-01"), "register_due"),
    (("check",), "register_findings")])
def test_what_is_said_of_registers_is_as_documented(run, command, type_):
    done = run("register", *command, "--json")

    assert (done.exit_code, done.stderr) == (0, "")
    assert faults(json.loads(done.stdout), type_, "$") == []


def test_the_check_would_notice():
    assert faults({"kind": "exact", "low_fen": 1.0, "high_fen": None, "more": 1}, "amount", "$") == [
        "$.more is not documented", "$.low_fen: 1.0 is no int"]
    assert faults({"kind": "much", "low_fen": 1}, "amount", "$")[0] == "$ lacks high_fen"


def test_every_policy_is_there_with_its_scope(run):
    scopes = {p["id"]: p["scope"] for p in answer(run, BEIJING)["policies"]}

    assert scopes == scopes | {
        "beijing/capital-standardisation-fund-2020": "in_scope",
        "national/quality-standards-laboratory-2023": "in_scope",
        "national/sme-tiers-2022": "in_scope",
        "tianjin/standardisation-fund-2021": "expired",
    }
    elsewhere = {p["id"]: p["scope"] for p in answer(run, TIBET)["policies"]}
    assert elsewhere == elsewhere | {
        "beijing/capital-standardisation-fund-2020": "other_region",
        "national/quality-standards-laboratory-2023": "in_scope",
        "shandong/zaozhuang-standardisation-fund-2018": "expired",
    }
    assert answer(run, TIANJIN, "-p", "beijing")["policies"][0]["scope"] == "in_scope"
    early = answer(run, TIBET, "--as-of", "2023-01-01")["policies"]
    assert {p["blockers"][0]["id"] for p in early if p["scope"] == "not_yet"} == {"in_force"}


def test_items_say_what_each_limit_took(run):
    (policy,) = answer(run, TIANJIN, "-p", "tianjin")["policies"]
    pilot = next(i for i in policy["items"] if i["id"] == "B-TJ-20")

    assert pilot["claimed_fen"] == 7_000_000
    assert pilot["amount"] == {"kind": "none", "low_fen": 0, "high_fen": 0}
    assert [(c["id"], c["taken_fen"], c["clauses"]) for c in pilot["cuts"]] == [("K-TJ-01", 7_000_000, ["15"])]
    assert (pilot["record_set"], pilot["records"]) == ("pilot", [1])
    assert sum(i["amount"]["high_fen"] for i in policy["items"]) == policy["amount"]["high_fen"] == 60_000_000


def test_an_expired_policy_refuses_with_the_reason(run):
    (policy,) = answer(run, TIANJIN, "-p", "tianjin", "--as-of", "2025-01-01")["policies"]

    assert (policy["outcome"], [b["id"] for b in policy["blockers"]]) == ("ineligible", ["in_force"])
    assert policy["amount"] == {"kind": "none", "low_fen": 0, "high_fen": 0}


def test_a_ban_has_its_last_day(run, facts):
    banned = facts(without=("违规记录",), more="违规记录:\n"
                   "  - {种类: 骗取资金, 办法: 天津标准化资助, 发现日期: 2020-03-01}")
    (policy,) = answer(run, banned, "-p", "tianjin")["policies"]

    assert [(b["id"], b["until"]) for b in policy["bars"]] == [("C-TJ-24", "2025-03-01")]


def test_both_languages_give_the_same_document(run):
    assert answer(run, TIANJIN) == answer(run, TIANJIN, "--lang", "en")


def test_a_later_run_gives_the_same_bytes(run):
    assert run("evaluate", BEIJING, "--json").stdout == run("evaluate", BEIJING, "--json").stdout


def played(run, script, *arguments, chart=LABORATORY, status=0):
    done = run("chart", "run", chart, "--script", script, "--json", *arguments)
    assert (done.exit_code, done.stderr) == (status, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize(("chart", "script"), [
    (LABORATORY, "cases.yaml"), (LABORATORY, "cases-build.yaml"), ("hainan/sanctions", "cases.yaml"),
    ("common/objection", "cases.yaml"), ("national/sme-tiers", "cases-standing.yaml")])
def test_a_script_is_played_as_documented(run, chart, script):
    document = played(run, CHARTS / chart / script, "--as-of", "2026-12-31", chart=chart)

    assert faults(document, "played", "$") == []
    assert all(walk["as_expected"] for walk in document["walks"])


def test_a_script_that_goes_another_way_says_where(run, tmp_path):
    script = tmp_path / "script.yaml"
    script.write_text("- {name: 甲, walk: [{on: 2024-03-01, do: raise}, {on: 2024-03-01, see: {}}]}", "utf-8")
    document = played(run, script, chart="common/objection", status=1)
    first, second = document["walks"][0]["steps"]

    assert faults(document, "played", "$") == []
    assert [r["code"] for r in first["refusal"]["reasons"]] == ["input"]
    assert (bool(first["differences"]), first["refusal_expected"], second["seen"]) == (True, False, None)
    assert document["walks"][0]["case"] is None


@pytest.mark.parametrize("role", [(), ("--role", "PUBLIC"), ("--lang", "en")])
def test_how_a_case_stands_is_as_documented(run, tmp_path, role):
    case = tmp_path / "c.jsonl"
    example = DOC.parents[1] / "examples/cases/laboratory.yaml"
    assert run("chart", "run", LABORATORY, "--script", example, "--case", case).exit_code == 0
    done = run("chart", "next", case, "--on", "2024-04-07", "--json", *role)
    document = json.loads(done.stdout)

    assert document.pop("contract") == 1
    assert faults(document, "standing", "$") == []
    assert [d["end"] for d in document["due"]] == ["2024-04-08"]
    assert ("objection_p1:raise" in [o["name"] for o in document["options"]]) is (done.exit_code == 0)


@pytest.mark.parametrize("chart", sorted(str(p.parent.relative_to(CHARTS)) for p in CHARTS.rglob("chart.yaml")))
def test_a_chart_is_shown_as_documented(run, chart):
    done = run("chart", "show", chart, "--json")

    assert (done.exit_code, faults(json.loads(done.stdout), "shown", "$")) == (0, [])


def test_a_simulation_is_as_documented(run):
    document = json.loads(run("chart", "simulate", LABORATORY, "5", "--round", "example-2024", "--example",
                              "--json").stdout)

    assert faults(document, "simulated", "$") == []
    assert document["simulated"] is True


def test_search(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_DATA", str(tmp_path))
    (tmp_path / "901.txt").write_text("甲市桥梁检测奖励办法\n第一条 桥梁检测给予5万元奖励。\n", encoding="utf-8")
    alone = json.loads(run("search", "公示", "--json").stdout)
    assert run("import", tmp_path / "901.txt").exit_code == 0
    found = json.loads(run("search", "桥梁 “5万元” -隧道", "--json").stdout)

    assert faults(alone, "search_found", "alone") + faults(found, "search_found", "found") == []
    assert (found["phrases"], found["without"]) == (["5万元"], ["隧道"])
    assert {hit["kind"] for hit in found["hits"]} == {"clause"}
