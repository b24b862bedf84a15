"""What a round's detailed rules would have to set before there can be an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Missing:
    """A parameter that the round leaves open. `text` says what it is for and who sets it."""

    parameter: str
    text: Text


@dataclass(frozen=True, slots=True)
class NotComputable:
    """No answer, since something is not set: the outcome `not_computable` of the rule language. Never empty."""

    missing: tuple[Missing, ...]

    @property
    def text(self) -> Text:
        return Text("无法计算：" + "；".join(m.text.zh for m in self.missing),
                    "not computable: " + "; ".join(m.text.en for m in self.missing))


def unset(parameter: str, zh: str, en: str) -> Missing:
    """A parameter that is open, named in both languages by what it is."""
    return Missing(parameter, Text(f"评审细则没有定“{zh}”（{parameter}），来源也没有规定，须由本批次定",
                                   f"the detailed rules do not set the {en} ({parameter}), nor does any source;"
                                   " the round must"))


def not_computable(missing: Iterable[Missing]) -> NotComputable | None:
    """The missing parameters as an answer; None if nothing is missing."""
    found = tuple(missing)
    return NotComputable(found) if found else None
