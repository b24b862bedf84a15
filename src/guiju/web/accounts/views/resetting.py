"""A forgotten password, and an address to confirm."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from guiju.web.accounts.domain import resetting, signing
from guiju.web.accounts.forms import AddressForm, ResetForm
from guiju.web.accounts.me import me
from guiju.web.accounts.tasks import send_reset
from guiju.web.kit.doors import door, public
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Refused


@public
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether or not anyone has the address."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            resetting.ask(form.cleaned_data["email"], signing.place_of(request))
        except Refused as refusal:
            form.refused(refusal)
        else:
            send_reset.enqueue(form.cleaned_data["email"])
            return render(request, "accounts/forgotten_sent.html")
    return render(request, "accounts/forgotten.html", {"form": form})


@public
@sensitive_post_parameters()
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """The link: set a new password. One signs in with it afterwards, with the second step where there is one."""
    found = resetting.find(token)
    if found is None:
        return render(request, "accounts/reset_over.html", status=410)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            resetting.reset(token, form.cleaned_data["new"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "密码已重设，请用新密码登录；接口令牌和日历订阅地址已停用",
                 "the password is set: sign in with it; API tokens and the calendar's address have ended")
            return redirect("accounts:sign-in")
    return render(request, "accounts/reset.html", {"form": form, "login": found.user.login})


@door("account.own", methods=("POST",))
def ask_to_confirm(request: HttpRequest) -> HttpResponse:
    try:
        resetting.ask_to_confirm(me(request))
    except Refused as refusal:
        failed(request, refusal.text)
    else:
        done(request, "确认邮件已发出", "a letter is on its way")
    return redirect("accounts:account")


@public
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter. A press of a button confirms: programs that look at mail open links."""
    if request.method == "POST":
        try:
            resetting.confirm(token)
        except Refused as refusal:
            failed(request, refusal.text)
        else:
            done(request, "邮箱已确认", "the address is confirmed")
        return redirect("kit:home")
    return render(request, "accounts/confirm.html")
