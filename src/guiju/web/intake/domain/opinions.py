"""The body's opinion, and the scan that shows its seal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from guiju.web.accounts.models import User
from guiju.web.applications.domain.state import locked
from guiju.web.applications.models import Application
from guiju.web.files.domain import Upload, attach
from guiju.web.intake.domain.parts import check_stage
from guiju.web.intake.models import Opinion
from guiju.web.intake.queries import OPINION, seals_of
from guiju.web.intake.stages import CHECKING
from guiju.web.kit.clock import now, today
from guiju.web.kit.permissions import Refused, Superseded

PAPER = "推荐意见"
LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Written:
    """What the body writes. `sealed`: it states that the scan shows its seal."""

    text: str
    head: str = ""
    signed_on: dt.date | None = None
    sealed: bool = False
    joined: bool = False
    preferred: bool | None = None


@transaction.atomic
def write_opinion(application: Application, written: Written, user: User, version: int, scan: Upload | None = None
                  ) -> Opinion:
    """Keep the opinion as it stands. `version`: of the one that the person saw, 0 for none. Raises Refused."""
    application = locked(application)
    check_stage(application, (CHECKING,), "收件之后、报送之前才写推荐意见",
                "the opinion is written after receipt and before forwarding")
    kept = Opinion.objects.select_related("changed_by").filter(application=application).first()
    if (kept.version if kept else 0) != version:
        who = kept.changed_by.name if kept else "他人"
        raise Superseded(f"推荐意见刚被{who}改过，您的没有保存；请在最新内容上再改",
                         "the opinion was changed meanwhile: yours was not kept, go on from what is there now")
    if not written.text.strip() or len(written.text) > LONGEST:
        raise Refused(f"请写推荐意见，不超过 {LONGEST} 字", f"write the opinion, at most {LONGEST} characters")
    if written.signed_on and written.signed_on > today():
        raise Refused("签署日期不能在今天之后", "it can't be signed in the future")
    if written.sealed and scan is None and not seals_of(kept):
        raise Refused("要标“已盖公章”，请上传盖章后的扫描件", "upload the scan that shows the seal")
    opinion = kept or Opinion(application=application)
    opinion.text, opinion.head, opinion.signed_on = written.text.strip(), written.head.strip(), written.signed_on
    opinion.sealed, opinion.joined, opinion.preferred = written.sealed, written.joined, written.preferred
    opinion.version, opinion.changed, opinion.changed_by = version + 1, now(), user
    opinion.save()
    if scan is not None:
        attach([Upload(scan.file, scan.name, PAPER)], OPINION, opinion.public_id, user)
    return opinion
