"""docs/populations.md and docs/population-questions.md: their codes are those that are raised, their commands and
columns those that there are."""

from __future__ import annotations

import re
from pathlib import Path

from guiju.cli.commands.population import COMMANDS
from guiju.language.library import load_library
from guiju.population.files.results import fields_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "populations.md").read_text(encoding="utf-8")
QUESTIONS = (ROOT / "docs" / "population-questions.md").read_text(encoding="utf-8")
SOURCES = [*(ROOT / "src/guiju/population/files").glob("*.py"), ROOT / "src/guiju/cli/population/asking.py"]


def test_every_code_is_listed_and_nothing_else() -> None:
    raised = {code for file in SOURCES for code in re.findall(r'"(E9\d\d)"', file.read_text("utf-8"))}

    assert set(re.findall(r"^\| (E9\d\d) \|", PAGE, re.MULTILINE)) == raised


def test_every_code_of_the_questions_is_listed_and_nothing_else() -> None:
    """On the one page or the other; those of data and files stand on the first."""
    commands = ("near", "overlap", "rank", "budget", "shares", "question")
    asking = [*(ROOT / "src/guiju/population/questions").glob("*.py"),
              *(ROOT / "src/guiju/cli/population" / f"{name}.py" for name in commands)]
    raised = {code for file in asking for code in re.findall(r'"(E9\d\d)"', file.read_text("utf-8"))}
    first, second = (set(re.findall(r"^\| (E9\d\d) \|", page, re.MULTILINE)) for page in (PAGE, QUESTIONS))

    assert second == raised - first
    assert raised


def test_every_command_is_shown_on_one_of_the_pages() -> None:
    shown = set(re.findall(r"^guiju population (\w+)", QUESTIONS, re.MULTILINE))

    assert shown == {"budget", "near", "overlap", "rank"} <= set(COMMANDS)


def test_the_columns_of_results_are_those_described() -> None:
    kinds = {field.name.rpartition(":")[2]: str(field.type) for policy in load_library() for field in fields_of(policy)}
    described = dict(re.findall(r"^\| `<政策>:[^|]*?:?(low|state|reasons)`[^|]*\| ([^|]*?) \|", PAGE, re.MULTILINE))

    assert (described["state"], described["reasons"]) == (kinds["state"], "uint8、uint16、uint32")
    assert {kinds["low"], kinds["high"]} <= {"int32", "int64"}
    assert kinds["reasons"] in ("uint8", "uint16", "uint32")


def test_every_command_shown_is_there() -> None:
    shown = set(re.findall(r"^guiju population (\w+)", PAGE, re.MULTILINE))

    assert shown == {"template", "check", "match", "explain"} <= set(COMMANDS)
