"""The words on a picture that are not the chart's own."""

from __future__ import annotations

from guiju.lifecycle.show.labels import BASES
from guiju.lifecycle.show.view import Move
from guiju.source.diagnostics import Language, Text

AUTO = Text("自动", "automatic")
START = Text("开启", "start")
FINAL = Text("终结", "end")
PUBLIC = Text("公开", "public")


def marks(move: Move, language: Language) -> str:
    """What is special about a move, in brackets: on which basis it stands, and whether nobody makes it."""
    words = [BASES[move.basis]] if move.basis in BASES else []
    words += [AUTO] if move.auto else []
    said = ("、" if language == "zh" else ", ").join(w.in_language(language) for w in words)
    return bracketed(said, language)


def bracketed(text: str, language: Language) -> str:
    if not text:
        return ""
    return f"（{text}）" if language == "zh" else f" ({text})"


def listed(words: list[str] | tuple[str, ...], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(words)
