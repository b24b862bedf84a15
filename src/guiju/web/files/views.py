"""Downloads. A file is always saved, never shown inside the site."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from guiju.web.files.domain import path_of
from guiju.web.files.kinds import MEDIA
from guiju.web.files.models import Attachment
from guiju.web.files.queries import my_file
from guiju.web.kit.doors import door


@door("file.view", my_file, methods=("GET", "HEAD"))
def download(request: HttpRequest, attachment: Attachment, public_id: str) -> FileResponse:
    try:
        content = path_of(attachment.file.sha256).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=attachment.name,
                            content_type=MEDIA[attachment.file.kind])
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{attachment.file.sha256}"'
    return response
