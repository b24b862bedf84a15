"""Both languages. A sentence is a `Text`; what shows is chosen when the page is made."""

from __future__ import annotations

from typing import cast

from django.utils import translation
from django.utils.functional import lazystr

from guiju.source.diagnostics import Language, Text

CODES: dict[Language, str] = {"zh": "zh-hans", "en": "en"}


class _Said:
    """A text that becomes words only when it is read."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return say(self.text)


def current() -> Language:
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def say(text: Text) -> str:
    """The text in the language of this request."""
    return text.in_language(current())


def t(zh: str, en: str) -> str:
    """A label that follows the reader's language: for forms, choices, model names."""
    return cast(str, lazystr(_Said(Text(zh, en))))


def listed(texts: list[Text], zh: str = "、", en: str = ", ") -> Text:
    return Text(zh.join(x.zh for x in texts), en.join(x.en or x.zh for x in texts))
