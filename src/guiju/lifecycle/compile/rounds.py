"""Reads rounds: what one round (批次) fixes."""

from __future__ import annotations

from collections.abc import Mapping as Map
from pathlib import Path

from guiju.lifecycle.chart import Round
from guiju.lifecycle.compile.document import read_clean
from guiju.lifecycle.compile.reading import Reading
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping
from guiju.source.fields import as_mapping, as_scalar, bilingual, check_keys, text_of

ROUND_KEYS = {"id", "title", "sets", "roles", "open", "region", "cite", "note"}


def read_rounds(folder: Path, reading: Reading) -> dict[str, Round]:
    """The rounds in the chart's folder `rounds`, by id."""
    found: dict[str, Round] = {}
    for path in sorted((folder / "rounds").glob("*.yaml")):
        made = reading.context.gather(read_round, path, reading)
        if made is not None:
            reading.context.gather(_once, made, found)
            found.setdefault(made.id, made)
    return found


def _once(made: Round, found: Map[str, Round]) -> None:
    if made.id in found:
        first = found[made.id].span
        raise fail("E005", made.span, f"批次“{made.id}”在 {first} 已经有了；换一个 id",
                   f"there is a round '{made.id}' at {first}; choose another id")


def read_round(path: Path, reading: Reading) -> Round:
    """One round's file. Raises GuijuError: E02x for shape, E240 for a clause, E307 for a region, E504 for a role."""
    document = as_mapping(read_clean(path), Span(path.name), path.name)
    check_keys(document, ROUND_KEYS, {"id", "title"})
    sets, roles = document.get("sets"), document.get("roles")
    named = [k.text for k, _ in reading.section("roles")]
    held = as_mapping(roles, document.span, "roles").entries if roles is not None else ()
    for key, _ in held:
        reading.known(key, named, "角色", "role", "E504")
    parameters = [k.text for k, _ in reading.section("parameters")]
    given = as_mapping(sets, document.span, "sets").entries if sets is not None else ()
    return Round(
        text_of(document, "id"), bilingual(document.get("title"), document.span, "title"),
        {k.text: as_scalar(v, k.text).text for k, v in given},
        {k.text: bilingual(v, k.span, k.text) for k, v in held},
        reading.names(document, "open", parameters, "参数", "parameter", "E141"),
        _region(document, reading), reading.context.cite(document),
        bilingual(document.get("note"), document.span, "note"), document.span)


def _region(document: Mapping, reading: Reading) -> str:
    node = document.get("region")
    code = text_of(document, "region")
    if node is not None and code.ljust(6, "0") not in reading.context.vocabulary.regions:
        raise fail("E307", node.span, f"没有地区“{code}”；region 写行政区划代码，如 54、540100",
                   f"there is no region '{code}': 'region' is a code such as 54 or 540100")
    return code
