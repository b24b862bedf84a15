"""A document that is read at once and not kept."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.http import HttpRequest

from guiju.web.files.kinds import kind_of
from guiju.web.kit.permissions import Refused


def content_of_kind(request: HttpRequest, kind: str, megabytes: int) -> bytes:
    """What was sent as `file`. Raises Refused for what is not of that kind (by its content), or too large."""
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise Refused(f"请选择 .{kind} 文件", f"choose a .{kind} file")
    size, file = uploaded.size or 0, cast(BinaryIO, uploaded.file)
    if size > megabytes << 20 or kind_of(file, size) != kind:
        raise Refused(f"只收 {megabytes} MB 以内的 .{kind} 文件",
                      f"only .{kind} files up to {megabytes} MB are taken")
    file.seek(0)
    return file.read()
