"""What a program sent before, by its ticket."""

from __future__ import annotations

from guiju.web.accounts.models import User
from guiju.web.files.domain import Upload, path_of, redeem
from guiju.web.kit.permissions import Refused


def upload_of(ticket: str, user: User) -> Upload:
    """The file that a ticket stands for. Raises Refused for one that is not the person's own, or is old."""
    found = redeem(ticket, user)
    if found is None:
        raise Refused("文件凭据无效或已过期，请重新上传", "a file's ticket is not valid: send the file again")
    return found


def content_of_ticket(ticket: str, user: User, kind: str, megabytes: int) -> bytes:
    """What a file holds that is read at once. Raises Refused for another kind of file, or one that is too large."""
    upload = upload_of(ticket, user)
    if upload.file.kind != kind or upload.file.size > megabytes << 20:
        raise Refused(f"只收 {megabytes} MB 以内的 .{kind} 文件",
                      f"only .{kind} files up to {megabytes} MB are taken")
    try:
        return path_of(upload.file.sha256).read_bytes()
    except FileNotFoundError:
        raise Refused("文件已不在，请重新上传", "the file is gone: send it again") from None
