"""My account: who I am, my password, my second factor, where I am signed in."""

from __future__ import annotations

import segno
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters

from guiju.web.accounts import totp
from guiju.web.accounts.devices import in_words
from guiju.web.accounts.domain import oidc, people, second_factor, signing
from guiju.web.accounts.domain.closing import close as close_account
from guiju.web.accounts.forms import CloseForm, CodeForm, ConfirmForm, PasswordForm, ProfileForm
from guiju.web.accounts.me import me
from guiju.web.accounts.queries import capacities, passkeys_of, sessions_of
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Refused


@door("account.own")
def account(request: HttpRequest) -> HttpResponse:
    """The overview, with name and address to edit."""
    user = me(request)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "email": user.email})
    if request.method == "POST" and form.is_valid():
        people.change_profile(user, form.cleaned_data["name"], form.cleaned_data["email"])
        done(request, "已保存", "saved")
        return redirect("accounts:account")
    sessions = [{"session": s, "device": in_words(s.agent), "digest": signing.session_digest(s.session_key),
                 "here": s.session_key == request.session.session_key} for s in sessions_of(user)]
    return render(request, "accounts/account.html", {
        "form": form, "sessions": sessions, "factor": second_factor.has_factor(user),
        "codes_left": second_factor.codes_left(user), "passkeys": passkeys_of(user), "capacities": capacities(user),
        "single_sign_on": oidc.is_on(), "linked": user.identities.exists()})


@door("account.own")
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.change_password(me(request), form.cleaned_data["old"], form.cleaned_data["new"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            update_session_auth_hash(request, me(request))
            people.end_other_sessions(me(request), request.session.session_key or "")
            done(request, "密码已改，其他地方的登录都已退出", "changed; every other session has ended")
            return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form})


@door("account.own")
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session of mine, or all others."""
    if request.method == "POST":
        if request.POST.get("which") == "others":
            people.end_other_sessions(me(request), request.session.session_key or "")
        else:
            people.end_session(me(request), request.POST.get("which", ""))
        done(request, "已退出", "ended")
    return redirect("accounts:account")


@door("account.own")
def second(request: HttpRequest) -> HttpResponse:
    """Set an authenticator app up: scan, then type what it shows. The recovery codes show once."""
    try:
        secret = second_factor.secret_to_confirm(me(request))
    except Refused as refusal:
        failed(request, refusal.text)
        return redirect("accounts:account")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.confirm(me(request), form.cleaned_data["code"])
        except Refused as refusal:
            form.refused(refusal, "code")
        else:
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
    address = totp.address(secret, me(request).login)
    return render(request, "accounts/second.html", {
        "form": form, "qr": qr_code(address), "key": totp.spelled(secret)})


def qr_code(address: str) -> SafeString:
    """The address as an inline drawing: no style, no script, no request."""
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=2, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # nosec B308 B703  # made of dots only


@door("account.own")
def remove_second(request: HttpRequest) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.remove(me(request), form.cleaned_data["password"])
        except Refused as refusal:
            form.refused(refusal, "password")
        else:
            done(request, "已停用第二步验证", "the second step is off")
            return redirect("accounts:account")
    return render(request, "accounts/remove_second.html", {"form": form})


@door("account.own")
def new_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, with the password."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if me(request).check_password(form.cleaned_data["password"]):
            return render(request, "accounts/recovery_codes.html", {
                "codes": second_factor.new_recovery_codes(me(request))})
        form.refused(Refused("密码不对", "the password is not right"), "password")
    return render(request, "accounts/new_codes.html", {"form": form})


@door("account.own", methods=("GET", "HEAD"))
def second_needed(request: HttpRequest) -> HttpResponse:
    """Where one lands who must have a second factor, and has none."""
    return render(request, "accounts/second_needed.html", status=403)


@door("account.own")
@sensitive_post_parameters()
def close(request: HttpRequest) -> HttpResponse:
    """Close my account, for good."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(me(request), form.cleaned_data["password"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            logout(request)
            done(request, "账号已注销", "the account is closed")
            return redirect("kit:home")
    return render(request, "accounts/close.html", {"form": form})
