"""How the value of a field is read: by its entry in the dictionary, or by one made for it."""

from __future__ import annotations

import dataclasses
import functools

from guiju.facts.scalars import Scalars
from guiju.forms.model import Field
from guiju.vocabulary import Vocabulary, load_vocabulary
from guiju.vocabulary import model as vocabulary_model

_TYPES: dict[str, vocabulary_model.FieldType] = {"date": "date", "number": "number", "money": "money", "yesno": "bool"}
_CODE_TYPES: dict[str, vocabulary_model.FieldType] = {"industries": "industry", "regions": "region"}


def entry_of(field: Field, fact: vocabulary_model.Field | None, vocabulary: Vocabulary) -> Field:
    """The field with the entry by which its text is read. A form's own figures are no less exact than facts."""
    if fact is not None:
        return dataclasses.replace(field, entry=fact)
    type_ = _TYPES.get(field.kind) or _CODE_TYPES.get(field.codes)
    if type_ is None or (type_ in ("number", "money") and field.unit not in vocabulary.units):
        return field
    unit = vocabulary.units.get(field.unit)
    low = 0 if type_ in ("number", "money") else None
    made = vocabulary_model.Field(field.id, field.label.zh, field.label.en or field.id, type_, "fact", "effort", "", "",
                                  unit, None, low)
    return dataclasses.replace(field, entry=made)


@functools.cache
def scalars() -> Scalars:
    """The one reader of values by the installed dictionary; it keeps its indexes."""
    return Scalars(load_vocabulary())


def stated(field: Field, text: str) -> str:
    """The text with the field's unit, where the form counts in another unit than the dictionary."""
    from guiju.facts.numbers import is_bare

    entry = field.entry
    if field.unit and entry is not None and entry.unit is not None and field.unit != entry.unit.name and is_bare(text):
        return f"{text.strip()} {field.unit}"
    return text
