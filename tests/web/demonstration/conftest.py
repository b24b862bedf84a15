"""The demonstration, seeded once. Its tests read only; what a test changes, it takes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from kept_worlds import built_once
from people import PASSWORD

from guiju.web.accounts.models import User
from guiju.web.demonstration.seed.stage import Stage
from guiju.web.demonstration.seed.story import NOW, seed
from guiju.web.kit.clock import held


@pytest.fixture(scope="module")
def kept_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demonstration-files")


@built_once
def told() -> Stage:
    return seed(PASSWORD).stage


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any, kept_files: Path) -> Iterator[Stage]:
    """Everyone and everything of the story, taken back when the last test of the file is done."""
    before, settings.MOVABLE_CLOCK, settings.FILES = settings.MOVABLE_CLOCK, True, kept_files
    with django_db_blocker.unblock(), transaction.atomic():
        yield told()
        transaction.set_rollback(True)
    settings.MOVABLE_CLOCK = before


@pytest.fixture
def story(seeded: Stage, kept_files: Path) -> Iterator[Stage]:
    """The story at its end: on the demonstration's day. What is changed is taken back."""
    settings.FILES = kept_files
    with held(NOW), transaction.atomic():
        yield seeded
        transaction.set_rollback(True)


@pytest.fixture
def person(story: Stage) -> dict[str, User]:
    return {user.login: user for user in User.objects.all()}
