"""What of a round is open still, and what stands still for it. Some of it keeps the round from being published: that
without which nobody could apply or recommend. The rest may be set later, and each point says by when it is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.facts.model import Facts
from guiju.forms import form_ids
from guiju.language.policy import Parameter
from guiju.lifecycle.case import State
from guiju.lifecycle.chart import Chart, Move, Notice
from guiju.lifecycle.checks.views.expressions import parameters_in, said_by
from guiju.lifecycle.environment import interpreter, own_settings, parameter_values
from guiju.source.diagnostics import GuijuError, Text
from guiju.values import FAIL
from guiju.web.accounts.models import Organisation
from guiju.web.cases.charts import calendar
from guiju.web.cases.rules import roles_held_by
from guiju.web.kit.clock import today
from guiju.web.rounds.callers import callers_entered
from guiju.web.rounds.models import Round, RoundBody
from guiju.web.rounds.procedure import body_role, caller_role, chart_for, offices_of, settings_day
from guiju.web.rounds.review_rules import ReviewRules, rules_of

BY_BODY = {"recommender_deadline": "deadline", "recommender_copies": "copies", "department_quota": "department_quota"}


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """`what` is open; `stops`: what stands still without it. `section`: of the round's editing, where it is set."""

    what: Text
    section: str
    blocks: bool
    stops: tuple[Text, ...] = ()
    clauses: tuple[str, ...] = ()


def open_points(round_: Round, day: dt.date | None = None) -> list[OpenPoint]:
    """Everything that is open, what blocks publication first."""
    chart, bodies = chart_for(round_), list(round_.bodies.select_related("body__organisation"))
    found = [*_dates(round_, day or today()), *_papers(round_), *_offices(round_, chart),
             *_bodies(round_, chart, bodies), *_parameters(round_, chart, bodies), *_rules(rules_of(round_), chart)]
    return sorted(found, key=lambda p: not p.blocks)


def _dates(round_: Round, day: dt.date) -> Iterator[OpenPoint]:
    apply = Text("申报不能开始", "nobody can apply")
    if round_.opens is None:
        yield OpenPoint(Text("没有定申报开始日", "the first day of applications is not set"), "dates", True, (apply,))
    if round_.closes is None:
        yield OpenPoint(Text("没有定申报截止日", "the last day of applications is not set"), "dates", True, (apply,))
    elif round_.state == "draft" and round_.closes < day:
        yield OpenPoint(Text("申报截止日已经过去", "the last day of applications has passed"), "dates", True, (apply,))
    years = [d.year for d in (round_.opens, round_.closes) if d and not calendar().known(d.year)]
    if years:
        named = "、".join(map(str, sorted(set(years))))
        yield OpenPoint(Text(f"{named} 年的节假日安排还没有收录，工作日只按周末推算",
                             f"no table of holidays for {named}: working days are counted on weekends only"),
                        "dates", False)


def _papers(round_: Round) -> Iterator[OpenPoint]:
    if round_.form not in form_ids():
        yield OpenPoint(Text("没有选申报表", "no application form is chosen"), "dates", False,
                        (Text("网上不能填报材料", "nothing can be filled in on the site"),))
    if not round_.texts.get("call"):
        yield OpenPoint(Text("没有写申报通知正文", "the call has no text"), "texts", False,
                        (Text("公开页和通知文件只有日程", "the call and its paper show the days alone"),))


def _offices(round_: Round, chart: Chart) -> Iterator[OpenPoint]:
    named: dict[str, str] = round_.rules.get("offices", {})
    known = set(Organisation.objects.filter(public_id__in=named.values(), is_active=True).values_list(
        "public_id", flat=True))
    for role in offices_of(chart):
        if named.get(role) not in known:
            label = chart.roles[role].label
            yield OpenPoint(Text(f"没有指定“{label.zh}”由哪个单位担任", f"no organisation is named as '{label.en}'"),
                            "offices", True, tuple(_moves_of(chart, role)), chart.roles[role].clauses)
    caller, calling = named.get(caller_role(chart)), chart.roles[caller_role(chart)]
    if caller in known and not Organisation.objects.filter(public_id=caller, pk__in=callers_entered(chart)).exists():
        yield OpenPoint(Text(f"所指定的“{calling.label.zh}”不是平台管理员为这个项目指定的机关",
                             f"who is named as '{calling.label.en}' is not what the operator entered for it"),
                        "offices", True, (), calling.clauses)
    if caller in known and not _same_or_below(round_.office, caller):
        yield OpenPoint(Text("发布单位不是所指定的主管部门，也不隶属于它",
                             "who publishes is neither the office that calls nor subordinate to it"),
                        "offices", True, (), calling.clauses)


def _same_or_below(office: Organisation, caller: str) -> bool:
    row: Organisation | None = office
    while row is not None:
        if row.public_id == caller:
            return True
        row = row.above
    return False


def _moves_of(chart: Chart, role: str) -> Iterator[Text]:
    own = [m.label for m in chart.moves.values() if any(u.role == role for u in m.roles)]
    procedures = [p.label for p in chart.procedures.values() if role in p.chart.roles]
    yield from [*own, *procedures][:4]


def _bodies(round_: Round, chart: Chart, bodies: list[RoundBody]) -> Iterator[OpenPoint]:
    role = body_role(chart)
    if not role:
        return
    if not bodies:
        yield OpenPoint(Text("没有列推荐单位", "no recommending body is named"), "bodies", True,
                        tuple(_moves_of(chart, role)), chart.roles[role].clauses)
    for row in bodies:
        if row.deadline and round_.closes and row.deadline > round_.closes:
            name = row.body.organisation.name
            yield OpenPoint(Text(f"{name}的截止日晚于批次截止日", f"the deadline of {name} is later than the round's"),
                            "bodies", True)


