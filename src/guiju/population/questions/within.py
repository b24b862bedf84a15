"""A question asked of one region alone. Of whom it is not known whether they are registered there is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from guiju.facts.codes import Regions
from guiju.facts.reading import Refusal
from guiju.population.files.arrow import People
from guiju.population.questions.altered import picked
from guiju.population.questions.asking import Chunk
from guiju.population.regions import registered
from guiju.source.diagnostics import Span, fail
from guiju.vocabulary import Vocabulary


@dataclass(slots=True)
class Within:
    """`region`: the digits that all its codes begin with. So far `inside` are surely registered there, `other_region`
    surely are not, and of `unknown` it is not known, or not closely enough."""

    region: str
    inside: int = 0
    other_region: int = 0
    unknown: int = 0

    @property
    def code(self) -> str:
        """Six digits."""
        return self.region.ljust(6, "0")

    def of(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """Those who surely are registered there; the others are counted."""
        for chunk in chunks:
            inside, outside = registered(chunk.people, self.region)
            here = np.flatnonzero(inside)
            self.inside += len(here)
            self.other_region += int(np.count_nonzero(outside))
            self.unknown += int(np.count_nonzero(~inside & ~outside))
            if len(here):
                yield People(chunk.names.take(pa.array(here)), picked(chunk.people, here))


def within(word: str, vocabulary: Vocabulary) -> Within:
    """The region that a person names: by a code, its first two or four digits, or by name. Raises GuijuError E112
    where there is none, or may be several."""
    try:
        found = Regions(vocabulary.regions).read(word)
        if any(remark.code == "W104" for remark in found.remarks):
            raise Refusal("E112", f"代码表里没有“{word}”；写代码表里的区划代码或名称",
                          f"the table of places does not hold '{word}'; write a code or a name that is in it")
    except Refusal as refusal:
        raise fail(refusal.code, Span(f"--region {word}"), refusal.message.zh, refusal.message.en) from None
    assert isinstance(found.value, tuple)
    return Within(str(found.value[0]).removesuffix("00").removesuffix("00"))
