"""Input that can't be used: diagnostics about things that stand in no file, named by their ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text
from guiju.source.fields import suggestion


def fault(code: str, about: str, zh: str, en: str) -> Diagnostic:
    """One finding. `about`: the id of the expert, application, rule, parameter … that is wrong."""
    return Diagnostic(code, Span(about), Text(zh, en))


def refuse(found: Iterable[Diagnostic]) -> None:
    """Raise GuijuError with all that was found; nothing if nothing was."""
    wrong = list(found)
    if wrong:
        raise GuijuError(wrong)


def ids_given_once(code: str, zh: str, en: str, ids: Iterable[str]) -> Iterator[Diagnostic]:
    """A finding for each id that is empty or given twice."""
    seen: set[str] = set()
    for id_ in ids:
        if not id_ or id_ in seen:
            yield fault(code, id_ or zh, f"{zh}编号“{id_}”为空或重复；每个编号只用一次",
                        f"the {en} id '{id_}' is empty or given twice; use each once")
        seen.add(id_)


def unknown_id(code: str, zh: str, en: str, id_: str, known: Collection[str]) -> Diagnostic:
    """A finding about an id that nothing has, with the nearest ones."""
    hint = suggestion(id_, known)
    return fault(code, id_, f"没有{zh}“{id_}”{hint.zh}", f"there is no {en} '{id_}'{hint.en}")
