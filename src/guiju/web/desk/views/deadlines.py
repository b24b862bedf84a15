"""Deadlines week by week, the calendar feed, reminders, and what of those was sent."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from guiju.lifecycle.agenda import REMIND
from guiju.source.diagnostics import Language
from guiju.web.accounts.me import me
from guiju.web.desk.calendars import calendar_of
from guiju.web.desk.domain.feeds import end_feed, feed_for, make_feed
from guiju.web.desk.domain.wishes import wish
from guiju.web.desk.forms import FeedForm, WishForm
from guiju.web.desk.queries.deadlines import by_week, dues_of, reminder_log, standing_feed, wish_of
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door, public
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused

_READ = ("GET", "HEAD")
_ON_A_PAGE = 200


@door("desk.own", methods=_READ)
def deadlines(request: HttpRequest) -> HttpResponse:
    """What ends in my cases, what is over first."""
    only_mine = request.GET.get("mine") == "1"
    dues = dues_of(me(request), only_mine=only_mine)
    page = Paginator(dues, _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/deadlines.html", {
        "weeks": by_week(list(page)), "page": page, "only_mine": only_mine, "more": "&mine=1" if only_mine else "",
        "today": today(), "mine": sum(d.mine for d in dues), "count": len(dues)})


@door("desk.own")
@sensitive_variables("secret")
def reminders(request: HttpRequest) -> HttpResponse:
    """When I want to be reminded, and my calendar feed."""
    user = me(request)
    kept = wish_of(user)
    initial = {"days": "、".join(map(str, kept.days if kept else REMIND)), "mail": kept.mail if kept else True}
    posted = request.method == "POST"
    form = WishForm(request.POST if posted else None, initial=initial)
    if posted and form.is_valid():
        try:
            wish(user, form.cleaned_data["days"], form.cleaned_data["mail"])
        except Refused as refusal:
            form.refused(refusal, "days")
        else:
            done(request, "已记下", "noted")
            return redirect("desk:reminders")
    return render(request, "desk/reminders.html", {"form": form, "feed": standing_feed(user), "feed_form": FeedForm()})


@door("desk.own", methods=("POST",))
@sensitive_variables("secret")
def new_feed(request: HttpRequest) -> HttpResponse:
    """A new feed. Its address is shown on the answer to this request, and never again."""
    form = FeedForm(request.POST)
    form.full_clean()
    secret = make_feed(me(request), bool(form.cleaned_data.get("mine")))
    address = request.build_absolute_uri(reverse("desk:feed", args=[secret]))
    answer = render(request, "desk/feed.html", {"address": address})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@door("desk.own", methods=("POST",))
def drop_feed(request: HttpRequest) -> HttpResponse:
    if end_feed(me(request)):
        done(request, "日历地址已停用", "the calendar's address is ended")
    return redirect("desk:reminders")


@public
@sensitive_variables("token")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever holds the secret. Raises Http404 for one that was ended, or never was."""
    found = feed_for(token)
    if found is None:
        raise Http404
    language: Language = "en" if found.user.language == "en" else "zh"
    kept = wish_of(found.user)
    content = calendar_of(dues_of(found.user, only_mine=found.mine), language, tuple(kept.days) if kept else REMIND)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={
        "Content-Disposition": 'attachment; filename="guiju.ics"', "Cache-Control": "private, max-age=900",
        "X-Robots-Tag": "noindex"})


@door("desk.log", methods=_READ)
def log(request: HttpRequest) -> HttpResponse:
    """For the operator: to whom a reminder went and when. What it said and of which case is not shown."""
    return render(request, "desk/log.html", {"page": Paginator(reminder_log(), 50).get_page(request.GET.get("page"))})
