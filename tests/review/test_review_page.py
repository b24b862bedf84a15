"""docs/review.md is held to the code: rules of recusal, what has to be set, states, error codes."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import get_args

from guiju.review.ballots import Ballot, Rule, open_rules
from guiju.review.conflicts import rule_names
from guiju.review.rubric import load_rubric, with_rules
from guiju.review.rubric import open_rules as open_figures
from guiju.review.scores.result import State
from guiju.source.diagnostics import Text

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/review.md").read_text(encoding="utf-8")


def first_cells(heading: str) -> set[str]:
    """The names in the first column of the tables under a heading that holds this word."""
    section = next(part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE) if heading in part.splitlines()[0])
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


def test_every_rule_of_recusal_stands_on_the_page() -> None:
    assert first_cells("Conflicts") == set(rule_names())


def test_everything_that_a_round_has_to_set_stands_on_the_page() -> None:
    source = load_rubric("quality-standards-laboratory-2024")
    figures = {m.parameter.partition(".")[0] for m in open_figures(source)} | {
        m.parameter for m in open_figures(with_rules(source, aggregate="trimmed_mean")) if m.parameter == "trim"}
    ballots = [Ballot("b", Text("甲", "a"), frozenset("ab"), frozenset("b"), rule)
               for rule in (Rule(), Rule(base="cast", majority=Fraction(1, 2)))]
    votes = {m.parameter for ballot in ballots for m in open_rules(ballot)}

    stated = {name.partition(".<")[0] for name in first_cells("What the round has to set")}

    assert stated == figures | votes | {"recent_employment.years"}


def test_every_state_of_a_result_stands_on_the_page() -> None:
    assert first_cells("Scores") == set(get_args(State))


def test_every_error_code_stands_on_the_page_and_no_other() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src/guiju/review").rglob("*.py"))
    raised = {code for text in sources for code in re.findall(r'"(E8\d\d)"', text)}

    assert first_cells("Error codes") == raised
