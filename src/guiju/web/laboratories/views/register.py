"""The public register: a list, a table to download, a page and data for each laboratory."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from guiju.language.library import installed_library
from guiju.source.diagnostics import Text
from guiju.web.kit.clock import today
from guiju.web.kit.doors import public
from guiju.web.kit.downloads import download
from guiju.web.kit.sheets import MEDIA, workbook
from guiju.web.kit.text import say
from guiju.web.laboratories.models import STATES, Laboratory
from guiju.web.laboratories.page.public import as_data, chronicle, partners
from guiju.web.laboratories.queries import a_laboratory, my_laboratories, register

COLUMNS = (Text("名称", "name"), Text("英文名称", "English name"), Text("领域", "field"), Text("依托单位", "host"),
           Text("共建单位", "partners"), Text("地区", "region"), Text("批准建设日", "approved on"),
           Text("状态", "state"), Text("正式运行日", "operating since"), Text("最近评价", "latest grade"))
_DATA_MOST = 500

def _asked(request: HttpRequest) -> dict[str, str]:
    return {"words": request.GET.get("q", "").strip()[:60], "state": request.GET.get("state", "")[:12],
            "region": request.GET.get("region", "")[:6], "year": request.GET.get("year", "")[:4]}

@public
def listed(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(register(**asked), 25).get_page(request.GET.get("page"))
    every = Laboratory.objects
    regions = installed_library().vocabulary.regions
    codes = sorted({r[:2] for r in every.exclude(region="").values_list("region", flat=True)})
    years = sorted({d.year for d in every.values_list("approved_on", flat=True)}, reverse=True)
    kept = {k: v for k, v in (("q", asked["words"]), ("state", asked["state"]), ("region", asked["region"]),
                              ("year", asked["year"])) if v}
    mine = my_laboratories(request.user) if request.user.is_authenticated else []
    return render(request, "laboratories/register.html", {
        "page": page, **asked, "states": STATES.items(), "years": years, "mine": mine, "query": urlencode(kept),
        "more": f"&{urlencode(kept)}" if kept else "",
        "regions": [(c, regions.get(f"{c}0000", c)) for c in codes]})

@public
def sheet(request: HttpRequest) -> HttpResponse:
    rows = [_row(laboratory) for laboratory in register(**_asked(request))]
    name = say(Text("国家质量标准实验室名录", "laboratories"))
    return download(workbook(name, COLUMNS, rows), MEDIA, f"laboratories-{today()}.xlsx")

def _row(laboratory: Laboratory) -> tuple[Any, ...]:
    grades = sorted(laboratory.grades.all(), key=lambda g: g.event)
    return (laboratory.name, laboratory.name_en, laboratory.field, laboratory.host.name,
            "、".join(partners(laboratory)), laboratory.region, laboratory.approved_on, laboratory.state_label,
            laboratory.operating_since, grades[-1].label if grades else None)

@public
def data(request: HttpRequest) -> JsonResponse:
    """The register as data, at most so many at once; `total` says how many there are."""
    found = register(**_asked(request))
    shown = [as_data(x, _address(request, x)) for x in found[:_DATA_MOST]]
    return JsonResponse({"total": found.count(), "laboratories": shown}, json_dumps_params={"ensure_ascii": False})

@public
def shown(request: HttpRequest, public_id: str) -> HttpResponse:
    laboratory = a_laboratory(request.user, public_id)
    takes_part = request.user.is_authenticated and my_laboratories(request.user).filter(pk=laboratory.pk).exists()
    return render(request, "laboratories/shown.html", {
        "laboratory": laboratory, "notes": chronicle(laboratory), "partners": partners(laboratory),
        "grades": laboratory.grades.order_by("-event"), "names": laboratory.names.order_by("-since", "-pk"),
        "takes_part": takes_part})

@public
def one_as_data(request: HttpRequest, public_id: str) -> JsonResponse:
    laboratory = a_laboratory(request.user, public_id)
    return JsonResponse(as_data(laboratory, _address(request, laboratory)), json_dumps_params={"ensure_ascii": False})

def _address(request: HttpRequest, laboratory: Laboratory) -> str:
    return request.build_absolute_uri(reverse("laboratories:shown", args=[laboratory.public_id]))
