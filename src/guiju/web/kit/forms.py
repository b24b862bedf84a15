"""Forms of the site: Django's, with our own field template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.forms.renderers import TemplatesSetting as Base
from django.http import QueryDict

from guiju.source.diagnostics import Text
from guiju.web.kit.days import NOT_MEANT, is_meant
from guiju.web.kit.permissions import Refused, Superseded
from guiju.web.kit.text import say, t

__all__ = ["DateInput", "Form", "Renderer", "UnknownOr"]
YES, NO = Text("是", "yes"), Text("否", "no")


class Renderer(Base):
    """Fields and forms by our templates; widgets are Django's own."""

    field_template_name = "kit/field.html"
    form_template_name = "kit/form.html"


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class UnknownOr(forms.NullBooleanSelect):
    """Yes, no, or what it is called that nobody knows yet."""

    def __init__(self, unknown: str) -> None:
        super().__init__()
        self.choices = [("unknown", unknown), ("true", t(YES.zh, YES.en)), ("false", t(NO.zh, NO.en))]


class Form(forms.Form):
    """A form that takes an act's refusal as an error of its own. `about`: the field that it is about, if it can only be
    that one. `superseded`: somebody changed meanwhile what it would change; `standing`: what stands there now and is
    other than what was typed, by label."""

    about: ClassVar[str] = ""
    superseded = False
    standing: tuple[tuple[str, str], ...] = ()
    required_css_class = "required"
    error_css_class = "wrong"

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **more})

    def full_clean(self) -> None:
        """What is typed into a field of one line is one line: a browser sends it so, a forger need not. A day is one
        that somebody may mean."""
        super().full_clean()
        data = getattr(self, "cleaned_data", {})
        for name, field in self.fields.items():
            value = data.get(name)
            if isinstance(value, str) and isinstance(field.widget, forms.TextInput):
                data[name] = " ".join(value.splitlines())
            elif isinstance(value, dt.date) and not is_meant(value):
                self.add_error(name, say(NOT_MEANT))

    def refused(self, refusal: Refused, field: str | None = None) -> None:
        """Beside the field that the refusal is about, where that is known; else above them all."""
        own = field or refusal.about or self.about
        self.superseded = self.superseded or isinstance(refusal, Superseded)
        self.add_error(own if own in self.fields else None, say(refusal.text))

    def goes_on_from(self, now: Form, more: Iterable[tuple[str, str]] = ()) -> None:
        """What was typed stays, and is sent from here on against what stands there `now`. `more`: what else stands
        there otherwise, beside the fields."""
        if "version" in self.fields:
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("version")] = now["version"].value()
            self.data = data
        shown = [(str(f.label), in_words(f), in_words(self[f.name])) for f in now.visible_fields()
                 if not isinstance(f.field, forms.FileField)]
        self.standing = (*((label, there) for label, there, typed in shown if there != typed), *more)


def in_words(field: forms.BoundField) -> str:
    """What a field holds, as one reads it."""
    widget = field.field.widget
    if isinstance(widget, forms.widgets.ChoiceWidget):
        return "、".join(str(option.choice_label) for option in field.subwidgets if option.data["selected"])
    if isinstance(widget, forms.CheckboxInput):
        return say(YES if field.value() else NO)
    return str(widget.format_value(field.value()) or "").strip()
