"""Places of a recommending body and of the departments under it: how many there are, and who counts against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.source.diagnostics import Text
from guiju.web.applications.models import Application
from guiju.web.intake.queries import queue_of
from guiju.web.intake.reading import stated_of
from guiju.web.intake.stages import BEFORE_MINISTRY, NOT_ACCEPTED
from guiju.web.kit.clauses import basis_in
from guiju.web.kit.permissions import Refused
from guiju.web.kit.subjects import chart_id_of, region_of
from guiju.web.rounds.models import RoundBody

DEPARTMENT, OTHER = "组织申报部门", "其他有关单位"
CLAUSE = "藏函二(一)"
NOT_SET = Text("本批次没有设名额，推荐数量不受限；全国文件也没有载明名额",
               "no number of places is set; the sources give none")


@dataclass(frozen=True, slots=True)
class Places:
    """`most`: None where nothing is set. `counted`: forwarded, so they count; `waiting`: with the body still."""

    name: str
    most: int | None
    counted: tuple[Application, ...]
    waiting: tuple[Application, ...]

    @property
    def left(self) -> int | None:
        return None if self.most is None else self.most - len(self.counted)

    @property
    def is_short(self) -> bool:
        """Whether not all that wait can be forwarded."""
        return self.left is not None and len(self.waiting) > self.left


@dataclass(frozen=True, slots=True)
class Quota:
    whole: Places
    departments: tuple[Places, ...]


def quota_of(body: RoundBody, applications: Iterable[Application] | None = None) -> Quota:
    """Who counts against the body's places, and against those of each department that organises applications."""
    found = list(queue_of(body) if applications is None else applications)
    by_department: dict[str, list[Application]] = {}
    for application in found if body.department_quota is not None else ():
        department = stated_of(application, DEPARTMENT, "tibet_department")
        if department:
            by_department.setdefault(department, []).append(application)
    departments = tuple(
        _places(name, None if name == OTHER else body.department_quota, members)
        for name, members in sorted(by_department.items()))
    return Quota(_places(body.body.organisation.name, body.places, found), departments)


def check_places(body: RoundBody, application: Application) -> None:
    """Raises Refused where no place is left. The caller has locked the body's row, so that nobody takes the last one
    at the same time."""
    quota = quota_of(body)
    if quota.whole.left is not None and quota.whole.left <= 0:
        raise Refused(
            f"本批次给{quota.whole.name}的名额是 {quota.whole.most} 个，已推荐 {len(quota.whole.counted)} 个，"
            "没有名额了（名额由本批次设定）",
            f"this round gives {quota.whole.most} places and {len(quota.whole.counted)} are taken (as set for it)")
    department = stated_of(application, DEPARTMENT, "tibet_department")
    own = next((d for d in quota.departments if d.name == department), None)
    if own is not None and own.left is not None and own.left <= 0:
        basis = basis_in(CLAUSE, region_of(body), chart_id_of(body))
        raise Refused(f"{own.name}至多组织 {own.most} 个申报，已推荐 {len(own.counted)} 个（{basis.zh}）",
                      f"{own.name} may organise {own.most} and {len(own.counted)} are forwarded ({basis.en})")


def _places(name: str, most: int | None, members: list[Application]) -> Places:
    counted = tuple(a for a in members if a.case.stage not in BEFORE_MINISTRY)
    waiting = tuple(a for a in members if a.case.stage in BEFORE_MINISTRY and a.case.stage != NOT_ACCEPTED)
    return Places(name, most, counted, waiting)
