"""What several pages do alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.events import CHINA
from guiju.lifecycle.refusal import Reason, Refusal
from guiju.web.files.domain import Upload, redeem, take_in, ticket
from guiju.web.kit.days import NOT_MEANT, is_meant
from guiju.web.kit.notes import failed
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain.moving import NotMade

Day = TypeVar("Day", dt.date, dt.datetime)


def act(request: HttpRequest, back: str, do: Callable[[], Any], *arguments: Any) -> HttpResponse:
    """Do something and go back to a page; a refusal is said there, a move that was not made on a page of its own."""
    try:
        do()
    except Refused as refused:
        failed(request, refused.text)
    except NotMade as no:
        return not_made(request, no)
    return redirect(back, *arguments)


def not_made(request: HttpRequest, no: NotMade) -> HttpResponse:
    """Why a move did not go through. What only waits for a written reason is asked for, and the same form sent again.
    """
    answer = no.answer
    context: dict[str, Any] = {"back": request.POST.get("back") or request.path}
    if isinstance(answer, Refusal):
        asked = decisions_of(answer)
        kept = [(k, v) for k in request.POST for v in request.POST.getlist(k)
                if not k.startswith("decide-") and k != "csrfmiddlewaretoken"]
        kept += [(f"kept-{name}", ticket(upload, request.user)) for name, upload in _taken(request).items()]
        context |= {"refusal": answer, "asked": asked, "kept": kept if asked else []}
    else:
        context["overtaken"] = answer
    return render(request, "reviewing/not_made.html", context, status=409)


def decisions_of(refusal: Refusal) -> list[Reason]:
    """What a person may decide with a written reason; nothing if something else stands in the way, too."""
    decisions = [r for r in refusal.reasons if r.code == "decision"]
    return decisions if len(decisions) == len(refusal.reasons) else []


def reasons_in(request: HttpRequest) -> dict[str, str]:
    """The written reasons of a form, by guard."""
    return {k.removeprefix("decide-"): str(v) for k, v in request.POST.items() if k.startswith("decide-")}


def day_in(request: HttpRequest, name: str) -> dt.date | None:
    """A day of a form; none if it is empty. Raises Refused."""
    word = request.POST.get(name, "").strip()
    if not word:
        return None
    try:
        day = dt.date.fromisoformat(word)
    except ValueError:
        raise Refused(f"“{word[:20]}”不是日期，写成 2026-03-01 的样子",
                      f"'{word[:20]}' is no day: write it like 2026-03-01") from None
    return _meant(day)


def moment_in(request: HttpRequest, name: str) -> dt.datetime:
    """A moment of a form, in China. Raises Refused."""
    word = request.POST.get(name, "").strip()
    try:
        moment = dt.datetime.fromisoformat(word).replace(tzinfo=CHINA)
    except ValueError:
        raise Refused("写明日期和时间", "say on which day and when") from None
    return _meant(moment)


def _meant(day: Day) -> Day:
    if not is_meant(day):
        raise Refused(NOT_MEANT.zh, NOT_MEANT.en)
    return day


def upload_in(request: HttpRequest, name: str, paper: str = "") -> Upload | None:
    """A file of a form, taken in. Raises Refused."""
    found = request.FILES.get(name)
    if found is not None:
        _taken(request)[name] = upload = take_in(found, paper)
        return upload
    return redeem(request.POST[f"kept-{name}"], request.user) if request.POST.get(f"kept-{name}") else None


def _taken(request: HttpRequest) -> dict[str, Upload]:
    """What was taken in of this request, so that it need not be sent again when something else was wrong."""
    taken: dict[str, Upload] = request.__dict__.setdefault("_taken_in", {})
    return taken

