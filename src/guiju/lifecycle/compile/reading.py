"""What the readers of a chart's sections share: names that must exist, texts, lengths of time, small fields."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from guiju.language.compile.context import Context
from guiju.language.ir import Node
from guiju.language.types import DATE
from guiju.lifecycle.chart import START, LengthUnit
from guiju.source.diagnostics import Span, Text, fail
from guiju.source.document import Mapping, Scalar
from guiju.source.document import Node as DocumentNode
from guiju.source.fields import as_items, as_mapping, as_scalar, bilingual, check_keys, suggestion, text_of, texts_of

UNITS: dict[str, LengthUnit] = {"duration": "month", "days": "day", "workdays": "workday"}
NOTED = {"basis", "ref", "note", "cite"}


@dataclass(slots=True)
class Reading:
    """The state of one chart's compilation. `cites` is taken by what cites nothing itself."""

    context: Context
    document: Mapping
    stages: frozenset[str] = frozenset()
    groups: dict[str, frozenset[str]] = field(default_factory=dict)
    cites: tuple[str, ...] = ()

    def section(self, name: str) -> tuple[tuple[Scalar, DocumentNode], ...]:
        """The entries of a section; none if it is not there."""
        node = self.document.get(name)
        return as_mapping(node, self.document.span, name).entries if node is not None else ()

    def entry(self, key: Scalar, value: DocumentNode, allowed: Collection[str],
              required: Collection[str] = ()) -> Mapping:
        entry = as_mapping(value, key.span, key.text)
        check_keys(entry, allowed, required)
        return entry

    def label(self, entry: Mapping, key: Scalar) -> Text:
        node = entry.get("label")
        return bilingual(node, entry.span, "label") if node is not None else Text(key.text, key.text)

    def note(self, entry: Mapping) -> Text:
        return bilingual(entry.get("note"), entry.span, "note")

    def cite(self, entry: Mapping) -> tuple[str, ...]:
        """The clauses that an entry cites, or those that the whole chart or its user names."""
        return self.context.cite(entry) or self.cites

    def one_of(self, entry: Mapping, key: str, allowed: Collection[str], default: str) -> str:
        word = text_of(entry, key, default)
        if word not in allowed:
            hint = suggestion(word, allowed)
            raise fail("E507", entry.span, f"“{key}”应是 {'、'.join(allowed)} 之一，不是“{word}”{hint.zh}",
                       f"'{key}' must be one of {', '.join(allowed)}, not '{word}'{hint.en}")
        return word

    def stage_set(self, entry: Mapping, key: str) -> frozenset[str]:
        """Stages and groups listed under `key`. Raises E501."""
        return self.stages_in(entry.get(key), key)

    def stages_in(self, node: DocumentNode | None, what: str) -> frozenset[str]:
        """The stages that a list of stages and groups means. Raises E501."""
        found: set[str] = set()
        for item in as_items(node):
            word = as_scalar(item, what)
            found |= self.groups.get(word.text) or {self.known(word, self.stages, "环节", "stage", "E501")}
        return frozenset(found)

    def sources(self, entry: Mapping) -> frozenset[str]:
        """Where a move starts from; empty for `start`."""
        if texts_of(entry, "from") == (START,):
            return frozenset()
        found = self.stage_set(entry, "from")
        if not found:
            raise fail("E501", entry.span, "from 要写明从哪个环节出发；开启一件写 start",
                       "'from' names the stages it starts from; write start for what opens a case")
        return found

    @staticmethod
    def known(word: Scalar, names: Collection[str], zh: str, en: str, code: str) -> str:
        """The word, which must be among the names."""
        if word.text in names:
            return word.text
        hint = suggestion(word.text, names)
        raise fail(code, word.span, f"没有{zh}“{word.text}”{hint.zh}", f"there is no {en} '{word.text}'{hint.en}")

    def names(self, entry: Mapping, key: str, known: Collection[str], zh: str, en: str, code: str) -> tuple[str, ...]:
        return tuple(self.known(as_scalar(i, key), known, zh, en, code) for i in as_items(entry.get(key)))

    def fact(self, word: Scalar) -> str:
        """The id of a fact of the case or of the dictionary. Raises E506."""
        entry = self.context.vocabulary.fact(word.text)
        if entry is not None:
            return entry.id
        hint = suggestion(word.text, [f.name for f in self.context.vocabulary.all_facts()])
        raise fail("E506", word.span, f"没有事实“{word.text}”{hint.zh}", f"there is no fact '{word.text}'{hint.en}")

    def fact_or_records(self, word: Scalar) -> str:
        record = self.context.vocabulary.record(word.text)
        return record.id if record is not None else self.fact(word)

    def date(self, entry: Mapping, key: str) -> Node:
        """A date expression. Raises E510 where it is of another type."""
        return self.typed_expression(entry, key, {"date"}, "日期", "a date")

    def length(self, entry: Mapping, key: str) -> tuple[Node, LengthUnit]:
        """A stretch of time and its unit: months (年、月), days or working days."""
        node = self.typed_expression(entry, key, set(), "时长（年、月、日、工作日）", "a length of time")
        unit = UNITS.get(node.type.dimension)
        if unit is None:
            raise self.wrong(entry, key, "时长（年、月、日、工作日）", "a length of time")
        if node.op == "const" and (node.args[0] < 0 or node.args[0] != int(node.args[0])):
            raise self.wrong(entry, key, "整数的时长，不为负", "a length in whole numbers, not below zero")
        return node, unit

    def test(self, entry: Mapping, key: str) -> Node | None:
        node = entry.get(key)
        return None if node is None else self.context.test(as_scalar(node, key))

    def typed_expression(self, entry: Mapping, key: str, kinds: set[str], zh: str, en: str) -> Node:
        scalar = as_scalar(entry.get(key) or entry, key)
        node = self.context.expression(scalar, expected=DATE if kinds == {"date"} else None)
        if kinds and node.type.kind not in kinds:
            raise self.wrong(entry, key, zh, en)
        return node

    @staticmethod
    def wrong(entry: Mapping, key: str, zh: str, en: str) -> Exception:
        node = entry.get(key)
        return fail("E510", node.span if node else entry.span, f"“{key}”应是{zh}", f"'{key}' must be {en}")


def texts(node: DocumentNode | None, span: Span, what: str) -> tuple[Text, ...]:
    return tuple(bilingual(item, span, what) for item in as_items(node))
