"""Forms of the site: Django's, with our own field template."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting as Base

from guiju.web.kit.days import NOT_MEANT, is_meant
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import say

__all__ = ["DateInput", "Form", "Renderer"]


class Renderer(Base):
    """Fields and forms by our templates; widgets are Django's own."""

    field_template_name = "kit/field.html"
    form_template_name = "kit/form.html"


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class Form(forms.Form):
    """A form that takes an act's refusal as an error of its own. `about`: the field that it is about, if it can only be
    that one."""

    about: ClassVar[str] = ""
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
        self.add_error(own if own in self.fields else None, say(refusal.text))
