"""The officer's conclusion of the formal examination, and the facts of the officer's moves."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from django.db import transaction

from guiju.lifecycle.events import Evidence
from guiju.web.accounts.models import User
from guiju.web.applications.domain.state import locked
from guiju.web.applications.models import Application
from guiju.web.intake.checklists import formal_examination
from guiju.web.intake.domain.parts import check_stage
from guiju.web.intake.engine import Found, found_for
from guiju.web.intake.models import CONCLUSIONS, FORMAL, Check, Examination
from guiju.web.intake.stages import EXAMINING
from guiju.web.intake.units import Census
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused

LONGEST = 5000
IN_WORDS = {"pass": "形审通过", "fail": "形审未通过"}  # nosec B105  # a conclusion, no password


@transaction.atomic
def conclude(application: Application, conclusion: str, reasons: str, user: User, version: int,
             decisions: Map[str, str] | None = None) -> Examination:
    """Keep the conclusion, which the notice publishes later. One against an examiner's mark or the engine's answer
    needs reasons, and so does every failure. It rests on marks. Raises Refused."""
    application = locked(application)
    check_stage(application, (EXAMINING,), "转入形式审查之后、公示之前才作结论",
                "it is concluded between receipt and notice")
    kept = Examination.objects.select_related("by").filter(application=application).first()
    if (kept.version if kept else 0) != version:
        raise Refused(f"结论刚被{kept.by.name if kept else '他人'}改过，您的没有保存；请看过再定",
                      "the conclusion was changed meanwhile: yours was not kept, look at it first")
    reasons = reasons.strip()
    if conclusion not in CONCLUSIONS or len(reasons) > LONGEST:
        raise Refused(f"请选结论；理由不超过 {LONGEST} 字", f"choose a conclusion; at most {LONGEST} characters")
    check_founded(application, conclusion)
    contrary = against(application, conclusion)
    if not reasons and conclusion == "fail":
        raise Refused("不通过要写明理由：退回时要说给申报单位", "a failure needs reasons: the applicant is told them")
    if not reasons and contrary:
        raise Refused("结论与下列相反，请写明理由：" + "、".join(contrary),
                      "the conclusion is against these, say why: " + ", ".join(contrary))
    made = kept or Examination(application=application)
    made.conclusion, made.reasons, made.by, made.at, made.version = conclusion, reasons, user, now(), version + 1
    made.decisions = {k: v.strip() for k, v in (decisions or {}).items() if v.strip()}
    made.save()
    return made


def unjudged(application: Application) -> list[str]:
    """The needed items of the examination that no examiner has marked."""
    marked = set(Check.objects.filter(application=application, kind=FORMAL).values_list("item", flat=True))
    return [i.name.zh for i in formal_examination().needed if i.id not in marked]


def check_founded(application: Application, conclusion: str) -> None:
    """Raises Refused for a pass while an item is not judged, and for a failure while no item fails."""
    still = unjudged(application) if conclusion == "pass" else []
    if still:
        raise Refused(f"形审通过要先把清单逐项判断完；还有 {len(still)} 项没有判断：" + "、".join(still),
                      f"a pass needs every item of the checklist judged; {len(still)} are open: " + ", ".join(still))
    failing = Check.objects.filter(application=application, kind=FORMAL, mark="fail")
    if conclusion == "fail" and not failing.exists():
        raise Refused("形审未通过要有所依据：请先在清单里把不通过的项标为“不通过”并写明理由",
                      "a failure rests on an item: mark what fails in the checklist first, with a remark")


def against(application: Application, conclusion: str) -> list[str]:
    """The items that say the opposite of a conclusion: by an examiner's mark, or by the engine where none marked it."""
    if conclusion != "pass":
        return []
    checklist = formal_examination()
    found = findings_of(application)
    names = []
    for item in checklist.items:
        marks = set(Check.objects.filter(application=application, kind=FORMAL, item=item.id).values_list("mark",
                                                                                                        flat=True))
        if "fail" in marks or (not marks and found[item.id].status == "fail"):
            names.append(item.name.zh)
    return names


def findings_of(application: Application, census: Census | None = None) -> dict[str, Found]:
    """The engine's answers, with what the officer knows of the whole round."""
    census = census or Census(application.round)
    return found_for(application, formal_examination(), census.facts_for(application))


def concluding_evidence(application: Application, census: Census) -> Evidence:
    """What goes with T09. The reasons stay with the office until it returns the application with them. Raises Refused
    where nobody has concluded, or marks on which the conclusion rested were taken away since."""
    kept = Examination.objects.filter(application=application).first()
    if kept is None:
        raise Refused("还没有形式审查结论", "the examination is not concluded")
    check_founded(application, kept.conclusion)
    given: dict[str, Any] = {"形式审查结论": IN_WORDS[kept.conclusion], **census.facts_for(application)}
    return Evidence(given, (), dict(kept.decisions))
