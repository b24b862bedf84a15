"""A partner that joins a consortium stands on the cover from then on: the form asks for each name, and its seal."""

from __future__ import annotations

from guiju.web.accounts.models import Invitation, Organisation
from guiju.web.applications.domain.state import editable, locked
from guiju.web.applications.domain.writing import form_of, store
from guiju.web.applications.models import Answer, Application
from guiju.web.applications.queries import answers_with_versions

COVER = "cover_partners"


def name_on_cover(invitation: Invitation, organisation: Organisation) -> None:
    """Add the partner's name below those that stand there, for whoever invited it; one that is named stays as it is.
    In the caller's transaction."""
    found = Application.objects.filter(case__public_id=invitation.subject, joint=True).first()
    if found is None:
        return
    application = locked(found)
    item = form_of(application).find(COVER)
    if item is None or not editable(application):
        return
    answer = answers_with_versions(application).get(COVER) or Answer(
        application=application, field=COVER, version=0, value="")
    lines = str(answer.value).splitlines()
    if organisation.name not in map(str.strip, lines):
        store(answer, item, "\n".join([*lines, organisation.name]), invitation.invited_by)
