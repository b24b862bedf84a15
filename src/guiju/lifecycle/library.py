"""All charts of a folder, compiled when they are asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guiju.language.library import Library, installed_library
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.compile.document import folder_document, named_ids, whole_document
from guiju.lifecycle.compile.folder import compile_chart
from guiju.lifecycle.compile.procedures import used_charts
from guiju.source.diagnostics import Span, Text, fail
from guiju.source.document import Mapping
from guiju.source.fields import not_one, texts_of

CHARTS = Path(__file__).parent.parent / "charts"


@dataclass(slots=True)
class Charts:
    """Finds charts by id. `policies` is the library whose clauses and goals they cite."""

    folder: Path
    policies: Library
    _documents: dict[str, Mapping] = field(default_factory=dict)
    _compiled: dict[str, Chart] = field(default_factory=dict)

    def ids(self) -> list[str]:
        """Every chart's id: its folder below the library's."""
        return sorted(str(p.parent.relative_to(self.folder)) for p in self.folder.rglob("chart.yaml"))

    def find(self, word: str, span: Span | None = None) -> str:
        """The id that a word means: the id itself, or its only ending or part. Raises E500."""
        ids = self.ids()
        if word in ids:
            return word
        fitting = ([i for i in ids if word == i.rsplit("/", 1)[-1]] or [i for i in ids if word and i.endswith(word)]
                   or [i for i in ids if word and word in i])
        if len(fitting) == 1:
            return fitting[0]
        raise not_one("E500", word, fitting, ids, Text("流程图", "chart"), span)

    def chart(self, word: str) -> Chart:
        """The compiled chart. Raises GuijuError with its findings."""
        id_ = self.find(word)
        if id_ not in self._compiled:
            document = self.document(id_, Span(id_))
            small = {use: self.document(use, span) for use, span in used_charts(document)}
            policies = {p.id: p for p in map(self.policies.policy, texts_of(document, "policies"))}
            own = self._own(id_, Span(id_))
            made = compile_chart(document, self.folder / id_, self.policies.vocabulary, policies, small,
                                 own_ids=named_ids(own))
            for other in made.respects:
                self.find(other, made.span)
            if made.id != id_:
                raise fail("E281", made.span, f"id “{made.id}”应与文件夹同名", f"id '{made.id}' must equal its folder")
            self._compiled[id_] = made
        return self._compiled[id_]

    def document(self, id_: str, span: Span) -> Mapping:
        """A chart's whole document: its own, laid over what it amends."""
        if id_ not in self._documents:
            self._documents[id_] = whole_document(self._own(id_, span), self._own)
        return self._documents[id_]

    def _own(self, id_: str, span: Span) -> Mapping:
        return folder_document(self.folder / self.find(id_, span))

    def __iter__(self) -> Iterator[Chart]:
        return (self.chart(id_) for id_ in self.ids())


def load_charts(folder: Path = CHARTS, policies: Library | None = None) -> Charts:
    """The charts in `folder`; the installed ones by default. Compiles nothing yet."""
    if not folder.is_dir():
        raise fail("E280", Span(str(folder)), "没有这个文件夹", "there is no such folder")
    return Charts(folder, policies or installed_library())


@functools.cache
def installed_charts() -> Charts:
    """The charts that come with the package."""
    return load_charts()
