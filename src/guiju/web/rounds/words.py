"""A round's settings and changes in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation
from guiju.web.kit.text import say
from guiju.web.rounds.models import STATES, Round, RoundChange
from guiju.web.rounds.procedure import chart_for

FIELDS = {
    "state": Text("状态", "state"),
    "title": Text("名称", "name"),
    "title_en": Text("英文名称", "name in English"),
    "form": Text("申报表", "form"),
    "opens": Text("申报开始日", "first day"),
    "closes": Text("申报截止日", "last day"),
    "deadline": Text("截止日", "deadline"),
    "copies": Text("纸质份数", "copies"),
    "places": Text("名额", "places"),
    "department_quota": Text("每部门限额", "quota a department"),
    "offices": Text("主管部门", "offices"),
    "plan": Text("计划日程", "plans"),
    "weights": Text("指标权重", "weights"),
    "conflicts": Text("利益冲突规则", "conflicts"),
    "scale": Text("单项满分", "top of a mark"),
    "aggregate": Text("汇总办法", "aggregate"),
    "trim": Text("去掉几个", "left out"),
    "least_scores": Text("至少几位打分", "least marks"),
    "quorum": Text("到会比例", "quorum"),
    "abstentions_count": Text("弃权计入", "abstentions count"),
    "recused_count": Text("回避计入", "recused members count"),
    "blind": Text("盲评", "blind"),
    "panel_size": Text("专家组人数", "panel"),
    "load_least": Text("至少评几个", "least load"),
    "load_most": Text("最多评几个", "most load"),
    "in_field": Text("本领域专家", "in the field"),
    "one_per_institution": Text("同单位限一人", "one of an institution"),
    "anonymous_objections": Text("匿名异议", "anonymous objections"),
    "objection_days": Text("异议处理期限", "days to settle an objection"),
    "visit_required": Text("须有现场评审", "visit required"),
    "reminders": Text("提醒", "reminders"),
    "call": Text("通知正文", "text of the call"),
    "contact": Text("联系方式", "contact"),
    "call_number": Text("发文字号", "number"),
}


def word_for(round_: Round, name: str) -> Text:
    """What a name of `edits.snapshot` is called."""
    area, _, own = name.partition(".")
    chart = chart_for(round_)
    if area == "parameters" and own in chart.parameters:
        return Text(chart.parameters[own].name, own)
    if area == "texts" and own in chart.notices:
        label = chart.notices[own].label
        return Text(f"{label.zh}正文", f"text of: {label.en}")
    if area == "bodies":
        key, _, field = own.partition(".")
        organisation = Organisation.objects.filter(public_id=key).first()
        of = organisation.name if organisation else key
        word = FIELDS.get(field, Text("参加", "takes part"))
        return Text(f"{of}·{word.zh}", f"{of}: {word.en}")
    return FIELDS.get(own or area, Text(name, name))


def value_for(round_: Round, name: str, value: Any) -> str:
    """A value of a snapshot in words."""
    if value in (None, "", {}, []):
        return "—"
    if name == "state":
        return str(STATES[value])
    if isinstance(value, bool):
        return say(Text("是", "yes")) if value else say(Text("否", "no"))
    if name == "rules.offices":
        chart = chart_for(round_)
        names = dict(Organisation.objects.filter(public_id__in=value.values()).values_list("public_id", "name"))
        held = [(chart.roles[r].label, names.get(o, o)) for r, o in value.items() if r in chart.roles]
        return "；".join(f"{say(label)}：{name}" for label, name in held)
    if isinstance(value, dict):
        return "；".join(f"{k} {v}" for k, v in value.items())
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def changed(round_: Round, rows: list[tuple[str, Any, Any]]) -> Iterator[tuple[Text, str, str]]:
    """Differences as a table shows them."""
    for name, before, after in rows:
        yield word_for(round_, name), value_for(round_, name, before), value_for(round_, name, after)


def history(round_: Round) -> list[tuple[RoundChange, list[tuple[Text, str, str]]]]:
    """The changes since it was published, the last first."""
    return [(c, list(changed(round_, [(n, c.before.get(n), c.after.get(n)) for n in c.after])))
            for c in round_.changes.select_related("by").order_by("-version")]
