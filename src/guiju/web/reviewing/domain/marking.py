"""An expert's marks: saved as they are written, handed in, taken back until the panel closes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.db import transaction

from guiju.review.rubric import Indicator, Rubric
from guiju.review.scores import rounded
from guiju.web.files.domain import Upload, attach
from guiju.web.kit.clock import now
from guiju.web.kit.lengths import within
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain.assigning import standing
from guiju.web.reviewing.models import Assigned, Mark, Sheet, VetoClaim
from guiju.web.reviewing.models.marking import VETOES
from guiju.web.reviewing.queries.marks import VETO_HOLDER, rubric_of, unfinished

LONGEST, LONGEST_OPINION = 2000, 10_000
EVIDENCE = "否决依据"


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody, most likely the same person in another window, changed the mark since: what stands there now."""

    mark: Mark


@transaction.atomic
def save_mark(assigned: Assigned, indicator_id: str, value: str, reason: str, version: int) -> Mark | Stale:
    """Keep a mark and its reason, as far as they are written. `version`: as the page knew it, 0 for none. Raises
    Refused for what can't be kept."""
    row, sheet = _open(assigned)
    rubric = rubric_of(row.application.round)
    indicator = _marked(rubric, indicator_id)
    mark = Mark.objects.select_for_update().filter(sheet=sheet, indicator=indicator_id).first()
    if mark is not None and mark.version != version:
        return Stale(mark)
    number = _number(rubric, indicator, value)
    said = within(LONGEST, reason, "打分理由", "reason of the mark")
    if mark is None:
        mark = Mark(sheet=sheet, indicator=indicator_id, version=0)
    mark.value, mark.reason, mark.changed = number, said, now()
    mark.version += 1
    mark.save()
    _touch(sheet)
    return mark


def _marked(rubric: Rubric, indicator_id: str) -> Indicator:
    found = next((i for i in rubric.marked() if i.id == indicator_id), None)
    if found is None:
        raise Refused("没有这个要打分的指标", "there is no such indicator to be marked")
    return found


def _number(rubric: Rubric, indicator: Indicator, value: str) -> Decimal | None:
    """A mark within what the round allows; where the round has not said it, any number from 0."""
    word = value.strip().replace("．", ".")
    if not word:
        return None
    try:
        number = Decimal(word)
    except InvalidOperation:
        raise Refused(f"“{word[:20]}”不是数", f"'{word[:20]}' is no number") from None
    if not number.is_finite() or number < 0 or number > 99999 or number != round(number, 2):
        raise Refused("分数从 0 起，最多两位小数", "a mark is 0 or more, with two decimals at most")
    limits, step = rubric.limits(indicator), rubric.scale.step if rubric.scale else None
    if limits is not None and not limits[0] <= Fraction(number) <= limits[1]:
        raise Refused(f"打 {rounded(limits[0])} 到 {rounded(limits[1])} 分",
                      f"marks go from {rounded(limits[0])} to {rounded(limits[1])}")
    if limits is not None and step is not None and (Fraction(number) - limits[0]) % step:
        raise Refused(f"每档 {rounded(step)} 分", f"marks go in steps of {rounded(step)}")
    return number


@transaction.atomic
def save_opinion(assigned: Assigned, text: str) -> Sheet:
    _, sheet = _open(assigned)
    sheet.opinion = within(LONGEST_OPINION, text, "评审意见", "opinion")
    _touch(sheet)
    return sheet


@transaction.atomic
def submit(assigned: Assigned) -> Sheet:
    """Hand the review in. Every indicator needs its mark and its reason."""
    row, sheet = _open(assigned)
    if row.state != "taken":
        raise Refused("先声明与这份申报有无利害关系", "declare your ties to this application first")
    lacking = unfinished(sheet, rubric_of(row.application.round))
    if lacking:
        raise Refused("还缺：" + "、".join(i.name.zh for i in lacking),
                      "lacking: " + ", ".join(i.name.en for i in lacking))
    sheet.submitted = now()
    _touch(sheet)
    return sheet


@transaction.atomic
def take_back(assigned: Assigned) -> Sheet:
    """Revise what was handed in, until the panel closes."""
    row = standing(assigned)
    sheet = Sheet.objects.select_for_update().get(assigned=row)
    if sheet.submitted is None:
        raise Refused("还没有提交", "it was not handed in")
    sheet.submitted = None
    _touch(sheet)
    return sheet


@transaction.atomic
def claim_veto(assigned: Assigned, kind: str, evidence: str, upload: Upload | None) -> VetoClaim:
    """Hold that a veto is met, with the evidence. The panel's leader settles it."""
    _, sheet = _open(assigned)
    if kind not in VETOES:
        raise Refused("选一种否决情形", "choose which veto it is")
    if not evidence.strip():
        raise Refused("认定命中否决项须写明依据", "a claimed veto needs its evidence")
    made = VetoClaim.objects.create(sheet=sheet, kind=kind, evidence=evidence.strip(), at=now())
    if upload is not None:
        attach([upload], VETO_HOLDER, made.public_id, sheet.assigned.user)
    return made


@transaction.atomic
def withdraw_claim(assigned: Assigned, claim_id: str) -> None:
    _, sheet = _open(assigned)
    found = sheet.claims.select_for_update().filter(public_id=claim_id, state="claimed").first()
    if found is None:
        raise Refused("这一条已经认定，不能撤回", "it was settled and can't be withdrawn")
    found.delete()


def _open(assigned: Assigned) -> tuple[Assigned, Sheet]:
    """The task and its sheet, locked; the sheet is not handed in."""
    row = standing(assigned)
    sheet, _ = Sheet.objects.select_for_update().get_or_create(assigned=row, defaults={"changed": now()})
    if sheet.submitted is not None:
        raise Refused("已经提交；要改先取回", "it was handed in: take it back first")
    return row, sheet


def _touch(sheet: Sheet) -> None:
    sheet.version += 1
    sheet.changed = now()
    sheet.save()
