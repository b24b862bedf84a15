"""Taking files in. A content is kept under its SHA-256, written whole before anything names it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shlex
import subprocess  # nosec B404  # the scanner that the settings name
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guiju.web.files.kinds import kind_of
from guiju.web.files.models import Attachment, StoredFile
from guiju.web.files.names import clean_name
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused

_SCAN_SECONDS = 120
_SPARE = dt.timedelta(days=1)
_SALT = "guiju.files.kept"


@dataclass(frozen=True, slots=True)
class Upload:
    """A content that was taken in, under the name that it had. `paper`: which of the documents asked for it is."""

    file: StoredFile
    name: str
    paper: str = ""


def path_of(sha256: str) -> Path:
    return Path(settings.FILES) / sha256[:2] / sha256


def take_in(uploaded: UploadedFile[Any], paper: str = "") -> Upload:
    """Check and keep a file. Raises Refused for what is not taken."""
    size = uploaded.size or 0
    if size > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT >> 20
        raise Refused(f"文件超过 {most} MB", f"the file is larger than {most} MB")
    file: Any = uploaded.file
    kind = kind_of(file, size)
    folder = Path(settings.FILES)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as written:
        try:
            file.seek(0)
            while chunk := file.read(1024 * 1024):
                digest.update(chunk)
                written.write(chunk)
            written.flush()
            os.fsync(written.fileno())
            _scan(Path(written.name))
            _place(Path(written.name), digest.hexdigest())
        finally:
            Path(written.name).unlink(missing_ok=True)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "kind": kind, "stored": now()})
    return Upload(stored, clean_name(uploaded.name or "", stored.kind), paper)


def _place(written: Path, sha256: str) -> None:
    target = path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not target.exists():
        written.chmod(0o400)
        written.replace(target)


def _scan(path: Path) -> None:
    """Ask the scanner, if the settings name one. What it does not call clean is refused."""
    if not settings.SCAN_COMMAND:
        return
    command = [*shlex.split(settings.SCAN_COMMAND), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SCAN_SECONDS, check=False)  # nosec B603  # as above
    except (OSError, subprocess.TimeoutExpired):
        raise Refused("查毒程序没有运行起来，文件未收；请稍后再试", "the scanner did not run: try again") from None
    if done.returncode:
        raise Refused("文件没有通过查毒，不收", "the scanner refused the file")


def ticket(upload: Upload, user: Any) -> str:
    """What a form carries, so that a file need not be sent again when something else was wrong."""
    return signing.dumps([upload.file.sha256, upload.name, upload.paper, user.pk], salt=_SALT, compress=True)


def redeem(given: str, user: Any) -> Upload | None:
    """The upload of a ticket; none for a ticket of someone else, a forged one or an old one."""
    try:
        sha256, name, paper, owner = signing.loads(given, salt=_SALT, max_age=_SPARE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    stored = StoredFile.objects.filter(sha256=sha256).first() if owner == user.pk else None
    return None if stored is None else Upload(stored, name, paper)


def attach(uploads: list[Upload], holder: str, holder_id: str, by: Any, note: str = "") -> None:
    """Hang uploads on something, in the caller's transaction."""
    Attachment.objects.bulk_create(
        Attachment(file=u.file, name=u.name, holder=holder, holder_id=holder_id, paper=u.paper, note=note,
                   uploaded=now(), uploaded_by=by) for u in uploads)


def purge() -> int:
    """Delete contents that nothing names a day after they came; how many went."""
    gone = 0
    for stored in StoredFile.objects.filter(attachments__isnull=True, stored__lt=now() - _SPARE):
        with transaction.atomic():
            locked = StoredFile.objects.select_for_update().get(pk=stored.pk)
            if not locked.attachments.exists():
                locked.delete()
                path_of(stored.sha256).unlink(missing_ok=True)
                gone += 1
    return gone
