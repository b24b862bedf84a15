"""Static checks of the dictionary, one file each: `CODES` and `check(vocabulary)`."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.vocabulary import Field, Vocabulary


def all_fields(vocabulary: Vocabulary) -> Iterator[Field]:
    """Every fact, and every field of every record."""
    yield from vocabulary.all_facts()
    for record in vocabulary.all_records():
        yield from record.fields
