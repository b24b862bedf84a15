"""What the views of the desk share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.cases.store import Tampered
from guiju.web.cases.views.show import chosen_part
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.page.desk import SECTIONS, DeskPage, desk_page

READ = ("GET", "HEAD")


def section_page(request: HttpRequest, laboratory: Laboratory, section: str, **more: Any) -> HttpResponse:
    """A section of the desk, with what the view adds to it."""
    try:
        page = page_of(request, laboratory, section)
    except Tampered as tampered:
        return render(request, "cases/tampered.html", {"record": laboratory.case, "faults": tampered.faults},
                      status=409)
    return render(request, f"laboratories/{section}.html", {**frame(page), **more})


def page_of(request: HttpRequest, laboratory: Laboratory, section: str) -> DeskPage:
    parts, part = chosen_part(request, laboratory.case)
    return desk_page(laboratory, section, request.user, parts, part)


def frame(page: DeskPage) -> dict[str, Any]:
    """What every page of the desk has around it."""
    return {"page": page, "laboratory": page.laboratory, "record": page.laboratory.case,
            "sections": SECTIONS.values(), "here": page.section.id, "stage": page.whole.stage}
