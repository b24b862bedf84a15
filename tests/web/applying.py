"""An application that is ready to be handed in, and the people round it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rounds_world import LaboratoryWorld

from guiju.forms import Field, Table, asked, load_form
from guiju.web.accounts.domain.invitations import accept
from guiju.web.accounts.models import User
from guiju.web.applications.domain import begin, hand_in, write_answer
from guiju.web.applications.domain.attachments import add_file
from guiju.web.applications.domain.confirming import Confirmed, facts_given
from guiju.web.applications.domain.handing_in import Acknowledged
from guiju.web.applications.domain.revisions import content_of, digest_of
from guiju.web.applications.domain.writing import Written
from guiju.web.applications.models import Application
from guiju.web.applications.queries import answers_with_versions
from guiju.web.cases.domain.roles import invite_partner

PDF = b"%PDF-1.4\nbody\n%%EOF\n"
OF_KIND = {"line": "示例", "text": "本实验室的说明文字。", "opinion": "同意申报。", "phone": "010-12345678",
           "email": "a@example.cn", "postcode": "450000", "date": "2026-03-02", "yesno": "是", "number": "10",
           "money": "100"}
SPECIAL = {"lab_name_zh": "先进陶瓷国家质量标准实验室",
           "lab_name_en": "State Quality & Standards Laboratory of Advanced Ceramics", "industry": "C30"}


def drafted(world: LaboratoryWorld, joint: bool = False) -> Application:
    """An application of the host, just begun."""
    made = begin(world.round, world.body, world.host, world.applicant, "科研院所", "地方", joint)
    assert isinstance(made, Application), made
    return made


def written(application: Application, field: str, value: Any, user: User) -> Written:
    """Write in a field on top of what stands there."""
    there = answers_with_versions(application).get(field)
    made = write_answer(application, field, value, there.version if there else 0, user)
    assert isinstance(made, Written), made
    return made


def stands(application: Application, field: str = "purpose_text") -> object:
    """What stands in a field now."""
    return application.answers.get(field=field).value


def filled(application: Application, user: User) -> Application:
    """Everything that must be filled in, is."""
    for item in asked(load_form(application.form), application.joint):
        if isinstance(item, Field) and item.kind == "attachment":
            if item.required:
                add_file(application, item.id, SimpleUploadedFile("承诺.pdf", PDF), user)
        elif item.id not in answers_with_versions(application) and (item.required or item.id.startswith("agreement_")):
            written(application, item.id, "无" if isinstance(item, Table) else value_of(item), user)
    return application


def handed_in(application: Application, user: User) -> Acknowledged:
    """It goes in as it stands."""
    made = hand_in(application, user, digest_of(content_of(application)),
                   facts_given(application, Confirmed(True, 3, True)))
    assert isinstance(made, Acknowledged), made
    return made


def value_of(field: Field) -> str:
    return SPECIAL.get(field.id) or (field.choices[0] if field.choices else OF_KIND[field.kind])


def joined(world: LaboratoryWorld, application: Application) -> None:
    """The partner's organisation takes part."""
    token = invite_partner(application.case, world.applicant, "partner@example.org")
    accept(token, world.partner, world.partner_organisation.code)
