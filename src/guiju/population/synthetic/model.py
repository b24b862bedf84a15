"""The model that synthetic populations are drawn from: read from `model.yaml`, checked against the dictionary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from guiju.source.diagnostics import Span, Text, fail
from guiju.vocabulary import Field, RecordType, Vocabulary

MODEL = Path(__file__).parent / "model.yaml"
AS_OF = "as_of"  # the day on which everything is as it is
LATENT_SHAPES = frozenset({"normal", "exponential"})


@dataclass(frozen=True, slots=True)
class Draw:
    """How one column is drawn. Which keys count depends on the type of the entry:

    - all: `known`, the share of organisations for which it is known; `same_as`, a column that it repeats, with
      `share` of the rows that do; `because`, the sources and assumptions behind the figures.
    - bool: `share`, whose odds are multiplied by what `by` says of other columns' members and `follows` of latents.
    - enum, region, industry: `weights` (alike where there are none), by member of the column `given` if there is one.
    - number, money, ratio: a lognormal of `median` and `spread`, or a normal of `mean` and `spread`, times the column
      `of`, times `by` and `follows`, between `least` and `most` and not above the column `below`.
    - date: evenly `between` two days; or so many days `before` or `after` a column as a lognormal says.
    - text: one of `pool` texts; without, each its own.
    """

    because: tuple[str, ...] = ()
    known: float = 1.0
    share: float | None = None
    weights: Map[str, Any] | None = None
    given: str = ""
    median: float | None = None
    mean: float | None = None
    spread: float = 0.0
    of: str = ""
    follows: Map[str, float] = field(default_factory=dict)
    by: Map[str, Map[str, float]] = field(default_factory=dict)
    least: float | None = None
    most: float | None = None
    below: str = ""
    between: tuple[dt.date, dt.date] | None = None
    before: str = ""
    after: str = ""
    same_as: str = ""
    places: Map[str, float] = field(default_factory=dict)
    province: bool = False
    pool: int = 0
    again: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one file of the dictionary: `draw` says who has them at all, `hold` how many are so where nothing more
    is said."""

    draw: Draw
    hold: float | None


@dataclass(frozen=True, slots=True)
class Rows:
    """A record set: `fields` are those of which something is said. `draw`: `median` times `by` and `follows` is the
    rate of rows (Poisson), each of which has another with the chance `again`; `most` of one organisation."""

    draw: Draw
    fields: Map[str, Draw]


@dataclass(frozen=True, slots=True)
class Model:
    """`digest` tells versions of the model apart. `defaults` by type of entry, and `judgement` and
    `record_judgement`: how much of what a person judges is known."""

    as_of: dt.date
    digest: str
    sources: Map[str, Map[str, str]]
    assumptions: Map[str, Text]
    latents: Map[str, str]
    defaults: Map[str, Draw]
    groups: Map[str, Group]
    facts: Map[str, Draw]
    records: Map[str, Rows]

    def fact(self, entry: Field) -> Draw:
        """How a fact of the organisation is drawn: by its own words, else by its type's."""
        if entry.id in self.facts:
            return self.facts[entry.id]
        group = self.groups.get(group_of(entry))
        own = self._default(entry, "judgement")
        return replace(own, share=group.hold) if group and group.hold is not None and entry.type == "bool" else own

    def cell(self, record: RecordType, entry: Field) -> Draw:
        """How a field of a record is drawn."""
        rows = self.records.get(record.id)
        if rows is not None and entry.id in rows.fields:
            return rows.fields[entry.id]
        if entry.type == "text" and entry.id in (*record.key, "title", "number"):
            return replace(self.defaults["text"], pool=0)
        return self._default(entry, "record_judgement")

    def _default(self, entry: Field, judged: str) -> Draw:
        own = self.defaults[entry.type]
        return replace(own, known=self.defaults[judged].known) if entry.kind == "judgement" else own

    def rows(self, record: RecordType) -> Draw:
        """How many rows of a record set organisations have."""
        rows = self.records.get(record.id)
        return self.defaults["record"] if rows is None else rows.draw


def group_of(entry: Field) -> str:
    """The dictionary's file that an entry stands in, without its ending."""
    return _stem(entry.span.file)


@lru_cache(maxsize=1024)
def _stem(file: str) -> str:
    return Path(file).stem


