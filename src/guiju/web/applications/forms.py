"""Forms beside the application form itself: beginning one, confirming at hand-in."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.lifecycle.refusal import Reason
from guiju.web.accounts.queries import ACTING, capacities
from guiju.web.applications.domain.beginning import AFFILIATIONS, KINDS
from guiju.web.applications.domain.confirming import Asks, Confirmed
from guiju.web.applications.domain.state import MOVE
from guiju.web.applications.queries import AUTHORITIES
from guiju.web.kit.forms import Form
from guiju.web.kit.text import t
from guiju.web.rounds.models import Round

_KIND_NAMES = {"科研院所": "research institute", "高等院校": "university", "企业主体": "enterprise"}
_AFFILIATION_NAMES = {"地方": "local", "中央": "central"}
# What a rule of the move is about, by the field that asks for it.
_TELLS = {"seal": "seal", "partners_seal": "partners", "copies": "copies", "department": "quota"}
_SEALS = ("seal", "partners_seal")
_SHAPES = [("no", t("单独申报", "by one organisation")),
           ("yes", t("联合申报（由主要承建方组织）", "jointly, led by the main builder"))]


class BeginForm(Form):
    """Who applies, as what, and who is asked to recommend."""

    organisation = forms.ChoiceField(label=t("申报单位（依托单位或主要承建方）", "applicant (host or main builder)"))
    kind = forms.ChoiceField(label=t("申报主体类别", "kind of applicant"),
                             choices=[("", t("请选择", "choose")), *((k, t(k, e)) for k, e in _KIND_NAMES.items())])
    affiliation = forms.ChoiceField(label=t("依托单位隶属", "affiliation of the host"), help_text=t(
        "中央单位由主管部门推荐，地方单位由省级市场监管部门推荐", "central units are recommended by their department"),
        choices=[("", t("请选择", "choose")), *((a, t(a, _AFFILIATION_NAMES[a])) for a in AFFILIATIONS)])
    joint = forms.ChoiceField(label=t("申报方式", "how"), choices=_SHAPES, widget=forms.RadioSelect, initial="no")
    body = forms.ChoiceField(label=t("推荐单位", "recommending body"))
    again = forms.BooleanField(label=t("已有一份，仍要另开一份", "there is one already; begin another"), required=False)

    def __init__(self, round_: Round, user: Any, data: Any = None, there: set[str] | None = None) -> None:
        super().__init__(data)
        self.there = there or set()
        self.organisations = {c.organisation.public_id: c.organisation for c in capacities(user)
                              if c.role in ACTING and c.organisation.kind not in AUTHORITIES}
        self.bodies = {str(b.pk): b for b in round_.bodies.select_related("body__organisation")}
        own, bodies = self.fields["organisation"], self.fields["body"]
        assert isinstance(own, forms.ChoiceField)
        assert isinstance(bodies, forms.ChoiceField)
        own.choices = [(o.public_id, o.name) for o in self.organisations.values()]
        bodies.choices = [("", t("请选择", "choose")), *((k, b.body.organisation.name) for k, b in self.bodies.items())]
        if len(self.organisations) == 1:
            self.initial["kind"] = KINDS.get(next(iter(self.organisations.values())).kind, "")
        if not self.there:
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("organisation") in self.there and not data.get("again"):
            self.add_error("again", t("这个单位在本批次已有申报；确要另开，请勾选",
                                      "this organisation has one in this round already; tick to begin another"))
        return data


class CommentForm(Form):
    field = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    text = forms.CharField(label=t("意见", "comment"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class NoteForm(Form):
    note = forms.CharField(label=t("版本说明", "note"), max_length=200, required=False)


class ConfirmForm(Form):
    """What the applicant confirms when handing in: facts of the move that the form itself can't know. `kept`: what he
    confirmed before he was refused; a seal only counts for the content that he confirmed it of."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seal = forms.BooleanField(
        label=t("打印的申报材料已盖依托单位公章", "the printed form bears the host's seal"),
        error_messages={"required": t("盖章后才能提交（指24三(一)）", "it must be sealed first")})
    copies = forms.IntegerField(label=t("报送推荐单位的纸质材料份数", "paper copies for the recommending body"),
                                min_value=0, max_value=99)
    partners_seal = forms.BooleanField(
        label=t("封面已盖各联合共建单位公章", "the cover bears the partners' seals"),
        error_messages={"required": t("各共建单位盖章后才能提交（表24封面）", "they must seal it first")})
    department = forms.ChoiceField(label=t("组织申报部门", "organising department"), help_text=t(
        "本推荐单位对各部门组织申报的数量有限额", "the body limits how many each department organises"))

    def __init__(self, asks: Asks, data: Any = None, digest: str = "", kept: dict[str, str] | None = None) -> None:
        there = kept or {}
        sealed = [name for name in _SEALS if name in there and there["digest"] == digest]
        rest = {name: value for name, value in there.items() if name not in _SEALS}
        super().__init__(data, initial={**rest, **dict.fromkeys(sealed, True), "digest": digest})
        if asks.copies is not None:
            self.fields["copies"].help_text = t(f"推荐单位要求 {asks.copies} 份", f"the body asks for {asks.copies}")
        if not asks.joint:
            del self.fields["partners_seal"]
        if not asks.departments:
            del self.fields["department"]
        else:
            department = self.fields["department"]
            assert isinstance(department, forms.ChoiceField)
            department.choices = [("", t("请选择", "choose")), *((d, d) for d in asks.departments)]
        self.order_fields(["digest", "seal", "partners_seal", "copies", "department"])

    def confirmed(self) -> Confirmed:
        data = self.cleaned_data  # without what was found wrong
        return Confirmed(data.get("seal", False), data.get("copies") or 0, data.get("partners_seal", False),
                         data.get("department", ""))

    def tells(self, reason: Reason) -> bool:
        """Whether what the form itself finds wrong says it already."""
        return any(reason.about == f"{MOVE}-{about}" for name, about in _TELLS.items() if name in self.errors)
