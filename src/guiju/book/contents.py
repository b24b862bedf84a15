"""All pages of a library, each made when it is asked for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from guiju.book.charts.page import page_of as chart_page
from guiju.book.charts.reference import Family, drawn, family_of
from guiju.book.charts.reference import reference_of as chart_reference
from guiju.book.comparison import comparison_of
from guiju.book.dictionary import dictionary_of
from guiju.book.listing import ChartEntry, Entry, Listing, chosen_by, entry_of, facets_of
from guiju.book.overview import overview_of, part_of
from guiju.book.page import CHINESE, Link, Page
from guiju.book.policies.covered import covered
from guiju.book.policies.history import Related
from guiju.book.policies.page import Around, Procedure
from guiju.book.policies.page import page_of as policy_page
from guiju.book.policies.reference import reference_of as policy_reference
from guiju.book.prices import Price, prices_of
from guiju.book.registers.contents import register_addresses, register_page
from guiju.cli.voice import Voice
from guiju.language.policy import Policy
from guiju.lifecycle.library import Charts
from guiju.registers.library import Registers
from guiju.source.diagnostics import GuijuError, Span
from guiju.source.fields import bilingual, texts_of


@dataclass(frozen=True)
class Book:
    """The pages of all charts and of the policies below them, but those that can't be read (`broken`) and the charts
    that apply them. `run`: whether worked cases are run for their pages;
    `say`: the pages' language; `store`: the texts that policies are held to, if they are at hand;
    `registers`: documents that set tasks and targets, if they have pages, too."""

    charts: Charts
    run: bool = True
    say: Voice = CHINESE
    store: Path | None = None
    registers: Registers | None = None

    def addresses(self) -> list[str]:
        """Every page's address; the first is the overview's."""
        lists = [f"list/{facet.id}/{value}" for facet in facets_of(self.listing.entries) for value, _, n in facet.values
                 if n]
        return [*_PLAIN, *lists, *(f"policies/{policy.id}" for policy in self._policies),
                *(f"charts/{chart.id}" for chart in self.listing.charts), *register_addresses(self.registers)]

    def page(self, address: str, link: Link) -> Page:
        """A page by its address. Raises KeyError where there is none, GuijuError where its source does not compile."""
        if address in _PLAIN:
            return _PLAIN[address](self, link)
        if self.registers is not None and address in register_addresses(self.registers):
            return register_page(self.registers, address, link, self.say, self.store)
        kind, _, id_ = address.partition("/")
        if kind == "list":
            return part_of(self.listing, chosen_by(*id_.split("/", 1)) if "/" in id_ else chosen_by(id_, ""), address,
                           link, self.say)
        if kind == "policies" and id_ in self.charts.policies.ids():  # one that is broken says why
            return self._policy(id_, link)
        if kind == "charts" and id_ in self.charts.ids():
            titles = {c.id: c.title for c in self.listing.charts}
            reference = chart_reference(self.charts, id_, self._family, run=self.run, say=self.say)
            return chart_page(reference, link, self.say, titles)
        raise KeyError(address)

    def _policy(self, id_: str, link: Link) -> Page:
        policies = self.charts.policies
        policy = policies.policy(id_)
        folder = policies.folder_of(policy)
        procedures = [Procedure(c.id, c.title, drawn(self.charts.chart(c.id), self.say)) for c in self.listing.charts
                      if id_ in c.policies]
        layers = [(p.id, p.title) for p in self._policies if id_ in [base.id for base in p.bases]]
        around = Around(Related(layers), procedures, covered(policy, folder, self.store))
        return policy_page(policy_reference(policy, folder, run=self.run), link, around, self.say)

    @functools.cached_property
    def _family(self) -> Family:
        return family_of(self.charts, [chart.id for chart in self.listing.charts])

    @functools.cached_property
    def _read(self) -> tuple[list[Policy], dict[str, GuijuError]]:
        return self.charts.policies.readable()

    @property
    def _policies(self) -> list[Policy]:
        return self._read[0]

    @property
    def broken(self) -> dict[str, GuijuError]:
        """By id what keeps policies from being read. Raises GuijuError where none can be."""
        return self._read[1]

    @functools.cached_property
    def listing(self) -> Listing:
        """Every policy and every chart, as lists show them; charts are read, not compiled."""
        documents = {id_: self.charts.document(id_, Span(id_)) for id_ in self.charts.ids()}
        charts = (ChartEntry(id_, bilingual(d.get("title"), d.span, "title"), texts_of(d, "policies"))
                  for id_, d in documents.items())
        return Listing(tuple(self._entries()), tuple(c for c in charts if self.broken.keys().isdisjoint(c.policies)))

    def _entries(self) -> list[Entry]:
        return [entry_of(policy, [p for p in self.prices if p.policy == policy.id]) for policy in self._policies]

    @functools.cached_property
    def prices(self) -> list[Price]:
        """Every price of every policy."""
        folder_of = self.charts.policies.folder_of
        return [price for policy in self._policies for price in prices_of(policy, folder_of(policy))]


_PLAIN: dict[str, Callable[[Book, Link], Page]] = {
    "index": lambda book, link: overview_of(book.listing, link, book.say, book.registers is not None),
    "compare": lambda book, link: comparison_of(book.listing.entries, book.prices, link, book.say),
    "dictionary": lambda book, link: dictionary_of(book.charts.policies.vocabulary, book.say),
}
