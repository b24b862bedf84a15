"""Runs commands in this process; what the examples say is found beside the repository's root."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from organisations import SETTLED

from guiju.cli.main import cli

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of 100 columns, in Chinese, whatever the machine is set to."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GUIJU_LANG", raising=False)
    monkeypatch.delenv("GUIJU_DEBUG", raising=False)


@pytest.fixture
def run() -> Run:
    def run_(*arguments: object, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(a) for a in arguments], input=typed)

    return run_


@pytest.fixture
def facts(tmp_path: Path) -> Callable[..., Path]:
    """Writes a facts file; `without` leaves out lines that begin so, `more` adds lines."""
    def write(text: str = SETTLED, name: str = "facts.yaml", without: tuple[str, ...] = (), more: str = "") -> Path:
        path = tmp_path / name
        lines = [line for line in text.splitlines() if not line.startswith(without or ("\0",))]
        path.write_text("\n".join([*lines, more]) + "\n", encoding="utf-8")
        return path

    return write
