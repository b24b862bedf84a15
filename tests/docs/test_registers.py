"""The page on registers: its example is one, its tables are what the code has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import cli
from guiju.registers import entries, identity
from guiju.registers.library import load_registers
from guiju.registers.model import KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "registers.md").read_text(encoding="utf-8")
KEYS = {"register": identity.KEYS, "clause": entries.CLAUSE, "task": entries.TASK, "target": entries.TARGET,
        "elsewhere": entries.ELSEWHERE}


def rows(heading: str) -> list[str]:
    """The first column of the table with this heading."""
    body = re.search(rf"^\| {heading} \|.*\n\|---.*\n((?:\|.*\n)+)", PAGE, re.M)
    assert body is not None
    return re.findall(r"^\| `([^`]+)` \|", body[1], re.M)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The example, in its place."""
    text = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert text is not None
    (tmp_path / "beijing").mkdir()
    (tmp_path / "beijing" / "bridges-2021.yaml").write_text(text[1], encoding="utf-8")
    return tmp_path


def test_the_example_is_a_register_without_a_remark(library: Path) -> None:
    found = load_registers(library).loaded("beijing/bridges-2021")

    assert [d.render() for d in found.findings] == []
    assert found.register is not None


@pytest.mark.parametrize("name", KEYS)
def test_every_key_has_its_row(name: str) -> None:
    assert sorted(rows(name)) == sorted(KEYS[name])


@pytest.mark.parametrize("value", rows("value"))
def test_every_value_that_is_shown_can_be_written(library: Path, value: str) -> None:
    path = library / "beijing" / "bridges-2021.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('">= 95"', f'"{value}"'), encoding="utf-8")

    made = load_registers(library).register("beijing/bridges-2021").targets[0].amount
    assert made is not None
    assert made.text == value


def test_every_kind_of_document_is_named() -> None:
    listed = re.search(r"^文种 `kind`：(.*)。$", PAGE, re.M)

    assert listed is not None
    assert listed[1].split("、") == list(KINDS)


def test_every_code_has_its_row() -> None:
    sources = (ROOT / "src/guiju/registers").glob("*.py")
    used = {code for path in sources for code in re.findall(r'"([EW]7\d\d)"', path.read_text(encoding="utf-8"))}

    assert set(rows("code")) == used


def test_every_command_that_is_shown_is_one() -> None:
    commands = re.findall(r"^guiju register (\w+)", PAGE, re.M)

    assert sorted(commands) == ["check", "due", "list", "show"]
    for command in commands:
        assert CliRunner().invoke(cli, ["register", command, "--help"]).exit_code == 0
