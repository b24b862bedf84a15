"""Background work: pages are made and texts indexed before anybody asks."""

from __future__ import annotations

from django_tasks import task


@task()
def prepare_pages() -> int:
    from guiju.web.library.pages import prepare

    return prepare()


@task()
def bring_index_up_to_date() -> int:
    from guiju.web.library.searching import make_index

    return make_index()
