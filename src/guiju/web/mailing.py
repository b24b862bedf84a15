"""How mail goes out, from one address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def mail_settings(address: str, data: Path) -> dict[str, Any]:
    """Django's mail settings. Raises ImproperlyConfigured for an address that it does not know."""
    if address == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if address == "file":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": str(data / "mail")}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps"):
        raise ImproperlyConfigured("GUIJU_MAIL: console, file, smtp://…, smtps://…")
    return {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": parts.hostname or "",
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587), "EMAIL_TIMEOUT": 20,
            "EMAIL_HOST_USER": unquote(parts.username or ""), "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username)}
