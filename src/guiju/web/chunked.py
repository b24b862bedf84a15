"""A body that comes in chunks, its length not said beforehand: read as far as the limit, so that it is measured like
any other. Django reads only what a length is said of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_AT_ONCE = 64 * 1024


def measured(application: Application, most: int, in_memory: int) -> Application:
    """The application, told the length of such a body. Of one that is longer than `most` it is told so much and one
    more, and the rest is not read: its own limit answers. More than `in_memory` waits on the disk."""
    def told(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            return application(environ, start_response)
        with SpooledTemporaryFile(in_memory) as body:
            length, source = 0, environ["wsgi.input"]
            while length <= most and (chunk := source.read(min(_AT_ONCE, most + 1 - length))):
                length += body.write(chunk)
            body.seek(0)
            return application({**environ, "wsgi.input": body, "CONTENT_LENGTH": str(length)}, start_response)

    return told
