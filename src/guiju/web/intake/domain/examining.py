"""The officer's conclusion of the formal examination, and the facts of the officer's moves."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from django.db import transaction

from guiju.lifecycle.events import Evidence
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.domain.state import locked
from guiju.web.applications.models import Application
from guiju.web.intake.checklists import Item, formal_examination
from guiju.web.intake.domain.parts import check_stage
from guiju.web.intake.engine import Found, found_for
from guiju.web.intake.models import CONCLUSIONS, FORMAL, Check, Examination
from guiju.web.intake.queries import formal_marks
from guiju.web.intake.stages import EXAMINING
from guiju.web.intake.units import Census
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused, Superseded
from guiju.web.kit.text import listed

LONGEST = 5000
IN_WORDS = {"pass": "形审通过", "fail": "形审未通过"}  # nosec B105  # a conclusion, no password


@transaction.atomic
def conclude(application: Application, conclusion: str, reasons: str, user: User, version: int,
             decisions: Map[str, str] | None = None) -> Examination:
    """Keep the conclusion, which the notice publishes later. It rests on marks. A pass while items are in question
    needs reasons, and so does every failure: a doubt neither refuses nor passes by itself. Raises Refused."""
    application = locked(application)
    check_stage(application, (EXAMINING,), "转入形式审查之后、公示之前才作结论",
                "it is concluded between receipt and notice")
    kept = Examination.objects.select_related("by").filter(application=application).first()
    if (kept.version if kept else 0) != version:
        raise Superseded(f"结论刚被{kept.by.name if kept else '他人'}改过，您的没有保存；请看过再定",
                         "the conclusion was changed meanwhile: yours was not kept, look at it first")
    reasons = reasons.strip()
    if conclusion not in CONCLUSIONS:
        raise Refused("请选结论", "choose a conclusion", about="conclusion")
    if len(reasons) > LONGEST:
        raise Refused(f"理由不超过 {LONGEST} 字", f"reasons: at most {LONGEST} characters", about="reasons")
    check_founded(application, conclusion)
    passes = conclusion == "pass"
    despite = in_question(formal_marks(application), findings_of(application)) if passes else ()
    if conclusion == "fail" and not _says_something(reasons):
        raise Refused("不通过要写明理由：退回时要说给申报单位", "a failure needs reasons: the applicant is told them",
                      about="reasons")
    if despite and not _says_something(reasons):
        raise _reason_needed(despite)
    made = kept or Examination(application=application)
    made.conclusion, made.reasons, made.by, made.at, made.version = conclusion, reasons, user, now(), version + 1
    made.despite = [item.id for item in despite]
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
                      f"a pass needs every item of the checklist judged; {len(still)} are open: " + ", ".join(still),
                      about="conclusion")
    failing = Check.objects.filter(application=application, kind=FORMAL, mark="fail")
    if conclusion == "fail" and not failing.exists():
        raise Refused("形审未通过要有所依据：请先在清单里把不通过的项标为“不通过”并写明理由",
                      "a failure rests on an item: mark what fails in the checklist first, with a remark",
                      about="conclusion")


def in_question(marks: Map[str, list[Check]], found: Map[str, Found]) -> tuple[Item, ...]:
    """The items that ask a person's decision before a pass: an examiner doubts or fails one, or the engine's answer is
    against it."""
    return tuple(i for i in formal_examination().items
                 if found[i.id].status == "fail" or any(m.mark != "pass" for m in marks.get(i.id, ())))


def passed_despite(kept: Examination) -> list[Text]:
    """The items that were in question when it passed."""
    return [i.name for i in formal_examination().items if i.id in kept.despite]


def _says_something(words: str) -> bool:
    return any(c.isalnum() for c in words)


def _reason_needed(items: tuple[Item, ...]) -> Refused:
    names = listed([i.name for i in items])
    return Refused(f"这些项有人标为存疑、不通过，或与系统核对的结果相反，作“形审通过”要写明理由：{names.zh}",
                   f"these are doubted, fail, or the engine is against them: a pass needs a reason: {names.en}",
                   about="reasons")


def findings_of(application: Application, census: Census | None = None) -> dict[str, Found]:
    """The engine's answers, with what the officer knows of the whole round."""
    census = census or Census(application.round)
    return found_for(application, formal_examination(), census.facts_for(application))


def concluding_evidence(application: Application, census: Census) -> Evidence:
    """What goes with T09: why it passes though items are in question goes into the record, which shows it to the
    offices; why it fails stays with the office until it returns the application. Raises Refused where nobody has
    concluded, or the marks on which the conclusion rested have changed since."""
    kept = Examination.objects.filter(application=application).first()
    if kept is None:
        raise Refused("还没有形式审查结论", "the examination is not concluded")
    check_founded(application, kept.conclusion)
    _check_still_decided(application, kept)
    given: dict[str, Any] = {"形式审查结论": IN_WORDS[kept.conclusion], **census.facts_for(application)}
    despite = "、".join(name.zh for name in passed_despite(kept))
    note = f"有疑问而仍通过的项：{despite}。理由：{kept.reasons}" if despite else ""
    return Evidence(given, (), dict(kept.decisions), note)


def _check_still_decided(application: Application, kept: Examination) -> None:
    """Raises Refused for a pass where an item was doubted or failed that its reasons can't be about."""
    if kept.conclusion != "pass":
        return
    against = Check.objects.filter(application=application, kind=FORMAL).exclude(mark="pass")
    later = {c.item for c in against if c.at > kept.at or c.item not in kept.despite}
    names = listed([i.name for i in formal_examination().items if i.id in later])
    if later:
        raise Refused(f"这些项标为存疑或不通过，已保存的结论没有就它们说明理由：{names.zh}；请看过，写明理由再保存结论",
                      f"these are doubted or fail, and the conclusion gives no reason for them: {names.en};"
                      " look at them and conclude again")
