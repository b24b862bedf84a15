"""Forms of recommending and examining."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.web.files.domain import Upload, take_in
from guiju.web.files.kinds import ACCEPT
from guiju.web.intake.domain.notice import Wording
from guiju.web.intake.domain.opinions import PAPER, Written
from guiju.web.intake.models import CONCLUSIONS, MARKS, Examination, Opinion
from guiju.web.kit.clock import today
from guiju.web.kit.forms import DateInput, Form, UnknownOr
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import t

_TEXT = forms.Textarea({"rows": 4})


class FileForm(Form):
    """A form with one file that may be left out. `paper`: what the file is."""

    paper = ""

    def clean(self) -> dict[str, Any]:
        self.upload: Upload | None = None
        data: dict[str, Any] = self.cleaned_data
        if data.get("file"):
            try:
                self.upload = take_in(data["file"], self.paper)
            except Refused as refused:
                self.refused(refused, "file")
        return data


def _file(zh: str, en: str) -> forms.FileField:
    return forms.FileField(label=t(zh, en), required=False, max_length=255,
                           widget=forms.ClearableFileInput({"accept": ACCEPT}))


class MarkForm(Form):
    item = forms.SlugField(max_length=40)
    mark = forms.ChoiceField(choices=[("", ""), *MARKS.items()], required=False)
    remark = forms.CharField(required=False, max_length=2000)
    version = forms.IntegerField(min_value=0)


class AskForm(Form):
    department = forms.CharField(label=t("申报领域主管部门", "department in charge of the field"), max_length=120)
    question = forms.CharField(label=t("征求什么意见", "what is asked"), required=False, max_length=2000,
                               widget=forms.Textarea({"rows": 3}))
    asked_on = forms.DateField(label=t("征求日期", "asked on"), widget=DateInput())
    address = forms.EmailField(label=t("用邮件征求：收件邮箱", "ask by mail: address"), required=False, help_text=t(
        "填了就寄出一个链接，对方不用账号即可答复一次；用公函征求的不填",
        "a link goes there by which it answers once, without account; leave open if you asked on paper"))
    until = forms.DateField(label=t("链接到哪天为止（含当日）", "the link works up to"), required=False,
                            widget=DateInput())

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **{"initial": {"asked_on": today()}, "prefix": "ask", **more})


class AnsweredForm(FileForm):
    """An answer that came on paper."""

    paper = "主管部门意见"
    number = forms.CharField(max_length=20, widget=forms.HiddenInput())
    answer = forms.CharField(label=t("答复意见", "its opinion"), max_length=5000, widget=forms.Textarea({"rows": 3}))
    name = forms.CharField(label=t("由谁答复（部门内处室、人员）", "by whom"), required=False, max_length=80)
    on = forms.DateField(label=t("答复日期", "answered on"), widget=DateInput())
    file = _file("复函扫描件", "scan of the reply")


class AnswerForm(FileForm):
    """The department's own answer, by a link."""

    paper = "主管部门意见"
    answer = forms.CharField(label=t("意见", "opinion"), max_length=5000, widget=forms.Textarea({"rows": 8}))
    name = forms.CharField(label=t("答复人（处室、姓名）", "who answers (division, name)"), max_length=80)
    file = _file("复函扫描件", "scan of the reply")


class OpinionForm(FileForm):
    paper = PAPER
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
    text = forms.CharField(label=t("推荐意见", "opinion"), max_length=5000, widget=forms.Textarea({"rows": 5}))
    head = forms.CharField(label=t("负责人", "signed by"), required=False, max_length=40)
    signed_on = forms.DateField(label=t("签署日期", "signed on"), required=False, widget=DateInput())
    file = _file("盖公章的推荐意见扫描件", "scan of the opinion with the seal")
    sealed = forms.BooleanField(label=t("扫描件上已盖本单位公章", "the scan shows our seal"), required=False)
    joined = forms.BooleanField(required=False, label=t(
        "省级工业和信息化主管部门联合推荐", "the province's industry department recommends jointly"))
    preferred = forms.NullBooleanField(
        label=t("已运行两年以上的省部级实验室", "run two years at province or ministry level"), required=False,
        widget=UnknownOr(t("未核实", "not checked")))

    def written(self) -> Written:
        data = self.cleaned_data
        return Written(data["text"], data["head"], data["signed_on"], data["sealed"], data["joined"], data["preferred"])


def opinion_form(opinion: Opinion | None) -> OpinionForm:
    """With what stands there."""
    if opinion is None:
        return OpinionForm(initial={"version": 0})
    return OpinionForm(initial={"version": opinion.version, "text": opinion.text, "head": opinion.head,
                                "signed_on": opinion.signed_on, "sealed": opinion.sealed, "joined": opinion.joined,
                                "preferred": opinion.preferred})


class SendBackForm(Form):
    reasons = forms.CharField(label=t("要补充、改正什么", "what is to be completed or mended"), max_length=2000,
                              widget=_TEXT)


class DeclineForm(Form):
    ground = forms.ChoiceField(label=t("为什么", "why"), widget=forms.RadioSelect, choices=[
        ("materials", t("材料审核不通过（清单里有不通过的项）", "the materials fail (see the marks)")),
        ("opinion", t("材料通过，但不出具推荐意见", "the materials pass, but no recommendation is issued"))])
    reason = forms.CharField(max_length=2000, widget=_TEXT, label=t(
        "不推荐的理由（会告诉申报单位）", "reason (the applicant is told)"))


class ConcludeForm(Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
    conclusion = forms.ChoiceField(label=t("结论", "conclusion"), choices=list(CONCLUSIONS.items()),
                                   widget=forms.RadioSelect)
    reasons = forms.CharField(label=t("理由", "reasons"), required=False, max_length=5000, widget=_TEXT, help_text=t(
        "不通过的必须写；有项存疑、不通过或与系统核对结果相反而仍作通过的，也必须写",
        "needed for a failure, and for a pass while an item is doubted, fails or has the engine against it"))


def conclude_form(kept: Examination | None) -> ConcludeForm:
    """With what stands there."""
    if kept is None:
        return ConcludeForm(initial={"version": 0})
    return ConcludeForm(initial={"version": kept.version, "conclusion": kept.conclusion, "reasons": kept.reasons})


class WordingForm(Form):
    """What the officer may set of the notice."""

    title = forms.CharField(label=t("公示标题", "title of the notice"), required=False, max_length=160)
    text = forms.CharField(label=t("公示说明", "text of the notice"), required=False, max_length=5000,
                           widget=forms.Textarea({"rows": 3}))
    days = forms.IntegerField(label=t("公示时长（不短于规定）", "days (no fewer than the rule asks)"), required=False,
                              min_value=1, max_value=366)

    def wording(self) -> Wording:
        return Wording(self.cleaned_data["title"], self.cleaned_data["text"], self.cleaned_data["days"])
