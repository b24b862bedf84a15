"""Files that pages make and a browser saves."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SANDBOX = "sandbox; default-src 'none'"


def download(content: bytes, media: str, name: str) -> HttpResponse:
    """An answer that the browser saves under a name, and in which nothing runs if it is opened all the same."""
    return HttpResponse(content, content_type=media, headers={
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": SANDBOX})
