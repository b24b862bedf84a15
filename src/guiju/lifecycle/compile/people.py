"""Reads roles, phases, stages and groups of stages."""

from __future__ import annotations

from guiju.lifecycle.chart import HELD_BY, SYSTEM, Role, Stage
from guiju.lifecycle.compile.reading import Reading
from guiju.source.diagnostics import Text
from guiju.source.document import Node as DocumentNode
from guiju.source.document import Scalar
from guiju.source.fields import as_scalar, bilingual, bool_of, text_of

ROLE_KEYS = {"label", "held_by", "bars", "cite", "note"}
STAGE_KEYS = {"label", "phase", "final", "public", "note", "cite"}


def read_roles(reading: Reading) -> dict[str, Role]:
    """The roles of the chart, and the built-in one of the system itself."""
    entries = reading.section("roles")
    names = [key.text for key, _ in entries]
    roles = {SYSTEM: Role(SYSTEM, Text("系统", "system"), "system", (), (), reading.document.span)}
    for key, value in entries:
        made = reading.context.gather(_role, reading, key, value, names)
        if made is not None:
            roles[made.id] = made
    return roles


def _role(reading: Reading, key: Scalar, value: DocumentNode, names: list[str]) -> Role:
    entry = reading.entry(key, value, ROLE_KEYS)
    return Role(reading.context.claim(key.text, key.span), reading.label(entry, key),
                reading.one_of(entry, "held_by", HELD_BY, "") if entry.get("held_by") else "",
                reading.names(entry, "bars", names, "角色", "role", "E504"), reading.cite(entry), key.span)


def read_phases(reading: Reading) -> dict[str, Text]:
    return {key.text: bilingual(value, key.span, key.text) for key, value in reading.section("phases")}


def read_stages(reading: Reading, phases: dict[str, Text]) -> dict[str, Stage]:
    """The stages; the reading knows their names and those of the groups from then on."""
    stages: dict[str, Stage] = {}
    for key, value in reading.section("stages"):
        made = reading.context.gather(_stage, reading, key, value, phases)
        if made is not None:
            stages[made.id] = made
    reading.stages = frozenset(stages)
    for key, value in reading.section("groups"):
        members = reading.context.gather(reading.stages_in, value, key.text)
        reading.groups[key.text] = members or frozenset()
    return stages


def _stage(reading: Reading, key: Scalar, value: DocumentNode, phases: dict[str, Text]) -> Stage:
    entry = reading.entry(key, value, STAGE_KEYS)
    phase = text_of(entry, "phase")
    if phase:
        reading.known(as_scalar(entry.get("phase") or entry, "phase"), phases, "阶段", "phase", "E502")
    return Stage(reading.context.claim(key.text, key.span), reading.label(entry, key), phase,
                 bool_of(entry, "final"), bool_of(entry, "public"), reading.note(entry), reading.cite(entry), key.span)
