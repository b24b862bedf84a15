"""Why there is no assignment, by counting: each finding is a proof that anyone can check by hand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from guiju.review.assignment.flow import Bottleneck, bottleneck
from guiju.review.assignment.result import Shortage
from guiju.review.assignment.table import Ints, Table
from guiju.source.diagnostics import Text

NAMED = 6  # ids that a sentence lists before it only counts them
INSTITUTION = "+institution"


def shortages(table: Table) -> tuple[Shortage, ...]:
    """Every demand that can't be met even alone. None does not mean that all can be met together."""
    found = [*_fixed(table), *_least_loads(table)]
    for family, name, need, columns in _demands(table):
        lacking = list(_lacking(table, family, name, need, columns))
        found += lacking or list(_bottlenecks(table, family, name, need, columns))
    return tuple(found)


def _demands(table: Table) -> Iterator[tuple[str, Text, int, Ints]]:
    """What an application asks for: the family, the sort of expert, how many, the columns that can give it."""
    every = np.arange(len(table.fit))
    yield "panel", Text("专家", "experts"), table.problem.panel, every
    if table.problem.in_field:
        yield "in_field", Text("本领域专家", "experts in the field"), table.problem.in_field, every[table.in_field]
    for kind, own in zip(sorted(table.problem.kinds), table.kinds, strict=True):
        if table.problem.kinds[kind]:
            yield (f"kind:{kind}", Text(f"{kind}类专家", f"experts of kind {kind}"), table.problem.kinds[kind],
                   every[own[table.expert]])


def _lacking(table: Table, family: str, name: Text, need: int, columns: Ints) -> Iterator[Shortage]:
    """Applications that have too few eligible experts, or too few institutions among them."""
    by_institution = table.problem.one_per_institution
    for case, application in enumerate(table.applications):
        people = table.expert[columns[table.application[columns] == case]]
        homes = table.institution[people]
        distinct = len(np.unique(homes[homes >= 0])) + int((homes < 0).sum()) if by_institution else len(people)
        if distinct >= need:
            continue
        suffix, have = ("", len(people)) if len(people) < need else (INSTITUTION, distinct)
        zh = f"“{application.name}”需要{name.zh} {need} 人，可评的只有 {len(people)} 人"
        en = f"'{application.name}' needs {need} {name.en}; {len(people)} are eligible"
        if suffix:
            zh += f"，分属 {distinct} 个单位（每单位至多 1 人）"
            en += f", of {distinct} institutions (one each)"
        yield Shortage(family + suffix, (application.id,), tuple(table.experts[p].id for p in people), need, have,
                       Text(zh + _kept_out(table, case)[0], en + _kept_out(table, case)[1]))


def _kept_out(table: Table, case: int) -> tuple[str, str]:
    """How many experts are out for the application, and why."""
    problem, id_ = table.problem, table.applications[case].id
    barred = {e for e, a in problem.barred() if a == id_}
    forbidden = {e for e, a in problem.forbidden if a == id_} - barred
    unfit = len(table.experts) - int((table.application == case).sum()) - len(barred | forbidden)
    parts = [(len(barred), "回避", "barred"), (len(forbidden), "禁止", "forbidden"),
             (unfit, f"匹配度低于 {problem.least_fit} 的", f"with a fit below {problem.least_fit}")]
    kept = [(n, zh, en) for n, zh, en in parts if n]
    if not kept:
        return "", ""
    return ("；另有" + "、".join(f"{zh} {n} 人" for n, zh, _ in kept),
            "; others: " + ", ".join(f"{n} {en}" for n, _, en in kept))


def _bottlenecks(table: Table, family: str, name: Text, need: int, columns: Ints) -> Iterator[Shortage]:
    """Applications that together want more than their experts' greatest loads allow."""
    found, suffix = bottleneck(table, columns, need, by_institution=False), ""
    if found is None and table.problem.one_per_institution:
        found, suffix = bottleneck(table, columns, need, by_institution=True), INSTITUTION
    if found is None:
        return
    zh, en = _capacity(found, name, bool(suffix))
    cases = [table.applications[c].id for c in found.applications]
    which = Text("", "") if len(cases) == len(table.applications) else _listed(cases)
    yield Shortage(
        family + suffix, tuple(cases), tuple(table.experts[p].id for p in found.full), found.need, found.have,
        Text(f"{which.zh}{zh} < 需要 {found.need} 份（{len(cases)} 份申报 × {need} 人）",
             f"{which.en}{en} < {found.need} needed ({len(cases)} applications × {need})"))


