"""The written reasons by which a person decides what a chart leaves to him: one field of a page for each guard."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map

from django.http import HttpRequest

from guiju.lifecycle.refusal import Reason
from guiju.web.kit.lengths import within

PREFIX, LONGEST = "decide-", 2000


def typed_reasons(request: HttpRequest) -> dict[str, str]:
    """What was typed, by guard, as it was typed: to be shown again."""
    return {k.removeprefix(PREFIX): str(v) for k, v in request.POST.items() if k.startswith(PREFIX)}


def reasons_in(request: HttpRequest) -> dict[str, str]:
    """The reasons that came with a page, by guard. Raises TooLong."""
    found = {k: within(LONGEST, v, "写明的理由", "written reason") for k, v in typed_reasons(request).items()}
    return {k: v for k, v in found.items() if v}


def with_answers(request: HttpRequest, asked: Iterable[Reason], kept: Map[str, str] | None = None
                 ) -> list[tuple[Reason, str]]:
    """Each reason that is asked for, once, with what was typed; else with what was `kept` before."""
    given = {**(kept or {}), **typed_reasons(request)}
    return [(r, given.get(r.about, "")) for r in {r.about: r for r in asked}.values()]
