"""Single sign-on: off to the issuer, and back."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from guiju.web.accounts.domain import oidc
from guiju.web.accounts.models import User
from guiju.web.accounts.views.signing import NEXT, back_to, go_on
from guiju.web.kit.doors import public
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Refused

_LINKING = "_linking"


@public
def begin(request: HttpRequest) -> HttpResponseBase:
    """Off to the issuer; who is signed in links the identity to himself."""
    if not oidc.is_on():
        raise Http404
    request.session[NEXT] = back_to(request, request.GET.get("next", ""))
    request.session[_LINKING] = request.user.pk if request.user.is_authenticated else None
    try:
        return oidc.begin(request, settings.ORIGIN + reverse("accounts:sso-back"))
    except Refused as refusal:
        failed(request, refusal.text)
        return redirect("accounts:account" if request.user.is_authenticated else "accounts:sign-in")


@public
def back(request: HttpRequest) -> HttpResponse:
    """Back from the issuer."""
    if not oidc.is_on():
        raise Http404
    target, linking = back_to(request, request.session.pop(NEXT, "")), request.session.pop(_LINKING, None)
    present = request.user if isinstance(request.user, User) else None
    try:
        if (present.pk if present else None) != linking:
            raise Refused("登录状态变了，请再试一次", "you signed in or out meanwhile: try again")
        user = oidc.person_of(oidc.finish(request), present)
    except Refused as refusal:
        failed(request, refusal.text)
        return redirect("accounts:account" if present else "accounts:sign-in")
    if present is not None:
        done(request, "已绑定统一认证", "linked")
        return redirect("accounts:account")
    return go_on(request, user, target)
