"""Objecting to what was made public: with a name or, where the round allows it, without one."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from guiju.lifecycle.chart import Procedure
from guiju.lifecycle.events import Actor, Document, Evidence
from guiju.lifecycle.names import thread_name
from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.models import User
from guiju.web.cases.domain import make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import case_of
from guiju.web.files.domain import Upload, attach
from guiju.web.kit.clock import now, today
from guiju.web.kit.ids import public_id
from guiju.web.kit.permissions import Refused
from guiju.web.notices.models import NoticeItem, Objection
from guiju.web.notices.threads import anonymous_are_heard, procedure_of_item, role_of

A_DAY = dt.timedelta(days=1)
MOST_OF_ORIGIN, MOST_OF_PERSON, MOST_UNSIGNED = 5, 20, 200  # a day; the last: of one notice
LETTERS = 16
MOST_FILES, LONGEST = 5, 5000


@dataclass(frozen=True, slots=True)
class Objector:
    """Who objects. `name` empty: he stays unnamed, and nothing of him is kept. `origin`: from where it was sent."""

    user: User | None = None
    name: str = ""
    contact: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`code`: by which the objector can see what becomes of it. It is shown once and not kept."""

    objection: Objection
    code: str


def object_to(item: NoticeItem, objector: Objector, ground: str, uploads: Sequence[Upload] = ()) -> Receipt | Refusal:
    """Raise an objection: it opens a thread of the case. Raises Refused: the notice is over, no names are left out
    here, no ground, too many of one origin."""
    with transaction.atomic():
        item = NoticeItem.objects.select_related("notice__round", "case__revision").get(pk=item.pk)
        CaseRecord.objects.select_for_update(of=("self",)).get(pk=item.case_id)
        item.case.refresh_from_db()
        procedure = _may(item, objector, ground, uploads)
        made = Objection(item=item, named=bool(objector.name), name=objector.name.strip(), ground=ground.strip(),
                         contact=objector.contact.strip() if objector.name else "", made=now(),
                         user=objector.user if objector.name else None, origin=_unreadable(objector.origin))
        code = public_id(LETTERS)
        made.code = digest(code)
        number = len(case_of(item.case).threads_of(procedure.id)) + 1
        made.thread = thread_name(procedure.id, number)
        moved = make_move(item.case, f"{procedure.id}:raise", None, evidence=_evidence(made, uploads),
                          actor=_actor(made, procedure))
        if isinstance(moved, Refusal):
            return moved
        assert isinstance(moved, CaseRecord)
        item.case = moved
        made.save(force_insert=True)
        attach(list(uploads), "objection", made.public_id, made.user, made.thread)
        return Receipt(made, code)


def digest(code: str) -> str:
    """Under which a receipt's code is kept; spaces, dashes and small letters make no difference."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def forget_origins() -> int:
    """After a day, from where an objection was sent counts no more and is not kept; how many were emptied."""
    return Objection.objects.filter(made__lte=now() - A_DAY).exclude(origin="").update(origin="")


def _may(item: NoticeItem, objector: Objector, ground: str, uploads: Sequence[Upload]) -> Procedure:
    notice = item.notice
    procedure = procedure_of_item(item)
    if procedure is None:
        raise Refused("对这个公示，流程图没有异议程序", "the chart has no objections to this notice")
    if notice.state != "published":
        raise Refused("公示已撤回", "the notice was withdrawn")
    if today() > notice.ends:
        raise Refused(f"公示已于 {notice.ends} 期满", f"the notice ended on {notice.ends}")
    if not ground.strip():
        raise Refused("写明异议的理由", "say what is wrong")
    if len(ground) > LONGEST or len(uploads) > MOST_FILES:
        raise Refused(f"理由至多 {LONGEST} 字，佐证至多 {MOST_FILES} 个",
                      f"{LONGEST} characters, {MOST_FILES} files at most")
    if not objector.name.strip() and not anonymous_are_heard(item):
        raise Refused("本批次只受理实名异议，请写姓名和联系方式", "this round hears named objections only")
    if objector.name.strip() and objector.user is None and not objector.contact.strip():
        raise Refused("实名异议请留联系方式", "leave a way to reach you")
    _not_too_many(item, objector)
    same = Objection.objects.filter(item=item, ground=ground.strip(), made__gt=now() - A_DAY)
    if same.filter(origin=_unreadable(objector.origin)).exclude(origin="").exists():
        raise Refused("同样的异议刚才已经收到，凭回执编码查询即可",
                      "the same objection is in already: see your receipt")
    return procedure


def _not_too_many(item: NoticeItem, objector: Objector) -> None:
    """So that nobody floods an office: so many a day of one origin, of one person, of all who have not signed in."""
    fresh = Objection.objects.filter(made__gt=now() - A_DAY)
    if objector.user is not None and objector.name:
        full = fresh.filter(user=objector.user).count() >= MOST_OF_PERSON
    else:
        full = fresh.filter(origin=_unreadable(objector.origin)).count() >= MOST_OF_ORIGIN \
            or fresh.filter(user__isnull=True, item__notice=item.notice).count() >= MOST_UNSIGNED
    if full:
        raise Refused("今天提交的异议太多，请明天再来，或者书面寄交办理单位",
                      "too many today: come again tomorrow, or write to the office by post")


def _unreadable(origin: str) -> str:
    """An address as a word that only counts: it holds for a day and can't be read back."""
    if not origin:
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), f"{today()} {origin}".encode(), hashlib.sha256).hexdigest()


def _actor(objection: Objection, procedure: Procedure) -> Actor:
    """As whom the case knows him: never by name."""
    kind, name = ("objector", "实名异议人（身份另存）") if objection.named else ("anonymous", "匿名异议人")
    return Actor(f"{kind}:{objection.public_id}", name, frozenset({role_of(procedure, "raise")}))


def _evidence(objection: Objection, uploads: Sequence[Upload]) -> Evidence:
    given = {"异议理由": objection.ground, "异议人已实名": "是" if objection.named else "否"}
    papers = tuple(Document(f"异议佐证{n}", u.file.sha256) for n, u in enumerate(uploads, 1))
    if papers:
        given["异议佐证"] = f"{len(papers)} 个文件"
    return Evidence(given, papers)


