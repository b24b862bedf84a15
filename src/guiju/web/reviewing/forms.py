"""Forms of the review. What is wrong is said beside its field, in the words in which the acts say it to programs."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.lifecycle.events import CHINA
from guiju.review.ballots import CHOICES
from guiju.web.files.kinds import ACCEPT
from guiju.web.kit.forms import DateInput, Form
from guiju.web.kit.text import t
from guiju.web.reviewing.domain.approving import MOST_DAYS
from guiju.web.reviewing.domain.assigning import LONGEST
from guiju.web.reviewing.domain.marking import LONGEST_OPINION
from guiju.web.reviewing.models.marking import VETOES

TIE = "利害关系", "tie"
BOTH = {"required": t("两项认定都要选", "both findings are needed")}


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def _text(zh: str, en: str, most: int | None = None, needed: tuple[str, str] | None = None, rows: int = 0,
          what: tuple[str, str] = ("", ""), help_text: str = "") -> forms.CharField:
    """A text, of several lines where it has `rows`. `needed`: what is said where it is left out; none where it may be.
    `what`: how a text that is too long is called, if not by its label."""
    label = what if what[0] else (zh, en.lower())
    wrong = {"required": t(*needed or ("", "")), "max_length": t(
        f"{label[0]}太长：最多 %(limit_value)d 字，现有 %(show_value)d 字",
        f"the {label[1]} is too long: %(limit_value)d characters at most, there are %(show_value)d")}
    return forms.CharField(label=t(zh, en), max_length=most, required=needed is not None, error_messages=wrong,
                           help_text=help_text, widget=_words(rows) if rows else None)


class WithFile(Form):
    """`kept`: the ticket and the name of a file that was taken in before something else was refused."""

    kept: tuple[str, str] | None = None
    file = forms.FileField(label=t("材料", "a file"), required=False, max_length=255,
                           widget=forms.FileInput({"accept": ACCEPT}))


class DeclareForm(Form):
    tie = forms.ChoiceField(widget=forms.RadioSelect, label=t(
        "您与这份申报的单位、人员有无利害关系？", "Are you tied to the organisations or people of this application?"),
        choices=[("no", t("没有", "No")), ("yes", t("有", "Yes"))],
        error_messages={"required": t("请选择有无利害关系", "say whether there is a tie")})
    relation = _text("是什么关系（有的填写）", "Which tie, if there is one", LONGEST, what=TIE)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("tie") == "yes" and not data.get("relation") and "relation" not in self.errors:
            self.add_error("relation", t("有利害关系的，写明是什么关系", "say which tie it is"))
        return data


class OrganisationForm(Form):
    about = "code"
    code = _text("有关系的单位的统一社会信用代码", "Credit code of the organisation you are tied to", 24,
                 ("写明统一社会信用代码", "say which organisation, by its credit code"), what=("代码", "code"))
    relation = _text("是什么关系", "Which tie", LONGEST, ("写明是什么关系", "say what tie it is"), what=TIE)


class DeclineForm(Form):
    reason = _text("理由", "Reason", LONGEST, ("请写明推辞的理由", "say why you decline"),
                   what=("推辞的理由", "reason"))


class OpinionForm(Form):
    opinion = _text("总的意见", "Opinion on the whole", LONGEST_OPINION, rows=3, what=("评审意见", "opinion"))


class VetoForm(WithFile):
    kind = forms.ChoiceField(
        label=t("情形", "Which"), choices=[("", t("请选择", "choose")), *VETOES.items()], error_messages=dict.fromkeys(
            ("required", "invalid_choice"), t("选一种否决情形", "choose which veto it is")))
    evidence = _text("依据", "Evidence", None, ("认定命中否决项须写明依据", "a claimed veto needs its evidence"), 3)
    field_order = ("kind", "evidence", "file")


class SettleForm(Form):
    finding = _text("认定的理由", "Reason", None, ("写明认定的理由", "say why"), 2)


class VisitForm(Form):
    needed = _text("为什么有必要", "Why", None, ("写明为什么有必要现场评审", "say why a visit is necessary"), 2)
    begins = forms.DateField(label=t("开始日", "From"), required=False, widget=DateInput())
    ends = forms.DateField(label=t("结束日", "To"), required=False, widget=DateInput())
    visitors = _text("参加人员", "Who goes", 500, what=("参加人员", "list of visitors"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("begins") and data.get("ends") and data["ends"] < data["begins"]:
            self.add_error("ends", t("结束日不能早于开始日", "it can't end before it begins"))
        return data


class ReportForm(WithFile):
    conditions = forms.ChoiceField(
        label=t("是否具备建设条件", "Are the conditions there?"), widget=forms.RadioSelect, error_messages=BOTH,
        choices=[("yes", t("具备", "yes")), ("no", t("不具备", "no"))])
    direction = forms.ChoiceField(widget=forms.RadioSelect, label=t(
        "产业领域和研究重点是否符合申报方向", "Do field and focus fit the direction applied for?"),
        choices=[("yes", t("符合", "yes")), ("no", t("不符合", "no"))], error_messages=BOTH)
    findings = _text("现场所见", "What was found", None, ("写明现场所见", "say what was found"), 4)
    file = forms.FileField(label=t("现场评审报告", "Report"), required=False, max_length=255,
                           widget=forms.FileInput({"accept": ACCEPT}))


class CallForm(Form):
    title = _text("名称", "Title", 120)
    begins = forms.DateTimeField(
        label=t("时间", "When"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), t("写明日期和时间", "say on which day and when")))
    place = _text("地点", "Where", 120, what=("地点", "place"))
    agenda = _text("议程", "Agenda", rows=4)

    def clean_begins(self) -> Any:
        try:
            return self.cleaned_data["begins"].astimezone(CHINA)
        except OverflowError:  # at either end of all days, some hours away there is none
            raise forms.ValidationError(self.fields["begins"].error_messages["invalid"]) from None


class MinutesForm(Form):
    minutes = _text("纪要补充", "To be added to the minutes", rows=3)


class NotesForm(Form):
    notes = _text("记录", "Notes", rows=5)
    visited = forms.BooleanField(label=t("投票环节有现场考察", "There was a site visit before the vote"),
                                 required=False, widget=forms.CheckboxInput({"value": "yes"}))

    def clean_visited(self) -> bool:
        return self.data.get("visited") == "yes"


class VoteForm(Form):
    choice = forms.ChoiceField(
        label=t("您的意见", "Your vote"), widget=forms.RadioSelect,
        choices=[(key, t(label.zh, label.en)) for key, label in CHOICES.items()],
        error_messages={"required": t("请选一项", "choose one"),
                        "invalid_choice": t("没有“%(value)s”这个选项", "there is no choice '%(value)s'")})
    word = _text("自选的一句话", "A word of your own", 40, what=("这句话", "word"), help_text=t(
        "随便写几个字，只有您知道就行，例如一句诗。它和随机数一起算进您的票号：系统若想把同一张票算给两个人，您一核对就会发现。",
        "Any few words that only you know. They go into your paper number together with the random number: should the"
        " system pass one paper off as two people's, you would find out."))


class PublishForm(Form):
    """The proposed list: published with `days`, or one that is chosen not approved with `reason`."""

    days = forms.IntegerField(
        label=t("公示天数", "Days of the notice"), required=False, min_value=1, max_value=MOST_DAYS,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=t("不填按规定的最短", "the shortest allowed, if empty"),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), t(
            f"公示天数写 1 到 {MOST_DAYS} 的整数",
            f"the days of the notice are a whole number from 1 to {MOST_DAYS}")))
    reason = _text("审定未通过的理由（只在不通过时）", "Reason, if it is not approved", 500, what=("理由", "reason"))


class ApproveForm(Form):
    planned_end = forms.DateField(
        label=t("计划建成日", "Planned end"), widget=DateInput(),
        help_text=t("一般不超过二十四个月，更长的写明理由", "24 months as a rule; longer needs a reason"),
        error_messages={"required": t("写计划建成日", "say when the building is planned to end")})


class CommitteeForm(Form):
    name = _text("名称", "Name", 120)


class ConfirmForm(Form):
    reason = _text("由人认定的理由", "Reason for what a person decides", rows=3)


class PanelForm(Form):
    about = "field"
    field = _text("专业领域", "Field", 60, ("写明专业领域", "say which field"))


class PairForm(Form):
    reason = _text("理由", "Reason", 300, (
        "指定或禁止一对专家和申报，都要写明理由", "give your reason for fixing or forbidding a pair"))


class DeadlineForm(Form):
    deadline = forms.DateField(label=t("评审截止日", "Last day for the review"), required=False, widget=DateInput())
