"""Errors of the machine's door: one shape, both languages, the clause where there is one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError, ValidationErrorContext

from guiju.source.diagnostics import GuijuError, Text
from guiju.web.api.checked import Unfit
from guiju.web.api.schemas import Fault, trouble, words
from guiju.web.cases.store import Tampered
from guiju.web.kit.errors import NOT_FOUND, cant_be_kept
from guiju.web.kit.permissions import Denied, Refused

_NO_TOKEN = Text("要在 Authorization 里给出有效的令牌：Bearer gj_…", "give a valid token: Authorization: Bearer gj_…")
_UNREADABLE = Text("请求写得不对，见 faults", "the request is not as described: see faults")
_NOT_KEPT = Text("文字里有不能保存的字符（空字符或半个字符）", "a text holds a NUL or half of a character")
_TAMPERED = Text("案卷与当初写下的不符，已停办；请联系平台管理员",
                 "the record is not as it was written: nothing is done")
_KINDS = {  # pydantic's kinds of faults, in words
    "missing": Text("缺这一项", "missing"), "extra_forbidden": Text("没有这一项", "not known here"),
    "string_type": Text("应是文字", "should be text"), "int_type": Text("应是整数", "should be a whole number"),
    "int_parsing": Text("应是整数", "should be a whole number"), "list_type": Text("应是列表", "should be a list"),
    "dict_type": Text("应是对象", "should be an object"),
    "string_too_short": Text("太短", "too short"), "bool_type": Text("应是 true 或 false", "should be true or false"),
    "json_invalid": Text("不是 JSON", "not JSON"), "greater_than_equal": Text("太小", "too small"),
    "less_than_equal": Text("太大", "too large"), "string_pattern_mismatch": Text("写法不对", "not in this form"),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """How an error is answered."""

    status: int
    code: str
    text: Text
    faults: list[Fault] | None = None


def enter(api: NinjaAPI) -> None:
    """Give every error its answer."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, functools.partial(_handle, api, answer))


def _handle(api: NinjaAPI, answer: Callable[[Any], Trouble], request: HttpRequest, error: Exception) -> HttpResponse:
    found = answer(error)
    return problem(api, request, found.status, found.code, found.text, faults=found.faults)


def problem(api: NinjaAPI, request: HttpRequest, status: int, code: str, text: Text, *,
            faults: list[Fault] | None = None) -> HttpResponse:
    return api.create_response(request, trouble(code, text, faults=faults).model_dump(), status=status)


def lengths_told(contexts: list[ValidationErrorContext[Any]], error: ValidationError) -> ValidationError:
    """The same error, which says of each text that is too long how long it is: what was sent is not kept in it."""
    sent = [e["input"] for c in contexts for e in c.pydantic_validation_error.errors(include_url=False)]
    for found, given in zip(error.errors, sent, strict=True):
        if found["type"] == "string_too_long":
            found["ctx"]["length"] = len(given)
    return error


def _fault(error: dict[str, Any]) -> Fault:
    place = ".".join(str(part) for part in error.get("loc", ())[1:])
    return Fault(at=place, **words(_said(error)))


def _said(error: dict[str, Any]) -> Text:
    if error.get("type") == "string_too_long":
        most, length = error["ctx"]["max_length"], error["ctx"]["length"]
        return Text(f"太长：最多 {most} 字，现有 {length} 字",
                    f"too long: {most} characters at most, there are {length}")
    return _KINDS.get(error.get("type", ""), Text("写法不对", str(error.get("msg", ""))))


def _unknown_words(error: GuijuError) -> Trouble:
    return _unreadable([Fault(at=str(d.span), **words(d.message)) for d in error.diagnostics])


def _not_kept(error: Exception) -> Trouble:
    if not cant_be_kept(error):
        raise error
    return Trouble(422, "invalid", _NOT_KEPT)


def _unreadable(faults: list[Fault]) -> Trouble:
    return Trouble(422, "invalid", _UNREADABLE, faults)


_ANSWERS: dict[type[Exception], Callable[[Any], Trouble]] = {
    AuthenticationError: lambda error: Trouble(401, "token", _NO_TOKEN),
    Http404: lambda error: Trouble(404, "not_found", NOT_FOUND),
    Tampered: lambda error: Trouble(409, "tampered", _TAMPERED),
    Denied: lambda error: Trouble(403, "denied", error.why),
    Refused: lambda error: Trouble(409, "refused", error.text),
    Unfit: lambda error: _unreadable(error.faults),
    GuijuError: _unknown_words,
    ValidationError: lambda error: _unreadable(list(map(_fault, error.errors))),
    ValueError: _not_kept,
    DataError: _not_kept,
    HttpError: lambda error: Trouble(error.status_code, "invalid", Text(f"请求读不懂：{error}",
                                                                        f"the request can't be read: {error}")),
}
