"""A site on a file database. `DATABASE_URL` names another one: the same tests run on PostgreSQL.

Django is set up only where these tests are collected: the rest of the suite runs without it.
"""

# ruff: noqa: E402
# Django is set up before anything of the site is imported.
from __future__ import annotations

import atexit
import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

_DATA = tempfile.mkdtemp(prefix="guiju-web-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ.update(DJANGO_SETTINGS_MODULE="guiju.web.settings", GUIJU_DATA=_DATA, GUIJU_SQLITE_SYNC="NORMAL",
                  GUIJU_MAIL="console", GUIJU_HOSTS="testserver,localhost", GUIJU_SECOND_FACTOR="off")

import django
from django.conf import settings as django_settings

# A thread of the live server ends with its connection, so that nothing holds the database at the end. Quick hashes,
# plain static files: from the start, for the server is older than any test.
django_settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django_settings.STORAGES = {**django_settings.STORAGES, "staticfiles": {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
django_settings.WHITENOISE_AUTOREFRESH = True
django.setup()

import pytest
from people import World, build

from guiju.lifecycle.events import CHINA
from guiju.web.accounts.models import User
from guiju.web.kit import clock

if TYPE_CHECKING:
    from browser import Visits
    from places import Place
    from playwright.sync_api import Browser

Clock = Callable[[str], None]


@pytest.fixture(autouse=True)
def _light(settings: object, tmp_path: Path) -> None:
    """Uploads of this test alone."""
    django_settings.FILES = tmp_path / "files"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the site's clock to the morning of a day, or to `2026-03-02T16:59`; it goes on from there."""
    def set_(day: str) -> None:
        moment = dt.datetime.fromisoformat(day if "T" in day else f"{day}T09:00:00").replace(tzinfo=CHINA)
        shift = moment - dt.datetime.now(CHINA)
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers last: Playwright's loop then stands in nobody's way, and forks find few threads. Browsers alone, where
    pictures are taken."""
    items.sort(key=_in_browser)
    if os.environ.get("GUIJU_SCREENS"):
        items[:] = filter(_in_browser, items)


def _in_browser(item: pytest.Item) -> bool:
    return "chromium" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests. Skipped without it; under CI=true that is a failure."""
    from browser import FLAGS, chromium_or_leave, whole_pages
    from playwright.sync_api import sync_playwright

    path = chromium_or_leave()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the sync API keeps a loop in this thread; nothing here is async
    with sync_playwright() as playwright, whole_pages():
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, chromium_sandbox=os.getuid() != 0)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the site: a server in a thread of this process, on the tests' database."""
    address: str = live_server.url
    monkeypatch.setattr(django_settings, "ORIGIN", address)
    return address


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visits]:
    """Opens pages of the site as any person, in Chromium: see `browser`."""
    from browser import Visits

    made = Visits(chromium, site)
    yield made
    made.close()
    assert made.faults == []


@pytest.fixture
def here() -> Place:
    """The site of this test, as another process opens it. Only in tests whose transactions are real."""
    from django.db import connection
    from places import Place

    name = str(connection.settings_dict["NAME"])
    address = f"sqlite:///{name}" if connection.vendor == "sqlite" else _of_database(name)
    return Place(Path(django_settings.FILES).parent, address)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Place]:
    """An empty site on the same kind of database."""
    from django.db import connection
    from places import Place

    if connection.vendor == "sqlite":
        yield Place(tmp_path / "elsewhere")
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE guiju_elsewhere")
    yield Place(tmp_path / "elsewhere", _of_database("guiju_elsewhere"))
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE guiju_elsewhere WITH (FORCE)")


def _of_database(name: str) -> str:
    """DATABASE_URL, with another database of the same server."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))
