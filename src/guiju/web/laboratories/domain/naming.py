"""What a laboratory is called: the rules of 办31, and where the first name comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.web.applications.models import Answer
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.permissions import Refused

ZH = re.compile(r".+国家质量标准实验室")
EN = re.compile(r"State Quality & Standards Laboratory of .+")
# Fields of the application's form that say what the laboratory is.
_NAME, _NAME_EN, _FIELD = "lab_name", "lab_name_en", "research_field"


@dataclass(frozen=True, slots=True)
class Named:
    name: str = ""
    name_en: str = ""
    field: str = ""


def named_in_application(record: CaseRecord) -> Named:
    """The names and the field as the application gave them; empty where there is no application on the site."""
    answers = dict(Answer.objects.filter(application__case=record, field__in=(_NAME, _NAME_EN, _FIELD)).values_list(
        "field", "value"))
    return Named(*(str(answers.get(field, "")).strip() for field in (_NAME, _NAME_EN, _FIELD)))


def check_name(name: str, name_en: str) -> None:
    """Raises Refused for names that are not formed as 办31 asks."""
    if not ZH.fullmatch(name):
        raise Refused("中文名称应为“……国家质量标准实验室”（办法第三十一条）",
                      "the Chinese name ends with 国家质量标准实验室 (article 31)")
    if name_en and not EN.fullmatch(name_en):
        raise Refused("英文名称应为“State Quality & Standards Laboratory of ……”（办法第三十一条）",
                      "the English name is 'State Quality & Standards Laboratory of …' (article 31)")
