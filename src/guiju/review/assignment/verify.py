"""Whether a list of pairs keeps to a problem: told by counting alone, apart from everything that made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from guiju.review.assignment.fit import fit_of, in_field
from guiju.review.assignment.problem import Pair, Problem
from guiju.review.people import Application, Expert
from guiju.source.diagnostics import Text


def breaches(problem: Problem, pairs: Iterable[Pair]) -> tuple[Text, ...]:
    """Every demand that the pairs break; none if they are an assignment. For results, and for changes made by hand."""
    listed = list(pairs)
    people, cases = {e.id: e for e in problem.experts}, {a.id: a for a in problem.applications}
    known = [(e, a) for e, a in listed if e in people and a in cases]
    found = [Text(f"没有专家“{e}”或申报“{a}”", f"there is no expert '{e}' or application '{a}'")
             for e, a in listed if (e, a) not in set(known)]
    found += [Text(f"{e} 评 {a} 列了 {n} 次", f"{e} for {a} is listed {n} times")
              for (e, a), n in Counter(listed).items() if n > 1]
    found += _pairs(problem, set(known), people, cases)
    panels: dict[str, list[Expert]] = {a: [] for a in cases}
    for e, a in sorted(set(known)):
        panels[a].append(people[e])
    for application in problem.applications:
        found += _panel(problem, application, panels[application.id])
    loads = Counter(e for e, _ in set(known))
    for expert in problem.experts:
        found += _load(problem, expert, loads[expert.id])
    return tuple(found)


def _pairs(problem: Problem, pairs: set[Pair], people: dict[str, Expert], cases: dict[str, Application]
           ) -> Iterator[Text]:
    barred = problem.barred()
    for e, a in sorted(problem.fixed - pairs):
        yield Text(f"已指定的 {e} 评 {a} 没有排", f"{e} for {a} is fixed and missing")
    for e, a in sorted(pairs):
        if (e, a) in barred:
            yield Text(f"{e} 对 {a} 须回避", f"{e} is barred from {a}")
        if (e, a) in problem.forbidden:
            yield Text(f"{e} 评 {a} 已被禁止", f"{e} for {a} is forbidden")
        fit = fit_of(people[e], cases[a]).points if problem.fit is None else problem.fit[e, a]
        if fit < problem.least_fit and (e, a) not in problem.fixed:
            yield Text(f"{e} 对 {a} 的匹配度 {fit} 低于 {problem.least_fit}",
                       f"{e} fits {a} with {fit}, below {problem.least_fit}")


def _panel(problem: Problem, application: Application, panel: list[Expert]) -> Iterator[Text]:
    zh, en = f"“{application.name}”", f"'{application.name}'"
    if len(panel) != problem.panel:
        yield Text(f"{zh}有 {len(panel)} 位专家，应有 {problem.panel} 位",
                   f"{en} has {len(panel)} experts where {problem.panel} are due")
    known = sum(in_field(e, application) for e in panel)
    if known < problem.in_field:
        yield Text(f"{zh}的本领域专家有 {known} 位，至少应有 {problem.in_field} 位",
                   f"{en} has {known} experts in the field where {problem.in_field} are due")
    for kind, need in sorted(problem.kinds.items()):
        have = sum(kind in e.kinds for e in panel)
        if have < need:
            yield Text(f"{zh}的{kind}类专家有 {have} 位，至少应有 {need} 位",
                       f"{en} has {have} experts of kind {kind} where {need} are due")
    if problem.one_per_institution:
        homes = Counter(e.organisation.key for e in panel if e.organisation.key)
        for home, n in sorted(homes.items()):
            if n > 1:
                yield Text(f"{zh}有 {n} 位专家同属 {home}", f"{en} has {n} experts of {home}")


def _load(problem: Problem, expert: Expert, load: int) -> Iterator[Text]:
    limit = problem.load_of(expert.id)
    if not limit.least <= load <= limit.most:
        yield Text(f"{expert.name}评 {load} 份，应在 {limit.least} 到 {limit.most} 份之间",
                   f"{expert.name} takes {load} where {limit.least} to {limit.most} are due")
