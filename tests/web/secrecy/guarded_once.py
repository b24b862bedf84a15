"""The guarded world, built once for a module: what a test writes is taken back after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from guarded_world import Guarded, guarded

from guiju.lifecycle.events import CHINA
from guiju.web.kit import clock


@pytest.fixture(scope="module")
def guarded_world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
                  ) -> Iterator[Guarded]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(django_settings, "FILES", Path(tmp_path_factory.mktemp("files")))

        def on(day: str) -> None:
            moment = dt.datetime.fromisoformat(day if "T" in day else f"{day}T09:00:00").replace(tzinfo=CHINA)
            shift = moment - dt.datetime.now(CHINA)
            patch.setattr(clock, "_shift", lambda: shift)

        yield guarded(on)
        transaction.set_rollback(True)
