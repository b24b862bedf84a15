"""All policies of a folder, compiled over one graph, so that equal rules of different policies are one node."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.language.compile import compile_policy
from guiju.language.ir import Graph
from guiju.language.policy import Policy
from guiju.source.diagnostics import GuijuError, Span, Text, fail
from guiju.source.document import Mapping, read_document
from guiju.source.fields import not_one
from guiju.vocabulary import Vocabulary, load_vocabulary

POLICIES = Path(__file__).parent.parent / "policies"


@dataclass(slots=True)
class Library:
    """Finds policies by id and compiles each when it is first asked for."""

    folder: Path
    vocabulary: Vocabulary
    graph: Graph
    _compiled: dict[str, Policy]

    def ids(self) -> list[str]:
        """Every policy's id: its folder below the library's."""
        return sorted(str(p.parent.relative_to(self.folder)) for p in self.folder.rglob("policy.yaml"))

    def find(self, word: str) -> str:
        """The id that a word means: the id itself, or its only ending or part; of several that fit, the only one that
        amends no other. Raises E140."""
        ids = self.ids()
        fitting = [i for i in ids if word in (i, i.rsplit("/", 1)[-1])] or [i for i in ids if word and word in i]
        for meant in (fitting, [i for i in fitting if not self._amends(i)] if len(fitting) > 1 else []):
            if len(meant) == 1:
                return meant[0]
        raise not_one("E140", word, fitting, ids, Text("政策", "policy"))

    def _amends(self, id_: str) -> bool:
        root = read_document(self.folder / id_ / "policy.yaml")
        return isinstance(root, Mapping) and root.get("amends") is not None

    def policy(self, id_: str) -> Policy:
        """The compiled policy. Raises GuijuError with its findings."""
        id_ = self.find(id_)
        if id_ not in self._compiled:
            made = compile_policy(self.folder / id_, self.vocabulary, self.graph)
            if made.id != id_:
                raise fail("E281", made.span, f"id “{made.id}”应与文件夹同名", f"id '{made.id}' must equal its folder")
            self._compiled[id_] = made
        return self._compiled[id_]

    def __iter__(self) -> Iterator[Policy]:
        return (self.policy(id_) for id_ in self.ids())

    def readable(self) -> tuple[list[Policy], dict[str, GuijuError]]:
        """The policies, and by id what keeps the others from being read. Raises GuijuError with all that is wrong where
        none can be read."""
        found: list[Policy] = []
        broken: dict[str, GuijuError] = {}
        for id_ in self.ids():
            try:
                found.append(self.policy(id_))
            except GuijuError as error:
                broken[id_] = error
        if broken and not found:
            raise GuijuError(list(dict.fromkeys(d for error in broken.values() for d in error.diagnostics)))
        return found, broken

    def folder_of(self, policy: Policy) -> Path:
        return self.folder / policy.id


def load_library(folder: Path = POLICIES, vocabulary: Vocabulary | None = None) -> Library:
    """A library over `folder`; the installed policies by default. Compiles nothing yet."""
    if not folder.is_dir():
        raise fail("E280", Span(str(folder)), "没有这个文件夹", "there is no such folder")
    return Library(folder, vocabulary or load_vocabulary(), Graph(), {})


@functools.cache
def installed_library() -> Library:
    """The library that comes with the package."""
    return load_library()
