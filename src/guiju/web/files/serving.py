"""Giving a file: always saved, never shown inside the site."""

from __future__ import annotations

from django.http import FileResponse, Http404

from guiju.web.files.domain import path_of
from guiju.web.files.kinds import MEDIA
from guiju.web.files.models import Attachment


def given(attachment: Attachment, name: str = "") -> FileResponse:
    """The content under its name, or under another one. Raises Http404 where it is gone."""
    try:
        content = path_of(attachment.file.sha256).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=name or attachment.name,
                            content_type=MEDIA[attachment.file.kind])
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
