"""Signing in and out, registering, and the language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from guiju.web.accounts.domain import oidc, people, second_factor, signing
from guiju.web.accounts.domain.passkeys import has_passkey
from guiju.web.accounts.forms import CodeForm, RegisterForm, SignInForm
from guiju.web.accounts.me import me
from guiju.web.accounts.models import User
from guiju.web.kit.doors import door, public
from guiju.web.kit.middleware import COOKIE
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import current

NEXT = "_next"


def back_to(request: HttpRequest, address: str) -> str:
    """The address, if it is one of ours; else where one lands after signing in."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@public
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step: login and password."""
    target = back_to(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request.POST or None, initial={"login": request.GET.get("login", "")[:60]})
    if request.method == "POST" and form.is_valid():
        try:
            user = signing.by_password(request, form.cleaned_data["login"], form.cleaned_data["password"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            return go_on(request, user, target)
    return render(request, "accounts/sign_in.html", {"form": form, "next": target, "single_sign_on": oidc.is_on()})


def go_on(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """After the first step: the second one, where the person has one."""
    if second_factor.has_factor(user) or has_passkey(user):
        signing.wait_for_factor(request, user)
        request.session[NEXT] = target
        return redirect("accounts:second-step")
    signing.sign_in(request, user)
    return redirect(target)


@public
def second_step(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app, a recovery code, or a passkey."""
    user = signing.half_signed_in(request)
    if user is None:
        return redirect("accounts:sign-in")
    form, place = CodeForm(request.POST or None), signing.place_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            signing.factor_attempt(user, place)
            passed = second_factor.pass_factor(user, form.cleaned_data["code"])
            signing.note_factor(user, place, passed)
            if not passed:
                raise Refused("验证码不对，或已经用过", "the code is wrong, or was used")
        except Refused as refusal:
            form.refused(refusal, "code")
        else:
            target = back_to(request, request.session.get(NEXT, ""))
            signing.sign_in(request, user)
            return redirect(target)
    return render(request, "accounts/second_step.html", {
        "form": form, "app": second_factor.has_factor(user), "codes": second_factor.codes_left(user),
        "passkey": has_passkey(user)})


@door("account.own")
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        logout(request)
    return redirect("kit:home")


@public
@sensitive_post_parameters("new", "again")
def register(request: HttpRequest) -> HttpResponse:
    """A new person; an organisation comes next, or an invitation."""
    target = back_to(request, request.POST.get("next") or request.GET.get("next", ""))
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = people.register(data["login"], data["name"], data["new"], data["email"], current())
        except Refused as refusal:
            form.refused(refusal)
        else:
            signing.sign_in(request, user)
            return redirect(target)
    return render(request, "accounts/register.html", {"form": form, "next": target})


@public
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language, and go back to where one was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.method == "POST":
        chosen = "en" if request.POST.get("language") == "en" else "zh"
        response.set_cookie(COOKIE, chosen, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.HTTPS,
                            httponly=True)
        if request.user.is_authenticated:
            people.change_language(me(request), chosen)
    return response
