"""Forms of people and organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from guiju.web.accounts.domain.organisations import checked_code
from guiju.web.accounts.models.organisations import KINDS, ROLES, Organisation
from guiju.web.kit.forms import DateInput, Form
from guiju.web.kit.lengths import within
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import say, t

LOGIN = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._@-]{2,59}$", t(
    "登录名用 3 至 60 个字母、数字或 . _ - @，以字母或数字开头",
    "3 to 60 letters, digits or . _ - @, a letter or digit first"))
LONGEST_FIELD = 60
_CODE_HELP = t("6 位验证码，或一个恢复码", "six digits, or a recovery code")


class SignInForm(Form):
    login = forms.CharField(label=t("登录名", "sign-in name"), max_length=60, widget=forms.TextInput(
        {"autocomplete": "username webauthn", "autofocus": True, "autocapitalize": "none", "spellcheck": "false"}))
    password = forms.CharField(label=t("密码", "password"), max_length=200, strip=False,
                               widget=forms.PasswordInput({"autocomplete": "current-password"}))


class CodeForm(Form):
    code = forms.CharField(label=t("验证码", "code"), max_length=20, help_text=_CODE_HELP, widget=forms.TextInput(
        {"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}))


class NewPasswordMixin(Form):
    new = forms.CharField(label=t("密码", "password"), max_length=200, strip=False, help_text=t(
        "至少 10 个字符，不能全是数字，不能太常见，不能像登录名",
        "ten characters at least; not all digits, not common"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}))
    again = forms.CharField(label=t("再输一次密码", "password again"), max_length=200, strip=False,
                            widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "new" in data and "again" in data and data["new"] != data["again"]:
            self.add_error("again", t("两次输入的密码不一样", "the two passwords differ"))
        return data


class RegisterForm(NewPasswordMixin):
    name = forms.CharField(label=t("姓名", "name"), max_length=60, widget=forms.TextInput({"autocomplete": "name"}))
    login = forms.CharField(label=t("登录名", "sign-in name"), max_length=60, validators=[LOGIN],
                            widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}))
    email = forms.EmailField(label=t("邮箱", "e-mail"), widget=forms.EmailInput({"autocomplete": "email"}),
                             help_text=t("用来收提醒和找回账号", "for reminders"))
    field_order = ("name", "login", "email", "new", "again")


class ResetForm(NewPasswordMixin):
    field_order = ("new", "again")


class PasswordForm(NewPasswordMixin):
    old = forms.CharField(label=t("原密码", "present password"), max_length=200, strip=False,
                          widget=forms.PasswordInput({"autocomplete": "current-password"}))
    field_order = ("old", "new", "again")


class ConfirmForm(Form):
    password = forms.CharField(label=t("密码", "password"), max_length=200, strip=False,
                               widget=forms.PasswordInput({"autocomplete": "current-password"}))


class CloseForm(Form):
    password = forms.CharField(label=t("密码", "password"), max_length=200, strip=False, required=False, help_text=t(
        "只用统一认证登录的不填", "leave it out if you only sign in by single sign-on"),
        widget=forms.PasswordInput({"autocomplete": "current-password"}))
    sure = forms.BooleanField(label=t("我已读上面的说明，要注销账号", "I have read this, and close my account"))


class AddressForm(Form):
    email = forms.EmailField(label=t("注册时填的邮箱", "the e-mail of your account"),
                             widget=forms.EmailInput({"autocomplete": "email"}))


class ProfileForm(Form):
    name = forms.CharField(label=t("姓名", "name"), max_length=60)
    email = forms.EmailField(label=t("邮箱", "e-mail"))


class KindMixin(Form):
    """The kind of an organisation. A public authority opens rounds: only the platform's operator enters one."""

    def __init__(self, *arguments: Any, operator: bool = False, **more: Any) -> None:
        super().__init__(*arguments, **more)
        kind = self.fields["kind"]
        if not operator and self.initial.get("kind") != "office" and isinstance(kind, forms.ChoiceField):
            kind.choices = [(id_, label) for id_, label in KINDS.items() if id_ != "office"]
            kind.help_text = kind.help_text or t("行政机关由平台管理员登记", "the operator enters public authorities")


class OrganisationEditForm(KindMixin):
    name = forms.CharField(label=t("单位全称", "full name"), max_length=120)
    kind = forms.ChoiceField(label=t("单位类别", "kind"), choices=list(KINDS.items()))
    region = forms.CharField(label=t("所在地", "place"), max_length=40, required=False, help_text=t(
        "省、市、县名或行政区划代码，如 海南省、110108", "a place's name or code, like 110108"))
    ministry = forms.CharField(label=t("主管部门", "ministry"), max_length=60, required=False,
                               help_text=t("中央单位填写", "for central units"))