def load_model(vocabulary: Vocabulary, path: Path = MODEL) -> Model:
    """Raises GuijuError where the model names what the dictionary doesn't hold, or gives no reason for a figure."""
    text = path.read_text(encoding="utf-8")
    held = yaml.safe_load(text)
    reading = _Reading(vocabulary, path.name, held)
    facts = {id_: reading.draw(said, f"facts.{id_}") for id_, said in _apart(held["facts"])}
    groups = {id_: Group(reading.draw(_without(said, "hold"), f"groups.{id_}"), said.get("hold"))
              for id_, said in _apart(held["groups"])}
    records = {id_: Rows(reading.draw(_without(said, "fields"), f"records.{id_}"),
                         {f: reading.draw(draw, f"records.{id_}.{f}") for f, draw in _apart(said.get("fields", {}))})
               for id_, said in _apart(held["records"])}
    model = Model(held["as_of"], sha256(text.encode()).hexdigest()[:16], held["sources"],
                  {id_: Text(**said) for id_, said in held["assumptions"].items()}, held["latents"],
                  {id_: reading.draw(said, f"defaults.{id_}") for id_, said in held["defaults"].items()},
                  groups, facts, records)
    reading.check(model)
    return model


def _apart(said: Map[str, Any]) -> list[tuple[str, Any]]:
    """Entries one by one: several that are drawn alike may stand in one key, with commas between."""
    return [(id_.strip(), draw) for ids, draw in said.items() for id_ in ids.split(",")]


def _without(said: Map[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in said.items() if k != key}


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads parts of a model's file. Raises GuijuError E931 with the place of what does not hold."""

    vocabulary: Vocabulary
    file: str
    held: Map[str, Any]

    def draw(self, said: Map[str, Any], place: str) -> Draw:
        keys = {f.name for f in fields(Draw)}
        self._hold(set(said) <= keys, place, f"不认识的键：{set(said) - keys}", f"unknown keys: {set(said) - keys}")
        because = said.get("because", ())
        because = (because,) if isinstance(because, str) else tuple(because)
        reasons = {*self.held["sources"], *self.held["assumptions"]}
        self._hold(bool(because) and set(because) <= reasons, place,
                   "because 应写明依据的 sources 或 assumptions", "because must name sources or assumptions")
        return Draw(**{**said, "because": because,
                       **({"between": tuple(said["between"])} if "between" in said else {})})

    def check(self, model: Model) -> None:
        for id_, shape in model.latents.items():
            self._hold(shape in LATENT_SHAPES, f"latents.{id_}", f"只能是 {sorted(LATENT_SHAPES)}",
                       f"must be one of {sorted(LATENT_SHAPES)}")
        files = {group_of(f) for f in self.vocabulary.all_facts()}
        known: list[tuple[str, Map[str, Any], set[str]]] = [
            ("groups", model.groups, files), ("facts", model.facts, {f.id for f in self.vocabulary.all_facts()}),
            ("records", model.records, {r.id for r in self.vocabulary.all_records()}),
            *((f"records.{id_}", rows.fields, {f.id for f in self.vocabulary.records[id_].fields})
              for id_, rows in model.records.items() if id_ in self.vocabulary.records)]
        for place, said, ids in known:
            self._hold(set(said) <= ids, place, f"词典里没有：{sorted(set(said) - ids)}",
                       f"not in the dictionary: {sorted(set(said) - ids)}")
        for place, draw in _draws(model):
            record = self.vocabulary.records.get(place.split(".")[1]) if place.startswith("records.") else None
            near = {*model.facts, *(f.id for f in record.fields)} if record else set(model.facts)
            named = {draw.of, draw.below, draw.given, draw.same_as, draw.before, draw.after, *draw.by} - {"", AS_OF}
            self._hold(named <= near, place, f"没有可依的列：{sorted(named - near)}",
                       f"no such column to follow: {sorted(named - near)}")
            self._hold(set(draw.follows) <= set(model.latents), place, "follows 只能写 latents 里的",
                       "follows names latents only")

    def _hold(self, holds: bool, place: str, zh: str, en: str) -> None:
        if not holds:
            raise fail("E931", Span(self.file), f"{place}：{zh}", f"{place}: {en}")


def _draws(model: Model) -> list[tuple[str, Draw]]:
    return [*((f"defaults.{id_}", draw) for id_, draw in model.defaults.items()),
            *((f"groups.{id_}", group.draw) for id_, group in model.groups.items()),
            *((f"facts.{id_}", draw) for id_, draw in model.facts.items()),
            *((f"records.{id_}", rows.draw) for id_, rows in model.records.items()),
            *((f"records.{id_}.{f}", draw) for id_, rows in model.records.items() for f, draw in rows.fields.items())]
