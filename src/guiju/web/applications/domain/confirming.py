"""The facts of handing in: what the applicant confirms, what the form states, what the site itself knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guiju.forms import facts_of
from guiju.values import PASS
from guiju.web.applications.domain.writing import form_of
from guiju.web.applications.models import Application
from guiju.web.applications.queries import answers_of, files_of
from guiju.web.applications.units import units_of, with_others
from guiju.web.cases.store import case_of
from guiju.web.files.domain import Upload

OTHER_UNITS = "其他有关单位"
AGREEMENT = ("协议明确人员责权", "协议明确资金责权", "协议明确设备责权", "协议明确项目责权", "协议明确知识产权责权")
_AGREEMENT_FIELD, _AGREEMENT_PAPER = "joint_agreement", "联合共建协议"
_STATED = ("实验室中文名称", "实验室英文名称", *AGREEMENT)


@dataclass(frozen=True, slots=True)
class Asks:
    """What is to be confirmed. `copies`: as many as the body asks for, None where it has not said; `departments`: to
    choose from, where it limits them; `silent`: matters of the agreement of which the form does not say 是."""

    joint: bool
    copies: int | None
    departments: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    seal: bool
    copies: int
    partners_seal: bool = False
    department: str = ""


def asked_of(application: Application) -> Asks:
    main = case_of(application.case).main
    copies = main.parameters.get("recommender_copies")
    limited = main.parameters.get("has_quota") == PASS
    department = main.chart.vocabulary.facts["tibet_department"].enumeration
    stated = facts_of(form_of(application), answers_of(application))
    silent = tuple(word for word in AGREEMENT if stated.get(word) != "是") if application.joint else ()
    return Asks(application.joint, None if copies is None else int(copies),
                tuple(m.name for m in department.members) if limited and department else (), silent)


def facts_given(application: Application, confirmed: Confirmed) -> dict[str, Any]:
    """What is recorded with the move, by the words of the dictionary. Handing in here is the electronic copy."""
    stated = facts_of(form_of(application), answers_of(application))
    given: dict[str, Any] = {word: stated[word] for word in _STATED if word in stated}
    given["参建单位"] = with_others(units_of(application), stated.get("参建单位", ()))
    given.update({"材料盖依托单位公章": _yes(confirmed.seal), "纸质材料份数": f"{confirmed.copies} 份",
                  "已交电子版": "是"})
    if application.joint:
        given["材料盖共建单位章"] = _yes(confirmed.partners_seal)
    else:
        given = {word: value for word, value in given.items() if word not in AGREEMENT}
    if confirmed.department:
        given["组织申报部门"] = confirmed.department
        given["部门组织申报数"] = f"{_organised(application, confirmed.department) + 1} 个"
    return given


def agreement_papers(application: Application) -> tuple[Upload, ...]:
    """The partners' agreement, which goes into the case with a joint application."""
    files = files_of(application).get(_AGREEMENT_FIELD, ()) if application.joint else ()
    return tuple(Upload(a.file, a.name, _AGREEMENT_PAPER) for a in files)


def _organised(application: Application, department: str) -> int:
    """How many others the department organised that were handed to the same body."""
    others = Application.objects.filter(round=application.round, body=application.body, handed_in__isnull=False)
    others = others.exclude(pk=application.pk).select_related("case", "case__revision")
    return sum(_department(other) == department for other in others)


def _department(application: Application) -> str:
    for event in reversed(case_of(application.case).events):
        if "组织申报部门" in event.evidence.given:
            return str(event.evidence.given["组织申报部门"])
    return ""


def _yes(holds: bool) -> str:
    return "是" if holds else "否"
