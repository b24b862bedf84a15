"""What several pages do alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.refusal import Reason, Refusal
from guiju.web.files.domain import Upload, redeem, take_in, ticket
from guiju.web.kit.days import NOT_MEANT, is_meant
from guiju.web.kit.forms import Form
from guiju.web.kit.notes import failed
from guiju.web.kit.permissions import Refused
from guiju.web.kit.reasons import PREFIX, with_answers
from guiju.web.reviewing.domain.moving import NotMade
from guiju.web.reviewing.forms import WithFile

Day = TypeVar("Day", dt.date, dt.datetime)
AForm = TypeVar("AForm", bound=Form)


class Unfit(Exception):
    """A form that was sent can't be read; what is wrong stands beside its fields."""


class Sent:
    """The forms of a page that has several: the one that was sent keeps what was typed, the others begin anew.
    `status`: how the page answers."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.status = request, 200
        self.bound: Form | None = None
        self._made: dict[tuple[str, ...], Form] = {}

    def form(self, kind: type[AForm], do: str, ids: str = "%s", initial: dict[str, Any] | None = None, **of: str
             ) -> AForm:
        """The form of an act; `of`: about what, where a page has it several times; `ids`: how its fields are named."""
        key = (do, *of.values())
        made = self._made.get(key)
        if made is None and self._is_sent(do, of):
            made = self.bound = kind(self.request.POST, auto_id=ids)
        self._made[key] = made = made or kind(initial=initial, auto_id=ids)
        assert isinstance(made, kind)
        return made

    def _is_sent(self, do: str, of: dict[str, str]) -> bool:
        post = self.request.POST
        sent = self.request.method == "POST" and post.get("do", "") == do
        return sent and all(post.get(k) == v for k, v in of.items())

    def refused(self, refused: Refused) -> bool:
        """Whether a form was sent, which then keeps what was typed; what it can only be about is said in it, too."""
        if self.bound is None:
            return False
        if isinstance(self.bound, WithFile):
            taken = _taken(self.request).get("file")
            self.bound.kept = (ticket(taken, self.request.user), taken.name) if taken else None
        if refused.about or self.bound.about:
            self.bound.refused(refused)
        return True


def read(form: Form) -> dict[str, Any]:
    """What was sent with a form. Raises Unfit."""
    if not form.is_valid():
        raise Unfit
    return form.cleaned_data


def act(request: HttpRequest, back: str, do: Callable[[], Any], *arguments: Any) -> HttpResponse:
    """Do something and go back to a page; a refusal is said there, a move that was not made on a page of its own."""
    return act_of(request, Sent(request), back, do, *arguments) or redirect(back, *arguments)


def act_of(request: HttpRequest, sent: Sent, back: str, do: Callable[[], Any], *arguments: Any
           ) -> HttpResponse | None:
    """The same for a page with forms; None where the page has to be shown again, with what was typed."""
    try:
        do()
    except Unfit:
        sent.status = 400
        return None
    except Refused as refused:
        failed(request, refused.text)
        if sent.refused(refused):
            sent.status = 409
            return None
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
                if not k.startswith(PREFIX) and k != "csrfmiddlewaretoken"]
        kept += [(f"kept-{name}", ticket(upload, request.user)) for name, upload in _taken(request).items()]
        context |= {"refusal": answer, "asked": with_answers(request, asked),
                    "kept": kept if asked else []}
    else:
        context["overtaken"] = answer
    return render(request, "reviewing/not_made.html", context, status=409)


def decisions_of(refusal: Refusal) -> list[Reason]:
    """What a person may decide with a written reason; nothing if something else stands in the way, too."""
    decisions = [r for r in refusal.reasons if r.code == "decision"]
    return decisions if len(decisions) == len(refusal.reasons) else []


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

