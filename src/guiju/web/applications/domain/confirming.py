"""The facts of handing in: what the applicant confirms, what the form states, what the site itself knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guiju.forms import Fault, Field, facts_of
from guiju.lifecycle.refusal import Reason
from guiju.source.diagnostics import Text
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
_WAYS_OUT = {
    "T03-seal": Text("申报材料盖好依托单位公章后再提交", "have the form sealed by the host, then hand it in"),
    "T03-partners": Text("封面盖好各共建单位公章后再提交", "have the cover sealed by the partners, then hand it in"),
    "T03-builder": Text("在附表七把依托单位一行的“是主要承建方”写为“是”",
                        "in Annex 7, say that the host is the main builder"),
    "T03-quota": Text("请推荐单位确认该部门还有没有名额，或改选组织申报部门",
                      "ask the body whether the department has places left, or choose another department"),
}


@dataclass(frozen=True, slots=True)
class Asks:
    """What is to be confirmed. `copies`: as many as the body asks for, None where it has not said; `departments`: to
    choose from, where it limits them."""

    joint: bool
    copies: int | None
    departments: tuple[str, ...]


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
    return Asks(application.joint, None if copies is None else int(copies),
                tuple(m.name for m in department.members) if limited and department else ())


def agreement_faults(application: Application) -> list[Fault]:
    """Matters that the partners' agreement is said not to cover: a joint application can't go in with one of them. What
    is left blank, the form itself asks for."""
    answers, form = answers_of(application), form_of(application)
    stated = facts_of(form, answers) if application.joint else {}
    return [_uncovered(item) for item in form.fields() if isinstance(item, Field) and item.entry is not None
            and item.entry.name in AGREEMENT and stated.get(item.entry.name) == "否"]


def _uncovered(item: Field) -> Fault:
    text = Text(f"“{item.label.zh}”填的是“否”：联合申报的共建协议要写明这一方面，补好协议再改为“是”（指24三(一)）",
                f"{item.label.en}: it says no; in a joint application it must, so amend it first (指24三(一))")
    return Fault(item.id, 0, "", "not_covered", text, text)


def way_out(reason: Reason, asks: Asks) -> Text:
    """What would lift a refusal, in the words of the page rather than as the rule reads."""
    if reason.about == "T03-copies" and asks.copies is not None:
        return Text(f"纸质材料备齐 {asks.copies} 份，把份数改为不少于 {asks.copies}",
                    f"have {asks.copies} paper copies ready, and give that number or more")
    return _WAYS_OUT.get(reason.about, reason.lift)


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
