"""As whom a person acts in a case: the part that holds the role."""

from __future__ import annotations

from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.rules import part_holding
from guiju.web.kit.permissions import Refused


def acting_as(user: User, record: CaseRecord, role: str) -> str:
    """The key of the person's part that holds the role; "" where none does: then the core says who may."""
    part = part_holding(user, record, role)
    return part.key if part else ""


def check_stage(application: Application, stages: tuple[str, ...], zh: str, en: str) -> None:
    """Raises Refused where the application is not at one of the stages."""
    if application.case.stage not in stages:
        raise Refused(f"{zh}；现在的环节是“{application.case.stage_zh}”",
                      f"{en}; it is at '{application.case.stage_en or application.case.stage_zh}'")


def check_not_returned(application: Application) -> None:
    """Raises Refused while the applicant has it back to be completed."""
    if application.returned is not None:
        raise Refused("这份申报已退回补充，正等申报单位再交；再交后才能继续",
                      "it was sent back to be completed and waits for the applicant: go on when it is handed in again")
