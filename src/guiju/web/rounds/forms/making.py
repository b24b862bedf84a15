"""A new round; and the words that an act asks for."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.forms import form_ids, load_form
from guiju.web.accounts.models import Organisation
from guiju.web.kit.clock import today
from guiju.web.kit.forms import Form
from guiju.web.kit.text import say, t
from guiju.web.rounds.programmes import with_rounds

FIRST, LAST = 2000, 2100


def forms_there_are() -> list[tuple[str, str]]:
    """The application forms as choices."""
    return [(id_, say(load_form(id_).title)) for id_ in form_ids()]


class NewRoundForm(Form):
    chart = forms.ChoiceField(label=t("办事项目", "programme"))
    title = forms.CharField(label=t("批次名称", "name of the round"), max_length=120)
    title_en = forms.CharField(label=t("英文名称", "name in English"), max_length=200, required=False)
    year = forms.IntegerField(label=t("年度", "year"), min_value=FIRST, max_value=LAST)
    office = forms.ChoiceField(label=t("由哪个单位办理", "run by"))
    form = forms.ChoiceField(label=t("申报表", "application form"), required=False)
    based_on = forms.ChoiceField(label=t("参照哪个样例的参数", "settings taken from"), required=False, help_text=t(
        "样例只带来参数，日期要另定", "a sample brings parameters only, no days"))

    def __init__(self, offices: list[Organisation], samples: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, initial={"year": today().year})
        self.offices = {o.public_id: o for o in offices}
        self._choices("chart", [(id_, say(title)) for id_, title in with_rounds()])
        self._choices("office", [(o.public_id, o.name) for o in offices])
        self._choices("form", [("", t("不用网上的表", "none")), *forms_there_are()])
        self._choices("based_on", [("", t("不参照", "none")), *samples])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ConfirmForm(Form):
    """What a change of a published round asks for."""

    change = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=t("变更理由", "why it is changed"), max_length=500,
                             widget=forms.Textarea({"rows": 3}))
