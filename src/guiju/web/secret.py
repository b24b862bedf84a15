"""The signing key: from the environment, else a random one that is kept in the data directory, readable by its owner.

A mere import of the settings (type checks, tests) writes nothing: `prepare` does, and every way to start calls it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from guiju.web.environment import data_directory, read

_BYTES = 48


def prepare() -> Path:
    """Make the data directory and the key, where they are missing; the directory."""
    folder = data_directory()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "secret-key"
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(_BYTES))
    return folder


def secret_key() -> str:
    """The key in use; one for this process only, before the first start."""
    path = data_directory() / "secret-key"
    kept = path.read_text(encoding="ascii").strip() if path.is_file() else ""
    return read("GUIJU_SECRET_KEY") or kept or secrets.token_urlsafe(_BYTES)
