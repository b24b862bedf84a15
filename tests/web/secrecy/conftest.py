"""The guarded world is built once for a module: what a test writes is taken back after it."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from guarded_once import guarded_world
from guarded_world import Guarded

from guiju.source.diagnostics import Text
from guiju.web.kit import errors

__all__ = ["guarded_world"]


@pytest.fixture(autouse=True)
def _light() -> None:
    """Uploads are the module's."""


@pytest.fixture
def world(guarded_world: Guarded, db: None) -> Guarded:
    return guarded_world


@pytest.fixture
def plain_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Error pages without menus, quick: what they say otherwise is tested by itself."""
    def page(request: HttpRequest, status: int, title: Text, why: Text) -> HttpResponse:
        return HttpResponse(f"{title.zh} {why.zh} {why.en}", status=status)

    monkeypatch.setattr(errors, "_page", page)
