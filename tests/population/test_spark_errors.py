"""What `--engine spark` needs and does not find is said before anything starts."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import cli

needs_pyspark = pytest.mark.skipif(find_spec("pyspark") is None, reason="no PySpark")


def told(folder: Path, *more: str) -> str:
    done = CliRunner().invoke(cli, ["population", "match", str(folder), "--out", str(folder / "out"), "--engine",
                                    "spark", "-p", "national/sme-tiers-2022", "--on", "2023-06-01", *more])
    assert done.exit_code == 2
    return done.output


def java(folder: Path, version: str) -> Path:
    """A Java that does nothing but say its version."""
    path = folder / "bin" / "java"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    path.chmod(0o755)
    return folder


def test_without_pyspark_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.population.spark.session.find_spec", lambda name: None)
    output = told(tmp_path)
    assert "E940" in output
    assert "guiju[spark]" in output


@needs_pyspark
def test_without_java_or_with_an_old_one_it_is_said_which_is_needed(tmp_path: Path,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    output = told(tmp_path)
    assert "E941" in output
    assert str(tmp_path / "nowhere") in output.replace("\n", "")
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, "1.8.0_402")))
    output = told(tmp_path)
    assert "E941" in output
    assert "Java 是 8" in output


@needs_pyspark
def test_a_master_that_does_not_answer_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, "17.0.1")))
    output = told(tmp_path, "--master", "spark://127.0.0.1:1")
    assert "E942" in output
    assert "spark://127.0.0.1:1" in output


def test_settings_are_those_of_spark(tmp_path: Path) -> None:
    assert "E942" in told(tmp_path, "--conf", "executor.memory=4g")