def _parameters(round_: Round, chart: Chart, bodies: list[RoundBody]) -> Iterator[OpenPoint]:
    for parameter in chart.parameters.values():
        if parameter.default is not None or parameter.dated or round_.parameters.get(parameter.id):
            continue
        if parameter.id == "recommender_deadline" and round_.closes:
            continue  # the round's own last day, where a body set none
        field = BY_BODY.get(parameter.id)
        without = [r.body.organisation.name for r in bodies if field and getattr(r, field) is None]
        if field and bodies and not without:
            continue
        still, stuck = _dependents(round_, chart, parameter)
        if not still:
            continue
        of = Text("：" + "、".join(without), ": " + ", ".join(without)) if without else Text("", "")
        what = Text(f"“{parameter.name}”没有设定{of.zh}", f"'{parameter.id}' is not set{of.en}")
        yield OpenPoint(what, "bodies" if field else "parameters", stuck, tuple(still), parameter.clauses)


def _dependents(round_: Round, chart: Chart, parameter: Parameter) -> tuple[list[Text], bool]:
    """What can't be worked out without a parameter, and whether an applicant or a recommending body would be stuck."""
    still, stuck = [], False
    early = roles_held_by(chart, "applicant", "round")
    for rule in chart.rules():
        if isinstance(rule, Move):
            guards = [g for g in rule.guards if parameter.id in parameters_in(g.node) and _applies(round_, chart, g)]
            reads = bool(guards) or any(parameter.id in parameters_in(s.node) for s in rule.sets)
            stuck |= reads and any(use.role in early for use in rule.roles)
        else:
            reads = any(parameter.id in parameters_in(s.node) for s in said_by(rule))
        if reads:
            kind = Text("公示", "notice") if isinstance(rule, Notice) else Text("步骤", "move") \
                if isinstance(rule, Move) else Text("期限", "term")
            label = rule.label
            still.append(Text(f"{kind.zh} {rule.id}“{label.zh}”算不出来",
                              f"{kind.en} {rule.id} '{label.en or label.zh}' can't be worked out"))
    return still, stuck


def _applies(round_: Round, chart: Chart, guard: object) -> bool:
    """Whether a guard could apply under the round's settings, whatever the facts of a case."""
    applies = getattr(guard, "applies", None)
    if applies is None:
        return True
    day = settings_day(round_)
    try:
        settings = parameter_values(chart, own_settings(round_.parameters), day)
    except GuijuError:
        return True
    it = interpreter(None, State(chart, "", day, Facts(), settings), day, calendar())
    return bool(it.status(applies) != FAIL)


_SCORING = Text("评审得分和名次算不出来", "no score or rank can be computed")
_VOTING = Text("投票结果算不出来", "no result of the vote can be computed")
_LISTING = Text("没有现场评审的申报不能列入建议名单", "an application without a visit can't be listed")
_OBJECTING = Text("按流程图的默认读法，匿名异议也受理", "by the chart's default reading they are")
_ASSIGNING = Text("不能自动分配专家", "experts can't be assigned automatically")


def _rules(rules: ReviewRules, chart: Chart) -> Iterator[OpenPoint]:
    """Which of the review's detailed rules nobody has set. The source leaves them to the committee: a round may be
    published without, a review can't be ended."""
    if "pass_line" not in chart.parameters:
        return
    trims = rules.aggregate == "trimmed_mean"
    needed = (
        (bool(rules.weights), "指标权重", "the weights of the indicators", _SCORING, "指24三(四)"),
        (rules.scale is not None, "单项打分的满分", "the top of the scale", _SCORING, "指24三(四)"),
        (rules.aggregate is not None, "各专家得分的汇总办法", "how marks are put together", _SCORING, "指24三(四)"),
        (rules.trim is not None or not trims, "去掉几个最高、最低分", "how many marks are left out", _SCORING,
         "指24三(四)"),
        (rules.least_scores is not None, "每个申报至少几位专家打分", "how many experts must mark an application",
         _SCORING, "指24三(四)"),
        (rules.quorum is not None, "投票的到会比例", "the quorum", _VOTING, "指24三(五)"),
        (rules.abstentions_count is not None, "弃权是否计入票数", "whether abstentions count", _VOTING, "指24三(五)"),
        (rules.panel_size is not None, "每个申报几位专家", "how many experts an application has", _ASSIGNING,
         "指24三(四)"),
        (rules.load_most is not None, "每位专家最多评几个", "how many applications an expert takes at most",
         _ASSIGNING, "指24三(四)"),
        (rules.blind is not None, "是否盲评", "whether reviewers see names", _ASSIGNING, "指24三(四)"),
        (rules.one_per_institution is not None, "同一专家组能否有两人同单位",
         "whether two of a panel may be colleagues", _ASSIGNING, "指24三(四)"),
        (rules.visit_required is not None, "是否须有现场评审", "whether a site visit is required", _LISTING,
         "指24三(四)"),
        (rules.anonymous_objections is not None, "是否受理匿名异议", "whether objections without a name are heard",
         _OBJECTING, "指24三(三)"))
    for is_set, zh, en, stops, clause in needed:
        if not is_set:
            yield OpenPoint(Text(f"评审细则没有设定：{zh}", f"the review rules leave open {en}"), "rules", False,
                            (stops,), (clause,))
