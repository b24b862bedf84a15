"""The review's detailed rules. The source leaves them to the committee: none has a default here."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django import forms

from guiju.review.conflicts import rule_names
from guiju.review.rubric import load_rubric
from guiju.source.diagnostics import Text
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.text import say, t
from guiju.web.rounds.edits import Edit
from guiju.web.rounds.forms.section import About, Group, SectionForm
from guiju.web.rounds.programmes import RUBRICS
from guiju.web.rounds.review_rules import share

_AGGREGATES = [("", t("不设", "not set")), ("mean", t("平均", "mean")),
               ("trimmed_mean", t("去掉最高、最低后平均", "mean without the highest and the lowest"))]
_MODES = [("", t("不设（只提示）", "not set: a hint")), ("off", t("不查", "off")), ("hint", t("提示", "hint")),
          ("bar", t("回避", "bars"))]
_YES_NO = [("", t("不设", "not set")), ("yes", t("是", "yes")), ("no", t("否", "no"))]
_COUNTS = (("scale", "单项满分（打 0 到几分）", "top of a mark", 1, 1000),
           ("trim", "最高、最低各去掉几个", "left out at each end", 1, 20),
           ("least_scores", "每个申报至少几位专家打分", "marks an application at least", 1, 99),
           ("panel_size", "每个申报几位专家", "experts an application", 1, 99),
           ("in_field", "其中本领域至少几位", "of them in its field at least", 0, 99),
           ("load_least", "每位专家至少评几个", "applications an expert at least", 0, 999),
           ("load_most", "每位专家最多评几个", "applications an expert at most", 1, 999),
           ("objection_days", "异议处理期限（工作日）", "working days to settle an objection", 1, 366))
_ANSWERS = (("abstentions_count", "弃权计入总票数", "abstentions count"),
            ("recused_count", "回避的委员计入委员数和到会数", "recused members count"),
            ("blind", "盲评：专家看不到单位和人名", "blind"),
            ("one_per_institution", "同一专家组不得有两人同单位", "one of an institution"),
            ("visit_required", "须有现场评审", "a visit is required"),
            ("anonymous_objections", "受理匿名异议", "anonymous objections are heard"))
_SCORING = ("scale", "aggregate", "trim", "least_scores", "blind")
_VOTING = ("quorum", "abstentions_count", "recused_count", "visit_required")
_ASSIGNING = ("panel_size", "in_field", "load_least", "load_most", "one_per_institution")
_OTHER = ("anonymous_objections", "objection_days", "reminders")


class ReviewForm(SectionForm):
    def build(self) -> None:
        kept = self.round.rules
        self._weights(kept.get("weights", {}))
        for name, zh, en, low, high in _COUNTS:
            self.fields[name] = forms.IntegerField(label=t(zh, en), required=False, min_value=low, max_value=high,
                                                   initial=kept.get(name))
        for name, zh, en in _ANSWERS:
            known = kept.get(name)
            self.fields[name] = forms.ChoiceField(label=t(zh, en), required=False, choices=_YES_NO,
                                                  initial="" if known is None else "yes" if known else "no")
        self.fields["aggregate"] = forms.ChoiceField(label=t("各专家得分怎样汇总", "how marks are put together"),
                                                     required=False, choices=_AGGREGATES,
                                                     initial=kept.get("aggregate", ""))
        self.fields["quorum"] = forms.CharField(label=t("到会比例", "quorum"), required=False, max_length=12,
                                                initial=kept.get("quorum", ""),
                                                help_text=t("如 2/3、60%", "as 2/3, 60%"))
        self.fields["reminders"] = forms.CharField(
            label=t("期限前几日提醒", "reminders, days before"), required=False, max_length=40,
            initial="、".join(map(str, kept.get("reminders", []))), help_text=t("如 7、3、1", "as 7, 3, 1"))
        for id_, rule in rule_names().items():
            self.fields[f"conflict_{id_}"] = forms.ChoiceField(
                label=say(rule), required=False, choices=_MODES, initial=kept.get("conflicts", {}).get(id_, ""))

    def _weights(self, kept: dict[str, str]) -> None:
        rubric = RUBRICS.get(self.chart.id)
        for group in load_rubric(rubric).groups if rubric else ():
            for indicator in group.indicators:
                name = f"weight_{indicator.id}"
                label = Text(f"{group.name.zh}·{indicator.name.zh}", f"{group.name.en}: {indicator.name.en}")
                self.fields[name] = forms.DecimalField(label=say(label), required=False, max_digits=6,
                                                       decimal_places=2, initial=kept.get(indicator.id))
                veto = "（否决项，可不设分）" if indicator.veto else ""
                points = "；".join(indicator.points)
                self.abouts[name] = About(Text(f"看：{points}{veto}", points), ("指24三(四)",))

    def groups(self) -> Iterator[Group]:
        weights = [n for n in self.fields if n.startswith("weight_")]
        total = sum((Fraction(str(w)) for w in self.round.rules.get("weights", {}).values()), Fraction(0))
        if weights:
            yield Group(Text("指标权重（分值）", "Weights of the indicators"), tuple(self.described(*weights)), Text(
                f"原文有指标，没有分值，由评审细则定。现在合计 {float(total):g} 分",
                f"the source names the indicators, not their points; now {float(total):g} in all"))
        yield Group(Text("打分", "Marks"), tuple(self.described(*_SCORING)))
        yield Group(Text("投票", "Vote"), tuple(self.described(*_VOTING)), Text(
            "评审合格线和票决比例在“参数和读法”里设", "the pass line and the majority are among the parameters"))
        yield Group(Text("专家分配", "Assignment"), tuple(self.described(*_ASSIGNING)))
        conflicts = [n for n in self.fields if n.startswith("conflict_")]
        yield Group(Text("利益冲突", "Conflicts of interest"), tuple(self.described(*conflicts)), Text(
            "原文没有回避规则，这里是平台的扩展，由本批次决定", "the source has no rule of recusal: the round decides"))
        yield Group(Text("异议和提醒", "Objections and reminders"), tuple(self.described(*_OTHER)))

    def clean_quorum(self) -> str:
        word = str(self.cleaned_data["quorum"]).strip()
        try:
            share(word)
        except ValueError:
            raise forms.ValidationError(t("写 0 到 1 之间的比例，如 2/3、60%", "a share from 0 to 1, as 2/3")) from None
        return word

    def clean_reminders(self) -> list[int]:
        words = str(self.cleaned_data["reminders"]).replace("、", ",").replace("，", ",").split(",")
        found = {whole_number(w) for w in words if w.strip()}
        days = {day for day in found if day is not None}
        if found != days:
            raise forms.ValidationError(t("写天数，用顿号或逗号隔开", "numbers of days, by comma"))
        if any(day > 366 for day in days):
            raise forms.ValidationError(t("提醒在 0 到 366 日之前", "from 0 to 366 days before"))
        return sorted(days, reverse=True)

    def edit(self) -> Edit:
        data = self.cleaned_data
        rules: dict[str, Any] = {name: data[name] for name, *_ in _COUNTS}
        rules.update({name: {"yes": True, "no": False}.get(data[name]) for name, *_ in _ANSWERS})
        rules.update({name: data[name] or None for name in ("aggregate", "quorum", "reminders")})
        rules["weights"] = {n.removeprefix("weight_"): format(v.normalize(), "f") for n, v in data.items()
                            if n.startswith("weight_") and v is not None}
        rules["conflicts"] = {n.removeprefix("conflict_"): v for n, v in data.items()
                              if n.startswith("conflict_") and v}
        return Edit(rules=rules)
