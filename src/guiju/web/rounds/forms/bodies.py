"""Who recommends in a round, and what each body set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import RecommendingBody
from guiju.web.kit.forms import DateInput
from guiju.web.kit.text import t
from guiju.web.rounds.edits import OF_BODY, Edit
from guiju.web.rounds.forms.section import Group, SectionForm
from guiju.web.rounds.models import RoundBody

_HEADS = (Text("推荐单位", "body"), Text("参加", "takes part"), Text("截止日", "deadline"), Text("纸质份数", "copies"),
          Text("名额", "places"), Text("每部门限额", "a department"))
_MOST = 1000


class BodiesForm(SectionForm):
    def build(self) -> None:
        own = {row.body_id: row for row in self.round.bodies.all()}
        self.bodies = list(RecommendingBody.objects.select_related("organisation").filter(
            organisation__is_active=True).order_by("region", "ministry", "pk"))
        for body in self.bodies:
            row, name = own.get(body.pk), body.organisation.name
            key = body.organisation.public_id
            self.fields[f"{key}.in"] = forms.BooleanField(
                required=False, initial=row is not None, label=t(f"{name}参加", f"{name} takes part"))
            self.fields[f"{key}.deadline"] = forms.DateField(
                required=False, initial=row.deadline if row else None, widget=DateInput(),
                label=t(f"{name}截止日", f"deadline of {name}"))
            for field, zh, en in (("copies", "纸质份数", "copies"), ("places", "名额", "places"),
                                  ("department_quota", "每部门限额", "quota a department")):
                self.fields[f"{key}.{field}"] = forms.IntegerField(
                    required=False, min_value=0, max_value=_MOST, initial=_value(row, field),
                    label=t(f"{name}{zh}", f"{en} of {name}"))

    def groups(self) -> Iterator[Group]:
        rows = tuple((b.organisation.name, tuple(self[f"{b.organisation.public_id}.{f}"] for f in ("in", *OF_BODY)))
                     for b in self.bodies)
        yield Group(None, heads=_HEADS, rows=rows, note=Text(
            "截止日空着的，用批次截止日。份数没有设的，申报人交不了材料。名额、每部门限额空着的，不设",
            "no deadline: the round's. No number of copies: nobody can hand in. No places, no quota: none is set"))

    def edit(self) -> Edit:
        bodies: dict[str, dict[str, Any] | None] = {}
        for body in self.bodies:
            key = body.organisation.public_id
            if self.cleaned_data[f"{key}.in"]:
                bodies[key] = {f: self.cleaned_data[f"{key}.{f}"] for f in OF_BODY}
            elif self.initial_in(key):
                bodies[key] = None
        return Edit(bodies=bodies)

    def initial_in(self, key: str) -> bool:
        return bool(self.fields[f"{key}.in"].initial)


def _value(row: RoundBody | None, field: str) -> int | None:
    return getattr(row, field) if row else None
