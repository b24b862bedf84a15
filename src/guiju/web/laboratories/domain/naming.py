"""What a laboratory is called (办31), and what else its application says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.web.applications.models import Revision
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.permissions import Refused

ZH = re.compile(r".+国家质量标准实验室")
EN = re.compile(r"State Quality & Standards Laboratory of .+")
# Fields of the application's form that say what the laboratory is.
_NAME, _NAME_EN, _FIELD, _PLAN = "lab_name_zh", "lab_name_en", "research_field", "plan_text"


@dataclass(frozen=True, slots=True)
class Named:
    name: str = ""
    name_en: str = ""
    field: str = ""


def named_in_application(record: CaseRecord) -> Named:
    """The names and the field as the application gave them; empty where there is no application on the site."""
    answers = _answers(record, _NAME, _NAME_EN, _FIELD)
    return Named(*(answers.get(field, "") for field in (_NAME, _NAME_EN, _FIELD)))


def promised_in_application(record: CaseRecord) -> str:
    """What the application said of plan, goals and level: what the building plan is made from, and held against."""
    return _answers(record, _PLAN).get(_PLAN, "")


def _answers(record: CaseRecord, *fields: str) -> dict[str, str]:
    """What the application says there, as it was handed in last."""
    handed = Revision.objects.filter(application__case=record, event__isnull=False).order_by("-number").first()
    answers = handed.content.get("answers", {}) if handed is not None else {}
    return {field: str(answers.get(field, "")).strip() for field in fields}


def check_name(name: str, name_en: str) -> None:
    """Raises Refused for names that are not formed as 办31 asks."""
    if not ZH.fullmatch(name):
        raise Refused("中文名称应为“……国家质量标准实验室”（办法第三十一条）",
                      "the Chinese name ends with 国家质量标准实验室 (article 31)")
    if name_en and not EN.fullmatch(name_en):
        raise Refused("英文名称应为“State Quality & Standards Laboratory of ……”（办法第三十一条）",
                      "the English name is 'State Quality & Standards Laboratory of …' (article 31)")
