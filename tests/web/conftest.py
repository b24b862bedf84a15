"""A site on a file database. `DATABASE_URL` names another one: the same tests run on PostgreSQL.

Django is set up only where these tests are collected: the rest of the suite runs without it.
"""

from __future__ import annotations

import atexit
import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_DATA = tempfile.mkdtemp(prefix="guiju-web-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ.update(DJANGO_SETTINGS_MODULE="guiju.web.settings", GUIJU_DATA=_DATA, GUIJU_SQLITE_SYNC="NORMAL",
                  GUIJU_MAIL="console", GUIJU_HOSTS="testserver,localhost")

import django  # noqa: E402
from django.conf import settings as django_settings  # noqa: E402

django.setup()

import pytest  # noqa: E402
from people import World, build  # noqa: E402

from guiju.lifecycle.events import CHINA  # noqa: E402
from guiju.web.accounts.models import User  # noqa: E402
from guiju.web.kit import clock  # noqa: E402

Clock = Callable[[str], None]
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _light(settings: object, tmp_path: Path) -> None:
    """Quick hashes, plain static files, uploads of this test alone."""
    django_settings.PASSWORD_HASHERS = FAST
    django_settings.STORAGES = {**django_settings.STORAGES, "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    django_settings.WHITENOISE_AUTOREFRESH = True
    django_settings.FILES = tmp_path / "files"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the site's clock to the morning of a day; it goes on from there."""
    def set_(day: str) -> None:
        shift = dt.datetime.fromisoformat(f"{day}T09:00:00+08:00") - dt.datetime.now(CHINA)
        monkeypatch.setattr(clock, "_shift", lambda: shift)

    return set_


@pytest.fixture
def world(db: None) -> World:
    """Four organisations, seven people, the chart of the leaders' title, one case of each of two enterprises."""
    return build()


@pytest.fixture
def signed_in(client: object) -> Callable[[User], object]:
    from django.test import Client

    def client_of(user: User) -> Client:
        made = Client()
        made.force_login(user)
        return made

    return client_of
