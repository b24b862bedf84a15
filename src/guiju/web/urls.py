"""Every address of the site. An app's own are in its `urls`."""

from __future__ import annotations

from django.urls import include, path

from guiju.web.api.door import addresses

urlpatterns = [
    path("", include("guiju.web.kit.urls")),
    path("inbox/", include("guiju.web.outbox.urls")),
    path("account/", include("guiju.web.accounts.urls")),
    path("files/", include("guiju.web.files.urls")),
    path("cases/", include("guiju.web.cases.urls")),
    path("rounds/", include("guiju.web.rounds.urls")),
    path("notices/", include("guiju.web.notices.urls")),
    path("apply/", include("guiju.web.applications.urls")),
    path("intake/", include("guiju.web.intake.urls")),
    path("review/", include("guiju.web.reviewing.urls")),
    path("laboratories/", include("guiju.web.laboratories.urls")),
    path("library/", include("guiju.web.library.urls")),
    path("desk/", include("guiju.web.desk.urls")),
    path("demonstration/", include("guiju.web.demonstration.urls")),
    path("api/", include("guiju.web.api.urls")),
    path("api/v1/", addresses()),
]
handler400 = "guiju.web.kit.errors.bad_request"
handler403 = "guiju.web.kit.errors.forbidden"
handler404 = "guiju.web.kit.errors.not_found"
handler500 = "guiju.web.kit.errors.broken"
