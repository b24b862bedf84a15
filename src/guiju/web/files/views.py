"""Downloads."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest

from guiju.web.files.models import Attachment
from guiju.web.files.queries import my_file
from guiju.web.files.serving import given
from guiju.web.kit.doors import door


@door("file.view", my_file, methods=("GET", "HEAD"))
def download(request: HttpRequest, attachment: Attachment, public_id: str) -> FileResponse:
    response = given(attachment)
    response.headers["ETag"] = f'"{attachment.file.sha256}"'
    return response
