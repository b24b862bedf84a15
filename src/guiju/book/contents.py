"""All pages of a library, each made when it is asked for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from guiju.book.charts.page import page_of as chart_page
from guiju.book.charts.reference import Family, family_of
from guiju.book.charts.reference import reference_of as chart_reference
from guiju.book.comparison import comparison_of
from guiju.book.dictionary import dictionary_of
from guiju.book.overview import ChartEntry, Entry, entry_of, overview_of
from guiju.book.page import Link, Page
from guiju.book.policies.page import page_of as policy_page
from guiju.book.policies.reference import reference_of as policy_reference
from guiju.book.prices import Price, prices_of
from guiju.lifecycle.library import Charts
from guiju.source.diagnostics import Span
from guiju.source.fields import bilingual, texts_of


@dataclass(frozen=True)
class Book:
    """The pages of all charts and of the policies below them. `run`: whether worked cases are run for their pages."""

    charts: Charts
    run: bool = True

    def addresses(self) -> list[str]:
        """Every page's address; the first is the overview's."""
        return [*_PLAIN, *(f"policies/{id_}" for id_ in self.charts.policies.ids()),
                *(f"charts/{id_}" for id_ in self.charts.ids())]

    def page(self, address: str, link: Link) -> Page:
        """A page by its address. Raises KeyError where there is none, GuijuError where its source does not compile."""
        if address in _PLAIN:
            return _PLAIN[address](self, link)
        kind, _, id_ = address.partition("/")
        if kind == "policies" and id_ in self.charts.policies.ids():
            return self._policy(id_, link)
        if kind == "charts" and id_ in self.charts.ids():
            return chart_page(chart_reference(self.charts, id_, self._family, run=self.run), link)
        raise KeyError(address)

    def _policy(self, id_: str, link: Link) -> Page:
        policies = self.charts.policies
        policy = policies.policy(id_)
        applied = [(c.id, c.title) for c in self.chart_entries if id_ in c.policies]
        return policy_page(policy_reference(policy, policies.folder_of(policy), run=self.run), link, applied)

    @functools.cached_property
    def _family(self) -> Family:
        return family_of(self.charts)

    @functools.cached_property
    def chart_entries(self) -> list[ChartEntry]:
        """Every chart, as lists show it: read, not compiled."""
        documents = {id_: self.charts.document(id_, Span(id_)) for id_ in self.charts.ids()}
        return [ChartEntry(id_, bilingual(d.get("title"), d.span, "title"), texts_of(d, "policies"))
                for id_, d in documents.items()]

    @functools.cached_property
    def prices(self) -> list[Price]:
        """Every price of every policy."""
        policies = self.charts.policies
        return [price for policy in policies for price in prices_of(policy, policies.folder_of(policy))]

    @functools.cached_property
    def entries(self) -> list[Entry]:
        """Every policy, as lists show it."""
        return [entry_of(policy, [p for p in self.prices if p.policy == policy.id]) for policy in self.charts.policies]


_PLAIN: dict[str, Callable[[Book, Link], Page]] = {
    "index": lambda book, link: overview_of(book.entries, book.chart_entries, link),
    "compare": lambda book, link: comparison_of(book.entries, book.prices, link),
    "dictionary": lambda book, _: dictionary_of(book.charts.policies.vocabulary),
}
