"""What the command line calls: makes Django ready, then saves or restores."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.web.backup.archive import Unusable
from guiju.web.secret import prepare

if TYPE_CHECKING:
    from guiju.web.backup.restoring import Restored
    from guiju.web.backup.saving import Saved

__all__ = ["Unusable", "backup", "restore"]


def backup(path: Path, with_key: bool = False) -> Saved:
    """See `saving.back_up`."""
    _make_ready()
    from guiju.web.backup.saving import back_up

    return back_up(path.resolve(), with_key)


def restore(path: Path, force: bool = False) -> Restored:
    """See `restoring.restore`."""
    _make_ready()
    from guiju.web.backup.restoring import restore as restored

    return restored(path, force)


def _make_ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.web.settings")
    prepare()
    import django

    django.setup()
