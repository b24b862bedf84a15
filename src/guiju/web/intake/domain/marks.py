"""Marks on the items of a checklist, kept as soon as they are made."""

from __future__ import annotations

from django.db import transaction

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.domain.state import locked
from guiju.web.applications.models import Application
from guiju.web.intake.checklists import Checklist, Item, material_check
from guiju.web.intake.domain.parts import check_not_returned, check_stage
from guiju.web.intake.engine import NOTHING, Found, found_for
from guiju.web.intake.models import FORMAL, MARKS, MATERIALS, Check
from guiju.web.intake.queries import material_marks
from guiju.web.intake.stages import CHECKING, EXAMINING
from guiju.web.intake.units import Census
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused

LONGEST = 2000
AGAINST = {("pass", "fail"), ("fail", "pass")}  # mark and engine that say the opposite


@transaction.atomic
def mark_material(application: Application, item: Item, mark: str, remark: str, user: User, version: int
                  ) -> Check | None:
    """The body's mark for an item of the materials; "" takes it away. `version`: of the mark that the person saw, 0
    for none. Raises Refused."""
    application = locked(application)
    check_stage(application, (CHECKING,), "收件之后、报送之前才能逐项审核",
                "the materials are checked after they were taken in and before they are forwarded")
    check_not_returned(application)
    kept = Check.objects.select_related("by").filter(application=application, kind=MATERIALS, item=item.id).first()
    return _keep(kept, Check(application=application, kind=MATERIALS, item=item.id), mark, remark, user, version)


@transaction.atomic
def mark_formal(application: Application, item: Item, mark: str, remark: str, user: User, version: int
                ) -> Check | None:
    """An examiner's own mark. One against the engine's answer says why. Raises Refused."""
    application = locked(application)
    check_stage(application, (EXAMINING,), "转入形式审查之后、公示之前才能逐项审查",
                "items are examined between receipt and notice")
    found = _engine(application, item) if mark in ("pass", "fail") else NOTHING
    against = found.status if (mark, found.status) in AGAINST else ""
    if against and not remark.strip():
        raise Refused(f"系统按规则核对的结果是“{found.word.zh}”，与您的判断相反；请写明理由",
                      f"the engine says '{found.word.en}', the opposite of your mark: say why")
    kept = Check.objects.select_related("by").filter(
        application=application, kind=FORMAL, item=item.id, by=user).first()
    made = Check(application=application, kind=FORMAL, item=item.id, against=against)
    return _keep(kept, made, mark, remark, user, version)


def _engine(application: Application, item: Item) -> Found:
    given = Census(application.round).facts_for(application)
    return found_for(application, Checklist((item,), Text("", "")), given)[item.id]


def _keep(kept: Check | None, made: Check, mark: str, remark: str, user: User, version: int) -> Check | None:
    remark = remark.strip()
    if (kept is not None and kept.version != version) or (kept is None and version):
        who = f"{kept.by.name}：{MARKS[kept.mark]}" if kept else "已清除"
        raise Refused(f"这一项刚被改过（{who}），您的没有保存；请看过再定",
                      "this item was changed meanwhile: yours was not kept, look at it first")
    if not mark:
        if kept is not None:
            kept.delete()
        return None
    if mark not in MARKS or len(remark) > LONGEST:
        raise Refused(f"请选通过、存疑或不通过；说明不超过 {LONGEST} 字",
                      f"choose a mark; at most {LONGEST} characters")
    if mark != "pass" and not remark:
        raise Refused("存疑、不通过要写明理由", "a doubt or a failure needs a remark")
    check = kept or made
    check.mark, check.remark, check.against, check.by, check.at = mark, remark, made.against, user, now()
    check.version = version + 1
    check.save()
    return check


def unsettled(application: Application) -> list[str]:
    """The needed items of the materials that are not marked, or were marked before it was handed in again."""
    marks = material_marks(application)
    return [i.name.zh for i in material_check().items
            if (i.id not in marks and not i.optional) or (i.id in marks and is_stale(marks[i.id], application))]


def is_stale(check: Check, application: Application) -> bool:
    """Whether the mark is about an earlier state of the application."""
    return application.handed_in is not None and check.at < application.handed_in


def materials_pass(application: Application) -> bool | None:
    """Whether the body passes the materials; None while something is not settled or in doubt."""
    marks = material_marks(application).values()
    if any(m.mark == "fail" for m in marks):
        return False
    if unsettled(application) or any(m.mark == "doubt" for m in marks):
        return None
    return True
