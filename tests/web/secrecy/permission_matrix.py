"""Who may do what, at which stage: generated from the site, kept as two texts that people review.

`python tests/web/secrecy/permission_matrix.py` (from the top folder) accepts the present answer: it runs the tests that
write it. What changed is then read in the difference before it is committed.
"""

from __future__ import annotations

import os
import subprocess  # nosec B404  # this very folder's tests
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TABLE, MOVES = (Path(__file__).with_name(f"{name}-matrix.txt") for name in ("permission", "move"))
ACCEPT = "GUIJU_ACCEPT_MATRIX"
WHO = ("a", "a_reader", "a_partner", "b", "rec_a", "rec_b", "qdb", "samr", "ministries", "leader", "expert_a",
       "expert_b", "chair", "member", "objector", "operator", "stranger")
WALKS = (
    "十、运行：每年报告，三次综合评价", "现场评审后回到打分，再提交", "审定未通过",
    "名单公示有异议，核查期间公示照走，不成立后批准", "异议成立，公示满期后退回并说明理由",
    "建设各环节都可报重大事项、登记检查、查处造假；延期由协调机制或两部门定",
    "验收各环节都可报重大事项、登记检查、查处造假；各步要给出的事实",
    "重组后重新评审未通过，后果未载，两部门写明理由，不失去正式运行",
    "运行各环节都可报重大事项、登记检查、查处造假，都须交年报；前次整改的认定不带到下次")
NOBODY = "operator"  # who has no part in any case: what he may do, anyone may
Answers = dict[str, dict[str, frozenset[str]]]  # permission → stage → who may


def may(base: Any, people: dict[str, Any], application: Any) -> dict[str, frozenset[str]]:
    """Who may what towards the first application and what hangs on it, as things stand now."""
    from guiju.web.accounts.models import User
    from guiju.web.kit.permissions import verdict

    users = {who: User.objects.get(pk=people[who].pk) for who in WHO if who in people}
    return {permission: frozenset(who for who, user in users.items() if verdict(user, permission, thing))
            for permission, thing in _things(base, application).items()}


def _things(base: Any, application: Any) -> dict[str, Any]:
    """Each permission with a thing that it is about; without those whose thing is not there yet."""
    from guiju.web.cases.models import CaseRecord
    from guiju.web.intake.models import Batch
    from guiju.web.kit.permissions import PERMISSIONS
    from guiju.web.laboratories.models import Laboratory
    from guiju.web.notices.models import Objection, PublicNotice
    from guiju.web.reviewing.models import Assigned, Hearing, Meeting, Placement

    case = CaseRecord.objects.select_related("revision", "organisation").get(pk=application.case_id)
    application.case = case
    mine: dict[str, Any] = {
        "application": application, "recommend": application, "examine": application, "case": case,
        "round": base.round, "organisation": base.host, "recommending": base.host,
        "batch.view": Batch.objects.first(), "objection.handle": Objection.objects.first(),
        "notice.withdraw": PublicNotice.objects.first(), "review": base.round,
        "review.own": Assigned.objects.filter(application=application, user__login="expert_a").first(),
        "review.lead": Placement.objects.filter(application=application).first(),
        "review.hear": Hearing.objects.filter(application=application).first(),
        "review.meet": Meeting.objects.first(), "review.conduct": Meeting.objects.first(),
        "review.vote": Hearing.objects.first(), "laboratory": Laboratory.objects.filter(case=case).first()}
    found = {}
    for permission in sorted(PERMISSIONS.keys() - {"file.view"}):  # a file is its holder's: see the crawl
        kind = permission if permission in mine else permission.partition(".")[0]
        if kind not in mine or mine[kind] is not None:
            found[permission] = mine.get(kind)
    return found


def permissions_text(answers: Answers) -> str:
    """Permissions, each with who has it, by the stages of the first application's case."""
    return "\n".join(("# 谁能做什么 Who may do what", "", *_permissions(answers), ""))


def moves_text(moves: dict[str, dict[str, set[str]]]) -> str:
    """The chart's moves by stage and by who makes them; what everybody may do is left out."""
    head = "# 各环节由谁办 Who makes the moves, at each stage that the timelines reach"
    return "\n".join((head, "", *_moves(moves), ""))


def _permissions(answers: Answers) -> Iterator[str]:
    for permission, by_stage in sorted(answers.items()):
        yield permission
        groups: list[tuple[list[str], frozenset[str]]] = []
        for stage, who in by_stage.items():
            if groups and groups[-1][1] == who:
                groups[-1][0].append(stage)
            else:
                groups.append(([stage], who))
        for stages, who in groups:
            span = stages[0] if len(stages) == 1 else f"{stages[0]}–{stages[-1]}"
            yield f"  {span}: {' '.join(_sorted(who)) or '—'}"


