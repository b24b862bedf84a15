"""The minutes of a meeting, to be saved."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from guiju.papers import WRITERS
from guiju.web.files.kinds import MEDIA
from guiju.web.kit.doors import door
from guiju.web.kit.downloads import download
from guiju.web.reviewing.minutes import paper_of
from guiju.web.reviewing.models import Meeting
from guiju.web.reviewing.queries.parts import my_meeting


@door("review.meet", my_meeting, methods=("GET", "HEAD"))
def minutes(request: HttpRequest, meeting: Meeting, public_id: str, kind: str) -> HttpResponse:
    write = WRITERS.get(kind)
    if write is None or meeting.over is None:
        raise Http404
    return download(write(paper_of(meeting)), MEDIA[kind], f"{meeting.title}纪要.{kind}")
