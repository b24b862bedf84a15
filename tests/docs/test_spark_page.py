"""docs/spark.md: its codes are those that are raised."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_code_of_spark_is_listed_and_nothing_else() -> None:
    page = (ROOT / "docs" / "spark.md").read_text(encoding="utf-8")
    sources = [*(ROOT / "src/guiju/population/spark").glob("*.py"), ROOT / "src/guiju/cli/population/on_spark.py"]
    raised = {code for file in sources for code in re.findall(r'"(E94\d)"', file.read_text("utf-8"))}

    assert set(re.findall(r"^\| (E94\d) \|", page, re.MULTILINE)) == raised