def _sorted(who: Iterable[str]) -> list[str]:
    return sorted(who, key=WHO.index)


def _moves(moves: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    for stage, by_role in sorted(moves.items()):
        yield stage
        shared = by_role.get(NOBODY, set())
        for role, names in sorted(by_role.items()):
            if names - shared:
                yield f"  {role}: {' '.join(sorted(names - shared))}"
        if shared:
            yield f"  不限 anyone: {' '.join(sorted(shared))}"


def offered() -> dict[str, dict[str, set[str]]]:
    """By stage and by whom: the moves that are his to make there, whatever they still wait for. Along the chart's own
    timelines, with the parts in which the site lets each person act."""
    from laboratory_walks import CHART, cast
    from people import person

    from guiju.lifecycle.library import CHARTS
    from guiju.lifecycle.timeline import timelines
    from guiju.web.accounts.domain.organisations import add_member
    from guiju.web.cases.charts import installed
    from guiju.web.cases.rules import parts_in

    chart = installed(CHART)
    holders, host = cast(chart)
    reader = person("reader", "查阅人")
    add_member(host, reader, "reader")
    people = {**{r: u for r, u in holders.items() if r in chart.roles and r not in ("LAB", "SYSTEM", "PUBLIC")},
              "reader": reader, "operator": person("root", "平台管理员", operator=True)}
    parts = {who: parts_in(user, chart, None, "", host) for who, user in people.items()}
    found: dict[str, dict[str, set[str]]] = {}
    known: set[Any] = set()
    for timeline in timelines(CHARTS / CHART):
        if timeline.name in WALKS:
            for stage, who, name in _walk(chart, timeline, parts, known):
                found.setdefault(stage, {}).setdefault(who, set()).add(name)
    return found


def _walk(chart: Any, timeline: Any, parts: dict[str, Any], known: set[Any]) -> Iterator[tuple[str, str, str]]:
    """The core alone, step by step: at each stage, what is whose. `known`: where somebody stood already."""
    from laboratory_walks import _papers_of, _role_of, at

    from guiju.lifecycle.automatic import advance
    from guiju.lifecycle.case import Case
    from guiju.lifecycle.entry import begin, move
    from guiju.lifecycle.events import Actor, Evidence
    from guiju.web.cases.charts import calendar

    case: Any = None
    for step in (*timeline.before, *timeline.steps):
        if not step.do or "refused" in step.expect:
            continue
        role = step.role or _role_of(chart, step)
        roles = {role.upper(), role, *({"HOST", "LAB"} if role in ("lab", "LAB", "HOST") else ())}
        given = {**timeline.given, **step.give} if case is None else dict(step.give)
        evidence, actor = Evidence(given, _papers_of(chart, step), dict(step.decide)), Actor("x", "x", frozenset(roles))
        moment = at(step.on.isoformat())
        if case is not None:
            waited = advance(case, max(moment, case.last.at), calendar())
            yield from _open_in(waited, parts, moment, known)
        case = begin(chart, "x", step.do, actor, evidence, moment, round_id=timeline.round,
                     parameters=timeline.settings, calendar=calendar()) if case is None \
            else move(case, step.do, actor, evidence, moment, calendar())
        assert isinstance(case, Case), (timeline.name, step.do, case)
        yield from _open_in(case, parts, moment, known)


def _open_in(case: Any, parts: dict[str, Any], moment: Any, known: set[Any]
             ) -> Iterator[tuple[str, str, str]]:
    """At the case's stage, who may make which move."""
    from guiju.lifecycle.options import allowed
    from guiju.web.cases.charts import calendar

    place = case.stage, tuple(state.at.id for state in case.threads.values())
    if place in known:
        return
    known.add(place)
    for who, own in parts.items():
        for option in allowed(case, own[0].actor, moment, calendar()):
            if not any(r.code == "role" for r in option.reasons):
                procedure, colon, word = option.name.rpartition(":")
                yield case.stage, who, f"{procedure.partition('#')[0]}{colon}{word}"


def main() -> int:
    """Accept the present answer."""
    own = Path(__file__).with_name("test_permission_matrix.py")
    return subprocess.run([sys.executable, "-m", "pytest", "-q", str(own)],  # nosec B603: our own test
                          env={**os.environ, ACCEPT: "1"}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
