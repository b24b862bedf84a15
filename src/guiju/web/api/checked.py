"""What a page asks by a form, the API asks by the same form: what it takes, and what is wrong with what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django import forms
from django.utils import translation
from ninja import Field, Schema

from guiju.source.diagnostics import Text
from guiju.web.api.schemas import Fault, Words
from guiju.web.kit.text import CODES

F = TypeVar("F", bound=forms.BaseForm)
_KINDS = ((forms.BooleanField, "yesno"), (forms.ChoiceField, "choice"), (forms.DateField, "date"),
          (forms.DecimalField, "number"), (forms.IntegerField, "number"))


class Unfit(Exception):
    """What was sent is not as the form asks; `faults` says where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f.zh for f in faults))
        self.faults = faults


class Option(Words):
    value: str


class Input(Schema):
    """One thing that a form asks. `most`: characters; `options`: what may be chosen, as it is sent."""

    name: str
    label: Words
    kind: str
    required: bool
    most: int | None
    options: list[Option]
    initial: str = Field(description="what the page proposes")


def fit(form: F) -> F:
    """The form, checked. Raises Unfit, with every fault in both languages."""
    if not form.is_valid():
        raise Unfit(list(_faults(form)))
    return form


def posted(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Values as a page would send them: an unticked box is not sent."""
    return {f"{prefix}-{name}" if prefix else name: value for name, value in values.items()
            if value is not False and value is not None}


def inputs_of(form: forms.BaseForm) -> list[Input]:
    """What a form asks."""
    return [_input(form, name, field) for name, field in form.fields.items()]


def _input(form: forms.BaseForm, name: str, field: forms.Field) -> Input:
    kind = next((word for known, word in _KINDS if isinstance(field, known)), "text")
    initial = form.get_initial_for_field(field, name)
    choices: Any = getattr(field, "choices", ()) if kind == "choice" else ()
    return Input(name=name, label=_both(field.label or name), kind=kind, required=field.required,
                 most=getattr(field, "max_length", None), initial="" if initial is None else str(initial),
                 options=[Option(value=str(v), **_both(label).model_dump()) for v, label in choices if v != ""])


def _faults(form: forms.BaseForm) -> Iterator[Fault]:
    zh, en = _errors(form, CODES["zh"]), _errors(form, CODES["en"])
    for (name, chinese), (_, english) in zip(zh, en, strict=True):
        yield Fault(at="" if name == "__all__" else name, zh=chinese, en=english)


def _errors(form: forms.BaseForm, language: str) -> list[tuple[str, str]]:
    """The faults as one language has them: messages become words when the form is checked."""
    with translation.override(language):
        form.full_clean()
        return [(name, str(message)) for name, messages in form.errors.items() for message in messages]


def _both(label: Any) -> Words:
    """A label in both languages: labels follow the language of the day."""
    with translation.override(CODES["zh"]):
        zh = str(label)
    with translation.override(CODES["en"]):
        return Words(zh=zh, en=str(label))


def refused_field(at: str, text: Text) -> Unfit:
    """A fault of one thing that was sent."""
    return Unfit([Fault(at=at, zh=text.zh, en=text.en or text.zh)])
