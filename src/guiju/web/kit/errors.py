"""What a person reads when something is refused or goes wrong."""

from __future__ import annotations

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static

from guiju.source.diagnostics import Text
from guiju.web.kit.text import say

NOT_FOUND = Text("没有这个页面，或者您无权看到它", "there is no such page, or you may not see it")
FORBIDDEN = Text("您没有办理这一项的权限", "you may not do this")


def denied(request: HttpRequest, why: Text) -> HttpResponse:
    return _page(request, 403, Text("不能这样做", "This is not allowed"), why)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, Text("读不懂这次请求", "The request can't be understood"),
                 Text("请返回上一页，刷新后再试", "go back, reload the page and try again"))


def not_taken(request: HttpRequest, why: Text) -> HttpResponse:
    return _page(request, 400, Text("没有保存", "Nothing was kept"), why)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return denied(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, Text("找不到", "Not found"), NOT_FOUND)


def too_large(request: HttpRequest, megabytes: int) -> HttpResponse:
    return _page(request, 413, Text("文件太大", "The file is too large"), Text(
        f"一次最多上传 {megabytes} MB；请压缩图片、拆分文件后再传", f"the limit is {megabytes} MB: split the file"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, Text("页面已经过期", "The page is out of date"), Text(
        "为防止别的网站冒用您的身份，这次提交没有受理；请返回上一页，刷新后再试",
        "nothing was done: go back, reload the page and try again"))


def broken(request: HttpRequest) -> HttpResponse:
    """Shown when all else fails: it asks nothing of the database, and does without what it can't find."""
    context = {"english": "en" in request.COOKIES.get("language", ""), "style": _static("guiju/site.css"),
               "icon": _static("guiju/icon.svg")}
    return HttpResponse(render_to_string("kit/broken.html", context), status=500)


def _static(name: str) -> str:
    """Where a static file is; "" while nothing says where (they were not collected)."""
    try:
        return static(name)
    except ValueError:
        return ""


def cant_be_kept(error: Exception) -> bool:
    """Whether an error says that a text holds what no database keeps: a NUL, or half of a character."""
    return isinstance(error, UnicodeEncodeError) or (isinstance(error, ValueError | DataError) and "NUL" in str(error))


def _page(request: HttpRequest, status: int, title: Text, why: Text) -> HttpResponse:
    return render(request, "kit/error.html", {"title": say(title), "why": say(why), "status": status}, status=status)
