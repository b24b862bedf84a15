"""Handing in: checked, typeset, recorded in the case, acknowledged. Once; a second press finds the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from guiju.forms import Fault, Stamp, application_pdf, check
from guiju.lifecycle.events import CHINA, Evidence
from guiju.lifecycle.refusal import Reason, Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.domain.comments import people_in
from guiju.web.applications.domain.confirming import agreement_faults
from guiju.web.applications.domain.revisions import content_of, digest_of, file_names, keep_revision
from guiju.web.applications.domain.state import DRAFTING, MOVE, editable, last_day, late_rule, locked
from guiju.web.applications.domain.writing import form_of
from guiju.web.applications.models import Application, Revision
from guiju.web.applications.queries import KEPT, handed_in_revision
from guiju.web.cases.domain import make_move, refused_already
from guiju.web.cases.domain.acts import Overtaken, entitle
from guiju.web.files.domain import Upload, attach, take_in
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.domain import Letter, put_out

NAME = "实验室中文名称"  # by it the case is known from now on
PAPER = "国家质量标准实验室申报材料"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """It is in: `revision` is what was handed in. `again`: it was in already, just like this."""

    revision: Revision
    again: bool


def faults_of(application: Application) -> list[Fault]:
    """Everything that keeps the form from being handed in."""
    content = content_of(application)
    files = {f["field"] for f in content["attachments"]}
    return check(form_of(application), content["answers"], application.joint, files) + agreement_faults(application)


def number_of(application: Application, revision: Revision | int) -> str:
    """What a receipt is known by."""
    return f"{application.public_id}-{revision if isinstance(revision, int) else revision.number}"


def check_in_time(application: Application) -> None:
    """Raises Refused after the last day, with the clause."""
    last = last_day(application)
    if last.is_over:
        how = "，当日不算" if last.excluded else ""
        basis = late_rule(application).basis
        zh = f"依{basis.zh}，逾期不予受理，网上不再收件" if basis.zh else \
            "网上不再收件。本批次没有写明逾期怎样处理，这是平台的默认做法；要补交的，请与推荐单位联系"
        en = f"what is late is not accepted ({basis.en}), so the site takes nothing in" if basis.zh else \
            "the site takes nothing in. The round does not say what becomes of what is late: this is the site's default"
        raise Refused(f"已过推荐单位的截止日 {last.set_to}{how}：{zh}",
                      f"the deadline of the recommending body was {last.set_to}: {en}")


def hand_in(application: Application, user: User, digest: str, given: Map[str, Any], *,
            uploads: tuple[Upload, ...] = (), decisions: Map[str, str] | None = None
            ) -> Acknowledged | Refusal | Overtaken:
    """Hand in what stands in the form. `digest`: of what the person saw on the check page; `given`: the facts that he
    confirms. After it was sent back, no move of the case is made: it is with the body still. Raises Refused."""
    if (done := _done_already(application, digest)) is not None:
        return done
    check_in_time(application)
    if not editable(application):
        raise Refused("这份申报书已经提交", "this was handed in already")
    faults = faults_of(application)
    if faults:
        raise Refused(f"还有 {len(faults)} 处要改，改好再交", f"{len(faults)} things to be mended first")
    at, content = now(), content_of(application)
    if digest_of(content) != digest:
        raise _changed(application)
    paper = _paper(application, content, digest, at)
    with transaction.atomic():
        application = locked(application)
        if (done := _done_already(application, digest)) is not None:
            return done
        if not editable(application) or digest_of(content_of(application)) != digest:
            raise _changed(application)
        evidence = Evidence(given, (), decisions or {})
        return _record(application, user, at, evidence, (paper, *uploads))


def refused_so_far(application: Application, user: User, given: Map[str, Any]) -> list[Reason]:
    """What the law keeps back in what is confirmed so far; the paper itself is only made when all else is right."""
    if application.case.stage != DRAFTING or not editable(application) or last_day(application).is_over:
        return []
    found = refused_already(application.case, MOVE, user, acting_for=application.organisation.public_id,
                            evidence=Evidence(given))
    return [r for r in found.reasons if r.code != "documents"] if found else []


def _record(application: Application, user: User, at: dt.datetime, evidence: Evidence, uploads: tuple[Upload, ...]
            ) -> Acknowledged | Refusal | Overtaken:
    record = application.case
    entitle(record, str(evidence.given.get(NAME, "")))
    if record.stage == DRAFTING:
        made = make_move(record, MOVE, user, acting_for=application.organisation.public_id, evidence=evidence,
                         uploads=list(uploads), at=at)
        if isinstance(made, Refusal | Overtaken):
            return made
        record = made
    note = "补充后再交" if application.returned else "提交"
    revision = keep_revision(application, user, note, event=record.count, at=at)
    application.handed_in, application.returned, application.returned_reason = at, None, ""
    application.save(update_fields=["handed_in", "returned", "returned_reason"])
    _file_paper(application, uploads, user, revision)
    put_out(_receipts(application, revision))
    return Acknowledged(revision, False)


def _file_paper(application: Application, uploads: tuple[Upload, ...], user: User, revision: Revision) -> None:
    """The paper of each hand-in stays with the application as well, by the number of its revision."""
    attach([Upload(u.file, u.name, PAPER) for u in uploads[:1]], KEPT, application.public_id, user,
           note=str(revision.number))


def _done_already(application: Application, digest: str) -> Acknowledged | None:
    """A button pressed twice: just this was handed in, and nobody has reopened it."""
    last = handed_in_revision(application)
    current = Application.objects.filter(pk=application.pk, returned__isnull=True, handed_in__isnull=False).exists()
    return Acknowledged(last, True) if current and last is not None and last.digest == digest else None


def _paper(application: Application, content: Map[str, Any], digest: str, at: dt.datetime) -> Upload:
    """The form as a PDF that says what it is: number, digest, moment."""
    number = application.revisions.count() + 1
    stamp = Stamp(number_of(application, number), digest, at, draft=False)
    pdf = application_pdf(form_of(application), content["answers"], application.joint, stamp, file_names(content))
    name = f"{PAPER}-{application.public_id}.pdf"
    return take_in(SimpleUploadedFile(name, pdf, "application/pdf"), PAPER)


def _changed(application: Application) -> Refused:
    last = application.answers.order_by("-changed").select_related("changed_by").first()
    who = f"（{last.changed_by.name} {last.changed:%H:%M}）" if last else ""
    return Refused(f"您看过核对页之后，申报书又有改动{who}；请再核对一遍",
                   "the form was changed after you saw the check page: please check it once more")


def _receipts(application: Application, revision: Revision) -> list[Letter]:
    number, body = number_of(application, revision), application.body.body.organisation.name
    what = Text(f"回执：申报书已提交·{application.case.title}", f"receipt: handed in, {application.case.title}")
    at = f"{revision.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    text = Text(f"{at} 交到{body}。编号 {number}，摘要（SHA-256）：{revision.digest}。",
                f"handed to {body} at {at}. No. {number}, digest (SHA-256): {revision.digest}.")
    return [Letter(f"receipt/{number}/{person.pk}", "notice", what, text, user=person,
                   link=reverse("applications:receipt", args=[application.public_id, revision.number]))
            for person in people_in(application)]
