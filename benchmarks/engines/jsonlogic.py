"""JSON-logic. The format has no names for results, so rules run in order and each result joins the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from answer import RULES, SCORES, Answer
from applicants import Applicant
from json_logic import jsonLogic

FILE = Path(__file__).parent.parent / "jsonlogic" / "rules.json"


def load() -> JsonLogic:
    return JsonLogic()


class JsonLogic:
    def __init__(self) -> None:
        self.rules = list(json.loads(FILE.read_text("utf-8")).items())

    def prepare(self, applicant: Applicant) -> Applicant:
        return applicant

    def run(self, applicant: Applicant) -> dict[str, Any]:
        data = dict(applicant)
        for name, rule in self.rules:
            data[name] = jsonLogic(rule, data)
        return data

    def answer(self, raw: dict[str, Any]) -> Answer:
        return Answer(tuple(raw[r] for r in RULES), tuple(raw[s] for s in SCORES), raw["amount"], raw["outcome"])
