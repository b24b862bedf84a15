"""Passkeys: what `passkeys.js` asks and answers, as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from guiju.web.accounts.domain import passkeys, signing
from guiju.web.accounts.me import me
from guiju.web.accounts.views.signing import NEXT, back_to
from guiju.web.kit.doors import door, public
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import say

STATE = "_passkey"


def _answer(request: HttpRequest) -> dict[str, Any]:
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):  # RecursionError: nested a thousand times
        return {}
    return data if isinstance(data, dict) else {}


def _no(refusal: Refused) -> JsonResponse:
    return JsonResponse({"error": say(refusal.text)}, status=400)


@door("account.own", methods=("POST",))
def register_begin(request: HttpRequest) -> JsonResponse:
    options, request.session[STATE] = passkeys.begin_registration(me(request))
    return JsonResponse(options)


@door("account.own", methods=("POST",))
def register_finish(request: HttpRequest) -> JsonResponse:
    data = _answer(request)
    try:
        passkeys.finish_registration(me(request), request.session.pop(STATE, None), data.get("answer"),
                                     str(data.get("name", "")))
    except Refused as refusal:
        return _no(refusal)
    done(request, "通行密钥已登记", "the passkey is registered")
    return JsonResponse({"next": "/account/"})


@public
def sign_in_begin(request: HttpRequest) -> JsonResponse:
    user = signing.half_signed_in(request)
    if user is None or request.method != "POST":
        return _no(Refused("请重新登录", "sign in again"))
    options, request.session[STATE] = passkeys.begin_sign_in(user)
    return JsonResponse(options)


@public
def sign_in_finish(request: HttpRequest) -> JsonResponse:
    user, place = signing.half_signed_in(request), signing.place_of(request)
    if user is None or request.method != "POST":
        return _no(Refused("请重新登录", "sign in again"))
    try:
        signing.factor_attempt(user, place)
        passed = passkeys.finish_sign_in(user, request.session.pop(STATE, None), _answer(request).get("answer"))
        signing.note_factor(user, place, passed)
        if not passed:
            raise Refused("通行密钥没有通过", "the passkey did not hold")
    except Refused as refusal:
        return _no(refusal)
    target = back_to(request, request.session.get(NEXT, ""))
    signing.sign_in(request, user)
    return JsonResponse({"next": target})


@door("account.own", methods=("POST",))
def remove(request: HttpRequest, number: int) -> HttpResponse:
    passkeys.remove(me(request), number)
    done(request, "通行密钥已删除", "the passkey is removed")
    return redirect("accounts:account")
