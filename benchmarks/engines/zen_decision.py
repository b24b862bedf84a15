"""A decision in zen-engine, from its JSON. A static loader lets the engine compile the decision once; the same graph
through `create_decision` took five times as long per answer in 2.1.3, so that way is not the one that is measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import zen
from answer import RULES, SCORES, Answer
from applicants import Applicant

FOLDER = Path(__file__).parent.parent / "zen"


class Decision:
    def __init__(self, name: str) -> None:
        content = {name: json.loads((FOLDER / f"{name}.json").read_text("utf-8"))}
        self.name = name
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})

    def prepare(self, applicant: Applicant) -> Applicant:
        return applicant

    def run(self, applicant: Applicant) -> Any:
        return self.engine.evaluate(self.name, applicant)

    def answer(self, raw: Any) -> Answer:
        found = raw["result"]
        return Answer(tuple(found[r] for r in RULES), tuple(found[s] for s in SCORES), found["amount"],
                      found["outcome"])
