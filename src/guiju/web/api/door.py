"""The whole of the machine's door."""

from __future__ import annotations

import functools
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.openapi.schema import OpenAPISchema, get_schema
from ninja.renderers import BaseRenderer

from guiju import __version__
from guiju.web.api.endpoints import (
    applications,
    applying,
    assignment,
    batching,
    cases,
    committee,
    consulting,
    deciding,
    desk,
    intake,
    laboratories,
    laboratory_acts,
    leading,
    meetings,
    objections,
    opinions,
    organisations,
    organising,
    people,
    programme,
    readings,
    review,
    roles,
    rounds,
)
from guiju.web.api.errors import enter, lengths_told


class Readable(BaseRenderer):
    """JSON with Chinese as it is."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder)


class Described(NinjaAPI):
    """Describes itself once a process: that takes half a second, and anyone may ask for it."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
                           ) -> OpenAPISchema:
        return _description(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)

    def validation_error_from_error_contexts(self, error_contexts: list[ValidationErrorContext[Any]]
                                             ) -> ValidationError:
        return lengths_told(error_contexts, super().validation_error_from_error_contexts(error_contexts))


@functools.lru_cache(maxsize=4)
def _description(described: NinjaAPI, prefix: str) -> OpenAPISchema:
    return get_schema(api=described, path_prefix=prefix)


api = Described(title="规矩 Guiju", version=__version__, urls_namespace="machine", docs_url=None,
               openapi_url="openapi.json", renderer=Readable(), description=(
                   "页面上能办的，这里都能办；权限与页面相同。\n\nAll that the pages do, under the same permissions."))
# Subjects in two modules share one router: an address that both know takes the methods of both.
for router in dict.fromkeys(subject.router for subject in (
        people, organisations, cases, applications, applying, intake, opinions, batching, consulting, review, rounds,
        objections, programme, laboratories, laboratory_acts, organising, committee, assignment, leading, readings,
        meetings, deciding, desk, roles)):
    api.add_router("", router)
enter(api)


def addresses() -> tuple[list[Any], str, str]:
    """The addresses for Django: no sign-in by cookie is asked for, each has a lock of its own."""
    patterns, app, space = api.urls
    for pattern in patterns:
        view: Any = pattern.callback
        view.login_required = False
        view.permission = "public" if getattr(pattern, "name", "") in ("openapi-json", "api-root") else "token"
    return patterns, app, space
