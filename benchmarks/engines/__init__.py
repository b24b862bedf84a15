"""One module an engine. Each has `load() -> Engine`; it imports its engine inside `load`'s module, so that start-up
and memory of one are not those of another."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol

from answer import Answer
from applicants import Applicant


class Engine(Protocol):
    """`prepare` is what the engine's user does beforehand and is not timed; `run` is timed; `answer` translates."""

    def prepare(self, applicant: Applicant) -> Any: ...

    def run(self, prepared: Any) -> Any: ...

    def answer(self, raw: Any) -> Answer: ...


# The word for the command line and the JSON → the title in the table, and the module that makes it.
ENGINES = {
    "closure": ("Guiju closure, slots bound", "guiju_closure"),
    "closure-bind": ("Guiju closure, facts bound each time", "guiju_bind"),
    "closure-data": ("Guiju closure, plain data read and checked", "guiju_data"),
    "traced": ("Guiju traced interpreter", "guiju_traced"),
    "zen": ("zen-engine, one expression node", "zen_single"),
    "zen-graph": ("zen-engine, graph with a decision table", "zen_graph"),
    "openfisca": ("openfisca-core, one simulation each", "openfisca_single"),
    "jsonlogic": ("panzi-json-logic", "jsonlogic"),
    "handwritten": ("Hand-written Python, complete facts only", "handwritten"),
    "handwritten-gaps": ("Hand-written Python that heeds missing facts", "handwritten_gaps"),
}


def load(name: str) -> Engine:
    """The engine with its rules loaded, ready for the first applicant."""
    engine: Engine = import_module(f"engines.{ENGINES[name][1]}").load()
    return engine
