"""Who leads a laboratory, and what the measures ask of them (办14, 15, 11(五))."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.language.library import installed_library
from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.cases.forms.facts import field_for
from guiju.web.kit.forms import DateInput, Form
from guiju.web.kit.text import t
from guiju.web.laboratories.models import Laboratory

FACTS = {
    "director": ("director_senior", "director_reliable", "director_tasks", "director_budget", "director_hiring",
                 "heads_recommended", "staff_appointed"),
    "chair": ("academic_chair_inside", "academic_chair_eminent", "academic_chair_vision",
              "academic_chair_coordinates"),
}


class PersonField(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return obj.name


class LeaderForm(Form):
    name = forms.CharField(label=t("姓名", "name"), max_length=60)
    unit = forms.CharField(label=t("所在单位", "organisation"), max_length=120)
    position = forms.CharField(label=t("职务、职称", "position"), max_length=120)
    since = forms.DateField(label=t("任职日", "since"), widget=DateInput())
    account = PersonField(
        User.objects.none(), required=False, label=t("平台账号", "account here"),
        help_text=t("要在平台上替实验室办理的，先由单位管理员加为本单位经办人",
                    "to act here, one is made an agent of the host first, by its manager"))
    reason = forms.CharField(label=t("变动原因（更换时）", "why it changes"), max_length=300, required=False)

    def __init__(self, laboratory: Laboratory, post: str, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.post = post
        field = self.fields["account"]
        assert isinstance(field, PersonField)
        field.queryset = people_of(laboratory.host, ACTING)
        facts = installed_library().vocabulary.facts
        for name in FACTS[post]:
            self.fields[name] = field_for(facts[name], required=False)

    def stated(self) -> dict[str, str]:
        """The facts of the dictionary that were stated; what was left open stays open."""
        return {name: str(self.cleaned_data[name]) for name in FACTS[self.post] if self.cleaned_data.get(name)}
