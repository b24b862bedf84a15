"""Which database: SQLite in the data directory, or what DATABASE_URL names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

POSTGRES = ("postgres", "postgresql")


def database(url: str, data: Path, sync: str) -> dict[str, Any]:
    """Django's entry for a database. Raises ImproperlyConfigured for an address that it does not know."""
    if not url:
        return _sqlite(data / "guiju.sqlite3", sync)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)), sync)
    if parts.scheme not in POSTGRES:
        raise ImproperlyConfigured(f"DATABASE_URL: {parts.scheme}:// 不认识；用 postgresql:// 或 sqlite:///（"
                                   f"unknown scheme; use postgresql:// or sqlite:///)")
    return {"ENGINE": "django.db.backends.postgresql", "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "", "PORT": str(parts.port or ""), "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}


def _sqlite(path: Path, sync: str) -> dict[str, Any]:
    """WAL, and IMMEDIATE transactions: a writer waits for its turn at the start, and never fails half-way. A connection
    stays open for as long as its thread: to open one takes as long as many a page."""
    if sync.upper() not in ("FULL", "NORMAL", "EXTRA"):
        raise ImproperlyConfigured("GUIJU_SQLITE_SYNC: FULL, NORMAL, EXTRA")
    return {"ENGINE": "guiju.web.sqlite", "NAME": str(path), "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20,
                        "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={sync.upper()};"}}
