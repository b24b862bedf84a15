"""Beginning an application: the case is opened, and what the site knows already stands in the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from guiju.forms import YES, Form, load_form
from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.queries import ACTING, role_in
from guiju.web.applications.domain.revisions import put_back
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.domain import open_case
from guiju.web.rounds.models import Round, RoundBody

KINDS = {"institute": "科研院所", "university": "高等院校", "enterprise": "企业主体"}
AFFILIATIONS = ("地方", "中央")


@transaction.atomic
def begin(round_: Round, body: RoundBody, organisation: Organisation, user: User, kind: str, affiliation: str,
          joint: bool) -> Application | Refusal:
    """Open the case of an application, and its form. `kind`: 申报主体类别; `affiliation`: 依托单位隶属.

    Raises Refused.
    """
    if role_in(user, organisation) not in ACTING:
        raise Refused("您不能代表这个单位申报", "you can't apply for this organisation")
    if body.round_id != round_.pk:
        raise Refused("这个推荐单位不在本批次", "this body does not recommend in this round")
    if not round_.form:
        raise Refused("这个批次没有网上申报表", "this round has no form on the site")
    given = {"申报主体类别": kind, "依托单位隶属": affiliation, "联合申报": "是" if joint else "否"}
    record = open_case(round_, body, organisation, user, given)
    if not isinstance(record, CaseRecord):
        return record
    form = load_form(round_.form)
    made = Application.objects.create(
        round=round_, case=record, organisation=organisation, body=body, form=form.id, form_digest=form.digest,
        joint=joint, begun=now(), begun_by=user)
    put_back(made, dict(_known(form, made, kind, affiliation)), user)
    return made


def _known(form: Form, application: Application, kind: str, affiliation: str) -> Iterator[tuple[str, Any]]:
    """What the site knows: who applies and as what, who is asked to recommend, when."""
    own, body = application.organisation, application.body.body.organisation
    row = {"name": own.name, "code": own.code, "host": YES, "builder": YES}
    known = {"host_name": own.name, "host_code": own.code, "recommender_name": body.name, "applicant_kind": kind,
             "affiliation": affiliation, "region": own.region, "filled_on": f"{now():%Y-%m-%d}", "partner_items": [row]}
    for field, value in known.items():
        if value and form.find(field) is not None:
            yield field, value
