"""Forms of notices and objections."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.web.files.kinds import ACCEPT
from guiju.web.kit.forms import Form
from guiju.web.kit.text import t
from guiju.web.notices.domain.objecting import LONGEST, MOST_FILES


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Some files, or none."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        return [single(one, initial) for one in (data if isinstance(data, list | tuple) else [data]) if one]


class IfNamed(forms.CharField):
    """Asked of those who object by name only: not called optional, and it says for whom it is."""

    needed = True

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, help_text=t("实名提出的要写", "if you object by name"), **options)


class ObjectionForm(Form):
    ground = forms.CharField(label=t("异议理由", "what is wrong"), max_length=LONGEST,
                             widget=forms.Textarea({"rows": 7}), help_text=t(
        "写清事实和依据。申报单位和公众看不到您写的内容", "facts and grounds; applicants and the public do not see it"))
    evidence = Files(label=t("佐证文件", "evidence"), required=False, widget=Several({"accept": ACCEPT}), help_text=t(
        f"至多 {MOST_FILES} 个；文件名和文件里的作者信息可能暴露身份，匿名的请先去掉",
        f"{MOST_FILES} at most; a file's name and its author may tell who you are"))
    how = forms.ChoiceField(label=t("怎样提出", "how"), widget=forms.RadioSelect)
    name = IfNamed(label=t("姓名或单位", "name"), max_length=60)
    contact = IfNamed(label=t("联系方式", "how to reach you"), max_length=120)
    field_order = ("ground", "evidence", "how", "name", "contact")

    def __init__(self, user: Any, anonymous: bool, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.own = user if user.is_authenticated else None
        choices = [("account", t(f"用我的账号实名（{self.own.name}）", f"as {self.own.name}"))] if self.own else []
        choices.append(("named", t("实名，留姓名和联系方式", "with a name and a way to reach me")))
        if anonymous:
            choices.append(("anonymous", t("匿名，不留任何身份", "without a name; nothing of me is kept")))
        field = self.fields["how"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("how") == "named":
            for name in ("name", "contact"):
                if not str(data.get(name, "")).strip():
                    self.add_error(name, t("实名异议要写", "a named objection asks for it"))
        return data


class CodeForm(Form):
    code = forms.CharField(label=t("回执编码", "code of the receipt"), max_length=40, widget=forms.TextInput(
        {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}))


class AnswerForm(Form):
    answer = forms.CharField(label=t("答复", "answer"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}))


class HandleForm(Form):
    """The settling of an objection. `step`: what the office does; the finding goes with the last one."""

    finding = forms.CharField(label=t("核查意见", "finding"), max_length=LONGEST, required=False,
                              widget=forms.Textarea({"rows": 4}), help_text=t(
        "受理时不写；成立、不成立都要写，异议人凭回执能看到",
        "not when it is taken on; asked for to uphold or to dismiss, and the objector sees it"))

    def __init__(self, data: Any = None, step: str = "") -> None:
        super().__init__(data)
        self.step = step
        vars(self.fields["finding"])["needed"] = True  # by the step: never called optional

    def clean_finding(self) -> str:
        found = str(self.cleaned_data["finding"]).strip()
        if self.step == "accept" and found:
            raise forms.ValidationError(t(
                "受理时不收核查意见：清空后再受理，核查后再写；要直接以不成立结案的，点“不成立”",
                "taking it on keeps no finding: empty the field, and write it once it is examined; to dismiss it now,"
                " choose “Dismiss”"))
        if self.step != "accept" and not found:
            raise forms.ValidationError(t("写明核查意见：成立、不成立都要有理由",
                                          "write the finding: to uphold or to dismiss asks for reasons"))
        return found


class InquiryForm(Form):
    to = forms.ChoiceField(label=t("向谁了解", "whom"), choices=[
        ("objector", t("异议人（凭回执答复）", "the objector")), ("other", t("其他单位或个人", "somebody else"))])
    of = forms.CharField(label=t("对方名称", "who"), max_length=120, required=False)
    question = forms.CharField(label=t("问什么", "question"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("to") == "other" and not data.get("of") and "of" not in self.errors:
            self.add_error("of", t("写明向谁了解", "say who is asked"))
        return data


class WithdrawForm(Form):
    why = forms.CharField(label=t("撤回理由", "why"), max_length=500, widget=forms.Textarea({"rows": 3}))