def _capacity(found: Bottleneck, name: Text, by_institution: bool) -> tuple[str, str]:
    """“财务类专家 20 人 × 13 份 = 260 份”, and what others can add."""
    count, limits = len(found.full), sorted(set(found.limits.tolist()))
    parts: tuple[list[str], list[str]] = [], []
    if not count:
        pass
    elif len(limits) == 1:
        parts = [f"{name.zh} {count} 人 × {limits[0]} 份"], [f"{count} {name.en} × {limits[0]}"]
    else:
        each = int(found.limits.sum())
        parts = [f"{name.zh} {count} 人共至多 {each} 份"], [f"{count} {name.en}, {each} at most together"]
    if found.single:
        per = Text("每单位对每份申报至多 1 人", "one an institution and application") if by_institution else Text(
            "其他人每人对每份申报至多 1 次", "others, one an application")
        parts[0].append(f"{per.zh}，共 {found.single} 份")
        parts[1].append(f"{found.single} ({per.en})")
    return " ＋ ".join(parts[0]) + f" = {found.have} 份", " + ".join(parts[1]) + f" = {found.have}"


def _listed(ids: list[str]) -> Text:
    shown = "、".join(ids[:NAMED]) + ("等" if len(ids) > NAMED else "")
    return Text(f"申报{shown}：能评它们的", f"for {', '.join(ids[:NAMED])}{' …' if len(ids) > NAMED else ''}: ")


def _least_loads(table: Table) -> Iterator[Shortage]:
    """Least loads that can't be had: more than there are reviews, or than an expert may do."""
    need = table.problem.panel * len(table.applications)
    asked = int(table.least.sum())
    if asked > need:
        yield Shortage("load", (), tuple(e.id for e in table.experts), asked, need, Text(
            f"专家最少份数合计 {asked} > 共有 {need} 份（{len(table.applications)} 份申报 × {table.problem.panel} 人）",
            f"the experts' least loads sum to {asked} > {need} reviews that there are"))
    eligible = np.bincount(table.expert, minlength=len(table.experts))
    for place in np.nonzero(table.least > eligible)[0]:
        expert, least, can = table.experts[place], int(table.least[place]), int(eligible[place])
        yield Shortage("load", (), (expert.id,), least, can, Text(
            f"{expert.name}最少要评 {least} 份，可评的只有 {can} 份",
            f"{expert.name} must take {least}, but may take {can}"))


def _fixed(table: Table) -> Iterator[Shortage]:
    """Fixed pairs that break a limit by themselves."""
    held = np.nonzero(table.fixed)[0]
    panel = table.problem.panel
    for case, n in enumerate(np.bincount(table.application[held], minlength=len(table.applications))):
        if n > panel:
            application = table.applications[case]
            yield Shortage("fixed", (application.id,), (), int(n), panel, Text(
                f"“{application.name}”已指定 {n} 人 > 每份 {panel} 人",
                f"'{application.name}' has {n} fixed > {panel}"))
    for place, n in enumerate(np.bincount(table.expert[held], minlength=len(table.experts))):
        expert, most = table.experts[place], int(table.most[place])
        if n > most:
            yield Shortage("fixed", (), (expert.id,), int(n), most, Text(
                f"{expert.name}已指定 {n} 份 > 最多 {most} 份", f"{expert.name} has {n} fixed > {most}"))
    if table.problem.one_per_institution:
        yield from _fixed_twice(table, held)


def _fixed_twice(table: Table, held: Ints) -> Iterator[Shortage]:
    homes: dict[tuple[int, int], list[str]] = {}
    for column in held:
        person = int(table.expert[column])
        if table.institution[person] >= 0:
            homes.setdefault((int(table.application[column]), int(table.institution[person])), []).append(
                table.experts[person].id)
    for (case, _), people in sorted(homes.items()):
        if len(people) > 1:
            application = table.applications[case]
            yield Shortage("fixed" + INSTITUTION, (application.id,), tuple(people), len(people), 1, Text(
                f"“{application.name}”已指定的{'、'.join(people)}同属一个单位（每单位至多 1 人）",
                f"{', '.join(people)}, fixed for '{application.name}', have one employer"))
