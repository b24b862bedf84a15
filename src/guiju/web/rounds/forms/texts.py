"""The wording of the call and of the notices."""

from __future__ import annotations

from django import forms

from guiju.source.diagnostics import Text
from guiju.web.kit.text import say, t
from guiju.web.rounds.edits import Edit
from guiju.web.rounds.forms.section import About, SectionForm

_LONG = 20000


class TextsForm(SectionForm):
    def build(self) -> None:
        self._text("call", t("申报通知正文", "text of the call"), 14)
        self._text("contact", t("联系方式（公开）", "contact, in public"), 3)
        self.fields["call_number"] = forms.CharField(label=t("发文字号", "number of the paper"), max_length=60,
                                                     required=False, initial=self.round.texts.get("call_number", ""))
        self.fields["late_clause"] = forms.CharField(
            label=t("通知里写明“逾期不予受理”之处", "where the call says that nothing late is accepted"), max_length=60,
            required=False, initial=self.round.texts.get("late_clause", ""), help_text=t(
                "如 第三条；通知没有写的不填：逾期仍不收件，但会写明那是平台的默认做法",
                "as 第三条; leave it open if the call does not say so: the site's own default is then named as that"))
        for notice in self.chart.notices.values():
            self._text(notice.id, say(Text(f"{notice.label.zh}的正文", f"text of: {notice.label.en}")), 5)
            self.abouts[notice.id] = About(notice.subject, notice.clauses)

    def _text(self, name: str, label: str, rows: int) -> None:
        self.fields[name] = forms.CharField(label=label, required=False, max_length=_LONG,
                                            initial=self.round.texts.get(name, ""),
                                            widget=forms.Textarea({"rows": rows}))

    def edit(self) -> Edit:
        return Edit(texts={name: value.strip() or None for name, value in self.cleaned_data.items()})
