"""The papers of an application: blank, filled in, as PDF."""

from __future__ import annotations

from guiju.forms import Stamp, application_pdf, blank_docx, filled_docx
from guiju.web.applications.domain.handing_in import PAPER, number_of
from guiju.web.applications.domain.revisions import content_of, digest_of, file_names
from guiju.web.applications.domain.state import editable
from guiju.web.applications.domain.writing import form_of
from guiju.web.applications.models import Application
from guiju.web.applications.queries import KEPT, handed_in_revision
from guiju.web.files.domain import path_of
from guiju.web.files.models import Attachment
from guiju.web.kit.clock import now


def document_named(application: Application, name: str) -> bytes | None:
    """The document of a name; None where there is none of it."""
    form = form_of(application)
    if name == "blank.docx":
        return blank_docx(form, application.joint)
    if name == "filled.docx":
        return filled_docx(form, content_of(application)["answers"], application.joint)
    return _pdf(application) if name == "form.pdf" else None


def _pdf(application: Application) -> bytes:
    """What was handed in, as it was; a marked draft before that and while it is being completed."""
    revision = None if editable(application) else handed_in_revision(application)
    if revision is not None:
        paper = Attachment.objects.filter(holder=KEPT, holder_id=application.public_id, paper=PAPER,
                                          note=str(revision.number)).select_related("file").first()
        if paper is not None:
            return path_of(paper.file.sha256).read_bytes()
    content = content_of(application)
    stamp = Stamp(number_of(application, application.revisions.count() + 1), digest_of(content), now(), draft=True)
    return application_pdf(form_of(application), content["answers"], application.joint, stamp, file_names(content))