class CodeMixin(KindMixin):
    code = forms.CharField(label=t("统一社会信用代码", "unified social credit code"), max_length=40,
                           help_text=t("18 位，会核对校验位", "18 characters; the check character is verified"),
                           widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false"}))

    def clean_code(self) -> str:
        try:
            return checked_code(self.cleaned_data["code"])
        except Refused as refusal:
            raise forms.ValidationError(say(refusal.text)) from None


class OrganisationForm(CodeMixin, OrganisationEditForm):
    field_order = ("code", "name", "kind", "region", "ministry")


class PartnerForm(CodeMixin):
    """An organisation by its code; its name only where it is not registered yet."""

    name = forms.CharField(label=t("单位全称", "full name"), max_length=120, required=False,
                           help_text=t("已登记的单位不用填", "not for an organisation that is registered"))
    kind = forms.ChoiceField(label=t("单位类别", "kind"), choices=list(KINDS.items()), initial="other",
                             help_text=t("已登记的单位不用填", "not for an organisation that is registered"))
    field_order = ("code", "name", "kind")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("code") and not data.get("name") and not Organisation.objects.filter(code=data["code"]).exists():
            self.add_error("name", t("这个单位还没有登记，请写全称", "it is not registered yet: give its full name"))
        return data


class EmailForm(Form):
    email = forms.EmailField(label=t("对方邮箱", "e-mail"))


class InviteForm(EmailForm):
    role = forms.ChoiceField(label=t("角色", "role"), choices=list(ROLES.items()), initial="agent")


class RoleForm(Form):
    role = forms.ChoiceField(label=t("角色", "role"), choices=list(ROLES.items()))


class PersonChoice(Form):
    """Someone of the organisation. `people`: those there are to choose from."""

    person = forms.ChoiceField(label=t("人员", "person"))

    def __init__(self, people: list[Any], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.people = {p.public_id: p for p in people}
        choice = self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", t("请选择", "choose")), *((p.public_id, f"{p.name}（{p.login}）") for p in people)]

    @property
    def chosen(self) -> Any:
        return self.people[self.cleaned_data["person"]]


class DelegationForm(PersonChoice):
    since = forms.DateField(label=t("自", "from"), widget=DateInput())
    until = forms.DateField(label=t("至（含当日）", "until, that day included"), widget=DateInput())
    reason = forms.CharField(label=t("事由", "reason"), max_length=200)


class ExpertForm(Form):
    title = forms.CharField(label=t("职称", "title"), max_length=60, required=False)
    specialities = forms.CharField(label=t("专业领域", "specialities"), max_length=600, help_text=t(
        "一行一个，如 标准化、计量、检验检测", "one a line"), widget=forms.Textarea({"rows": 4}))
    biography = forms.CharField(label=t("简介", "about you"), max_length=4000, required=False,
                                widget=forms.Textarea({"rows": 4}))

    def clean_specialities(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["specialities"].splitlines())
        try:
            return [within(LONGEST_FIELD, line, f"专业领域“{line[:10]}……”", f"field '{line[:10]}…'")
                    for line in lines if line]
        except Refused as refused:
            raise forms.ValidationError(say(refused.text)) from None


class PostForm(Form):
    """Where an expert worked or works. A row left blank is none."""

    institution = forms.CharField(label=t("单位", "institution"), max_length=120, required=False)
    code = forms.CharField(label=t("统一社会信用代码", "credit code"), max_length=40, required=False)
    position = forms.CharField(label=t("职务", "position"), max_length=60, required=False)
    since = forms.DateField(label=t("自", "from"), required=False, widget=DateInput())
    until = forms.DateField(label=t("至", "until"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("institution") and not data.get("since") and "since" not in self.errors:
            self.add_error("since", t("请写开始的日期", "say since when"))
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", t("不能早于开始的日期", "not before it began"))
        if data.get("code"):
            try:
                data["code"] = checked_code(data["code"])
            except Refused as refusal:
                self.add_error("code", say(refusal.text))
        return data


class RecommendingForm(Form):
    region = forms.CharField(label=t("推荐的地区", "region"), max_length=40, required=False)
    ministry = forms.CharField(label=t("推荐的部门", "ministry"), max_length=60, required=False)


class SuccessorForm(PersonChoice):
    sure = forms.BooleanField(label=t("我已确认：此人离开本单位，全部事项移交给上面选的人",
                                      "I confirm: the person leaves, and everything goes to the one chosen"))
