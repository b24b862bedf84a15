"""The guarded world is built once for a module: what a test writes is taken back after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from guarded_world import Guarded, guarded

from guiju.lifecycle.events import CHINA
from guiju.source.diagnostics import Text
from guiju.web.kit import clock, errors


@pytest.fixture(autouse=True)
def _light() -> None:
    """Uploads are the module's."""


@pytest.fixture(scope="module")
def guarded_world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
                  ) -> Iterator[Guarded]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(django_settings, "FILES", Path(tmp_path_factory.mktemp("files")))

        def on(day: str) -> None:
            moment = dt.datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=CHINA)
            shift = moment - dt.datetime.now(CHINA)
            patch.setattr(clock, "_shift", lambda: shift)

        yield guarded(on)
        transaction.set_rollback(True)


@pytest.fixture
def world(guarded_world: Guarded, db: None) -> Guarded:
    return guarded_world


@pytest.fixture
def plain_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Error pages without menus, quick: what they say otherwise is tested by itself."""
    def page(request: HttpRequest, status: int, title: Text, why: Text) -> HttpResponse:
        return HttpResponse(f"{title.zh} {why.zh} {why.en}", status=status)

    monkeypatch.setattr(errors, "_page", page)
