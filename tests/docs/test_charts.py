"""docs/charts.md says what the code accepts, refuses and finds: every key, word and code, and its examples run."""

import re
from collections.abc import Collection
from pathlib import Path

import pytest
import yaml
from builder import chartbook
from builder.chartbook import Key, Trial

from guiju.cli.chart.upkeep import check_findings, tried
from guiju.language.compile import identity, reader
from guiju.lifecycle import checks, timeline
from guiju.lifecycle.chart import BASES, HELD_BY, LAPSE, REGISTER, START, SYSTEM
from guiju.lifecycle.compile import document, moves, people, procedures, rounds, times, vocabulary
from guiju.lifecycle.library import load_charts
from guiju.lifecycle.refusal import CODES
from guiju.lifecycle.simulation.odds import read_odds
from guiju.source.diagnostics import GuijuError

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/charts.md").read_text(encoding="utf-8")
TABLES = chartbook.tables(PAGE)
KEYS = chartbook.keys(PAGE)
FILES = chartbook.files(PAGE)
CHECKS = [(row[0], row[3].strip("`")) for row in TABLES["Checks"]]
ACCEPTED: dict[str, Collection[str]] = {
    "Head": document.HEAD, "Clauses": ("zh", "en", "lines"), "Parameters": identity._PARAMETER_KEYS,
    "Dated values": ("from", "published", "value"), "Facts": vocabulary.FACT_KEYS, "Roles": people.ROLE_KEYS,
    "Stages": people.STAGE_KEYS, "Moves": moves.MOVE_KEYS, "Who": moves.ACTOR_KEYS, "Goals": moves.GOAL_KEYS,
    "Papers": moves.PAPER_KEYS, "Terms": times.TERM_KEYS, "Notices": times.NOTICE_KEYS, "Duties": times.DUTY_KEYS,
    "Loops": times.LOOP_KEYS, "Bans": times.BAN_KEYS, "Procedures": procedures.PROCEDURE_KEYS,
    "Variants and switches": ("drop", "only"), "Rounds": rounds.ROUND_KEYS, "Case files": timeline.FILE_KEYS,
    "Timelines": timeline.CASE_KEYS, "Steps": set(timeline.STEP_KEYS) - set(timeline.EXPECTATIONS),
    "Expectations": timeline.EXPECTATIONS,
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The examples as a library of charts."""
    made = Trial(tmp_path_factory.mktemp("reference") / "charts", FILES)
    made.write(FILES)
    return made


@pytest.mark.parametrize("heading", ACCEPTED)
def test_the_keys_of_a_section_are_those_that_the_compiler_accepts(heading: str) -> None:
    assert sorted(chartbook.words(TABLES[heading])) == sorted(ACCEPTED[heading])


def test_every_table_of_keys_is_held_to_the_code() -> None:
    assert {key.heading for key in KEYS} == set(ACCEPTED)
    assert sorted(chartbook.words(TABLES["Sections"])) == sorted(document.SECTIONS)


@pytest.mark.parametrize("key", KEYS, ids=[f"{k.heading}: {k.name}" for k in KEYS])
def test_a_value_that_means_nothing_is_found_as_stated(key: Key, trial: Trial) -> None:
    raised = trial.spoilt(key)

    assert set(key.codes) <= raised, raised
    assert key.codes or not raised - {"E220", "E221", "E506"}, raised  # what else no longer knows a renamed thing


@pytest.mark.parametrize("key", [k for k in KEYS if k.required], ids=[
    f"{k.heading}: {k.name}" for k in KEYS if k.required])
def test_a_key_that_must_be_there_is_missed(key: Key, trial: Trial) -> None:
    assert trial.without(key) & {"E023", "E501", "E504", "E508"}


def test_no_other_key_must_be_there(trial: Trial) -> None:
    shared = ("label", "cite", "note", "ref", "basis")
    others = [k for k in KEYS if not k.required and k.name not in (*shared, "amends")]

    assert [(k.heading, k.name) for k in others if "E023" in trial.without(k)] == []


def test_the_examples_compile_pass_the_checks_and_go_as_they_say(trial: Trial) -> None:
    trial.write(FILES)
    library = load_charts(trial.folder)

    assert [d.render() for d in check_findings(library, library.ids()) if d.severity != "note"] == []
    assert {id_: (len(t.wrong), t.failed, list(t.gaps)) for id_ in library.ids() if (t := tried(library, id_))} == {
        "nanjiang/objection": (1, [], []), "nanjiang/prize": (9, [], []), "nanjiang/prize-east": (2, [], [])}


def test_every_kind_of_refusal_is_explained_in_order_of_gravity_and_occurs_in_the_examples() -> None:
    walked = {step["refused"] for name, content in FILES.items() if "/cases" in name
              for case in (content["cases"] if isinstance(content, dict) else content) for step in case["walk"]
              if isinstance(step.get("refused"), str)}

    assert chartbook.words(TABLES["Refusals"]) == list(CODES)
    assert walked == set(CODES)


def test_the_keys_of_odds_are_those_that_are_read(trial: Trial) -> None:
    path = trial.folder.parent / "odds.yaml"
    path.write_text("无此键: 1", encoding="utf-8")
    with pytest.raises(GuijuError) as raised:
        read_odds(path, load_charts(trial.folder).chart("nanjiang/objection"))

    known = raised.value.diagnostics[0].message.en.rpartition("known: ")[2]
    assert sorted(chartbook.words(TABLES["Simulation"])) == known.split(", ")


def test_every_check_is_explained() -> None:
    assert sorted(code for code, _ in CHECKS) == sorted(checks.codes())


@pytest.mark.parametrize(("code", "layer"), CHECKS, ids=[code for code, _ in CHECKS])
def test_a_check_finds_what_its_example_shows(code: str, layer: str, trial: Trial) -> None:
    found = trial.found("nanjiang/try", "nanjiang/prize", yaml.load(layer, Loader=yaml.BaseLoader))

    assert code in found, found


def test_every_code_that_charts_raise_is_explained_and_each_explained_is_raised() -> None:
    raised = set()
    for path in [*(ROOT / "src/guiju/lifecycle").rglob("*.py"), *(ROOT / "src/guiju/cli/chart").rglob("*.py")]:
        raised |= set(re.findall(r'"([EWN]\d{3})"', path.read_text(encoding="utf-8")))
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/guiju").rglob("*.py"))
    explained = {row[0] for row in TABLES["Codes"]}

    assert sorted(raised - set(checks.codes()) - explained) == []
    assert sorted(code for code in explained if f'"{code}"' not in source) == []


def test_the_words_that_a_key_may_have_are_there() -> None:
    words = [*HELD_BY, *BASES, *vocabulary.FACT_TYPES, START, REGISTER, LAPSE, SYSTEM, *reader.allowed_keys(), "今日",
             "进入本环节日"]

    assert [word for word in words if f"`{word}`" not in PAGE and word != SYSTEM] == []
    assert SYSTEM in PAGE
