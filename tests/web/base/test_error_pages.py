"""What a person reads when something is refused or breaks: in his language, what to do, and nothing of the inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client, override_settings
from people import World

from guiju.web.kit import views

pytestmark = pytest.mark.django_db


def said(client: Client, address: str, **more: Any) -> tuple[int, str]:
    answer = client.get(address, **more)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh", "没有这个页面"), ("en", "there is no such page")])
def test_not_found(world: World, language: str, words: str) -> None:
    client = Client()
    client.cookies["language"] = language
    status, html = said(client, "/nowhere/")

    assert (status, words in html, html.count("<h1")) == (404, True, 1)


def test_a_denial_gives_its_reason(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    status, html = said(client, "/account/organisations/")

    assert (status, "由平台管理员办理" in html) == (403, True)


def test_a_stale_form_is_told_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/sign-in/", {"login": "zhang", "password": "x"})

    assert (answer.status_code, "刷新后再试" in answer.content.decode()) == (403, True)


def test_too_large_is_refused_before_it_is_read(world: World) -> None:
    answer = Client().post("/account/sign-in/", b"", content_type="application/octet-stream",
                           CONTENT_LENGTH=str(settings.UPLOAD_LIMIT * 2))

    assert (answer.status_code, "MB" in answer.content.decode()) == (413, True)


@pytest.mark.parametrize(("language", "words"), [("zh", "网站出错了"), ("en", "Something is broken")])
def test_a_fault_of_ours_shows_nothing_of_the_inside(world: World, monkeypatch: pytest.MonkeyPatch, language: str,
                                                     words: str) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("秘密的内部状态 secret-state")

    monkeypatch.setattr(views, "render", broken)
    client = Client(raise_request_exception=False)
    client.cookies["language"] = language
    status, html = said(client, "/")

    assert (status, words in html, "secret-state" in html, "Traceback" in html) == (500, True, False, False)


def test_a_fault_of_ours_is_told_though_the_static_files_were_never_collected(world: World, tmp_path: Path) -> None:
    collected = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={**settings.STORAGES, "staticfiles": collected}):
        with pytest.raises(ValueError, match=r"guiju/site\.css"):
            staticfiles_storage.url("guiju/site.css")
        status, html = said(Client(raise_request_exception=False), "/")

    assert (status, "网站出错了" in html, "stylesheet" in html) == (500, True, False)
