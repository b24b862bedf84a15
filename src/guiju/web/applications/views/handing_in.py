"""Checking, handing in, the receipt; and reading what was handed in."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.refusal import Reason, Refusal
from guiju.web.accounts.me import me
from guiju.web.applications.domain import hand_in
from guiju.web.applications.domain.confirming import Asks, agreement_papers, asked_of, facts_given, way_out
from guiju.web.applications.domain.handing_in import PAPER, Acknowledged, faults_of, number_of, refused_so_far
from guiju.web.applications.domain.revisions import content_of, digest_of
from guiju.web.applications.domain.writing import form_of
from guiju.web.applications.eligibility import panel_of
from guiju.web.applications.forms import ConfirmForm
from guiju.web.applications.models import Application
from guiju.web.applications.page import frame_of, reading_of
from guiju.web.applications.queries import (
    KEPT,
    handed_in_revision,
    my_application,
    readable,
    revisions_of,
)
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.files.models import Attachment
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused, check


@door("application.view", my_application)
def check_page(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    """Every fault with the way to it, what the law would say, what is to be confirmed, and the button."""
    asks, content = asked_of(application), content_of(application)
    form = ConfirmForm(asks, request.POST or None, digest_of(content), _kept(request, application))
    reasons: Sequence[Reason] = ()
    if request.method == "POST":
        check(request.user, "application.hand_in", application)
        if form.is_valid():
            try:
                made = _hand_in(request, application, form)
            except Refused as no:
                form = _again(request, application, asks, no)
            else:
                if isinstance(made, Acknowledged):
                    request.session.pop(_key(application), None)
                    if not made.again:
                        done(request, "已提交", "handed in")
                    return redirect("applications:receipt", public_id, made.revision.number)
                if isinstance(made, Overtaken):
                    context = {"record": application.case, "made": made}
                    return render(request, "cases/overtaken.html", context, status=409)
                reasons = made.reasons
        else:
            so_far = refused_so_far(application, me(request), facts_given(application, form.confirmed()))
            reasons = [r for r in so_far if not form.tells(r)]
        request.session[_key(application)] = {k: v for k, v in request.POST.dict().items() if k in form.fields}
        application.refresh_from_db()
    own_form = form_of(application)
    faults = [{"fault": f, "item": own_form.find(f.field), "section": own_form.section_of(f.field)
               if own_form.find(f.field) else None} for f in faults_of(application)]
    context = {"frame": frame_of(application, request.user), "form": form, "faults": faults, "asks": asks,
               "refused": [(r, way_out(r, asks)) for r in reasons],
               "panel": panel_of(application), "digest": digest_of(content_of(application)),
               "in_already": handed_in_revision(application)}
    return render(request, "applications/check.html", context, status=409 if reasons or form.errors else 200)


def _key(application: Application) -> str:
    return f"confirmed-{application.public_id}"


def _kept(request: HttpRequest, application: Application) -> dict[str, str]:
    """What was confirmed before a refusal, for when the person comes back to the page."""
    kept: dict[str, str] = request.session.get(_key(application), {})
    return kept


def _hand_in(request: HttpRequest, application: Application, form: ConfirmForm) -> Acknowledged | Refusal | Overtaken:
    """Raises Refused."""
    return hand_in(application, me(request), form.cleaned_data["digest"], facts_given(application, form.confirmed()),
                   uploads=agreement_papers(application))


def _again(request: HttpRequest, application: Application, asks: Asks, refusal: Refused) -> ConfirmForm:
    """The form once more, for the content as it is now."""
    form = ConfirmForm(asks, {**request.POST.dict(), "digest": digest_of(content_of(application))})
    form.is_valid()
    form.refused(refusal)
    return form


@door("application.view", my_application, methods=("GET", "HEAD"))
def receipt(request: HttpRequest, application: Application, public_id: str, number: int) -> HttpResponse:
    revision = revisions_of(application).filter(number=number, event__isnull=False).first()
    if revision is None:
        raise Http404
    paper = Attachment.objects.filter(holder=KEPT, holder_id=application.public_id, paper=PAPER,
                                      note=str(number)).select_related("file").first()
    context = {"frame": frame_of(application, request.user), "revision": revision, "paper": paper,
               "number": number_of(application, revision)}
    return render(request, "applications/receipt.html", context)


@door("application.read", readable, methods=("GET", "HEAD"))
def read(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    """What was handed in last, as whoever recommends or examines it reads it."""
    revision = handed_in_revision(application)
    if revision is None:
        raise Http404
    context = {"application": application, "revision": revision, "number": number_of(application, revision),
               "reading": reading_of(form_of(application), revision.content)}
    return render(request, "applications/read.html", context)
