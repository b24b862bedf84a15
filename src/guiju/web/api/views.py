"""A person's tokens, and what the machine's door offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from guiju.web.accounts.me import me
from guiju.web.api.domain import issue, revoke
from guiju.web.api.forms import TokenForm
from guiju.web.api.models import ApiToken
from guiju.web.kit.clock import now
from guiju.web.kit.doors import door, public
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused


@public
def offered(request: HttpRequest) -> HttpResponse:
    """Every address with what it does and which scope it asks for."""
    return render(request, "api/offered.html", {"operations": list(_operations())})


@door("token.own")
@sensitive_variables("plain")
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens. A new one is shown on the answer to its request, and never again."""
    user, plain = me(request), ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plain = issue(user, **form.cleaned_data)
            form = TokenForm()
        except Refused as refusal:
            form.refused(refusal)
    found = ApiToken.objects.filter(user=user, revoked__isnull=True, expires__gt=now()).order_by("-created")
    return render(request, "api/tokens.html", {"form": form, "tokens": found, "plain": plain})


@door("token.own", methods=("POST",))
def end(request: HttpRequest, number: int) -> HttpResponse:
    if revoke(me(request), number):
        done(request, "令牌已停用", "revoked")
    return redirect("api:tokens")


def _operations() -> Iterator[dict[str, Any]]:
    from guiju.web.api.door import api

    for path, methods in sorted(api.get_openapi_schema()["paths"].items()):
        for method, operation in methods.items():
            yield {"path": path, "method": method.upper(), "does": operation.get("description", ""),
                   "tags": operation.get("tags", [])}
