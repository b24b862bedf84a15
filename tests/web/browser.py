"""A real browser on a real server: Chromium by Playwright, on the site's own pages and nothing else.

    def test_a_page(visit, world):
        page = visit(world.manager)           # signed in; `visit()` is the public, `visit(user, phone=True)` a phone
        page.goto("/cases/")
        accessible(page)                      # axe finds nothing
        picture(page, "cases")                # kept where GUIJU_SCREENS says (make docs), desktop and phone

The server is a thread of this process: the test may use models and acts directly, and `on("2026-03-02")` moves the
clock of both. A request to anywhere else, an error in the console, a breach of the content policy, a 5xx: each fails
the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
)

from guiju.web.accounts.models import User

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 60_000  # ms: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of the browser's own goes out, and no name but this machine's is found.
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
         "--disable-extensions", "--disable-domain-reliability", "--metrics-recording-only", "--no-first-run",
         "--no-pings", "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
         "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1", "--disable-dev-shm-usage"]
_OWN_STATUS = "Failed to load resource: the server responded with a status of 4"


@contextmanager
def whole_pages() -> Iterator[None]:
    """A click ends when the page that it leads to is there whole: Playwright's own ends when its first bytes are, and
    what a test then reads may not have come yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "click", _then_whole(Page.click, lambda page: page))
        patch.setattr(Locator, "click", _then_whole(Locator.click, lambda locator: locator.page))
        yield


def _then_whole(click: Callable[..., None], page_of: Callable[[Any], Page]) -> Callable[..., None]:
    def clicked(on: Any, *args: Any, **options: Any) -> None:
        click(on, *args, **options)
        page_of(on).wait_for_load_state()

    return clicked


def chromium_or_leave() -> str:
    """Where Chromium is. Without it, or without a Chinese font: a failure where all must be there, else a skip."""
    named = os.environ.get("GUIJU_CHROMIUM", "")
    found = named if named and Path(named).is_file() else next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        missing("Chromium is not installed: apt-get install chromium, or name it by GUIJU_CHROMIUM")
    if not _chinese_fonts():
        missing("no font has Chinese: apt-get install fonts-noto-cjk")
    return found


def missing(what: str) -> None:
    """Leave the test, or fail it: under CI=true nothing may be missing."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def _chinese_fonts() -> bool:
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


@dataclass
class Visits:
    """Opens pages as different people. `faults`: what went wrong in any of them; the test fails on them at its end."""

    browser: Browser
    address: str
    faults: list[str] = field(default_factory=list)
    open: list[BrowserContext] = field(default_factory=list)

    def __call__(self, user: User | None = None, *, phone: bool = False, language: str = "") -> Page:
        """A page of a browser of his own: signed in as the user, or nobody. Addresses may begin with `/`."""
        context = self.browser.new_context(
            base_url=self.address, viewport=PHONE if phone else DESKTOP, is_mobile=phone, has_touch=phone,
            device_scale_factor=2 if phone else 1, locale="zh-CN", timezone_id="Asia/Shanghai",
            service_workers="block", reduced_motion="reduce", accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        self.open.append(context)
        self._watch(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            self._cookie(context, settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
        if language:
            self._cookie(context, "language", language)
        return context.new_page()

    def sign_in(self, login: str, password: str, *, phone: bool = False) -> Page:
        """The same by hand: typed into the page. What comes after (a second step) is the test's."""
        page = self(phone=phone)
        page.goto("/account/sign-in/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", password)
        page.click("main form button")
        return page

    def close(self) -> None:
        while self.open:
            self.open.pop().close()

    def _cookie(self, context: BrowserContext, name: str, value: str) -> None:
        context.add_cookies([{"name": name, "value": value, "url": self.address, "sameSite": "Lax"}])

    def _watch(self, context: BrowserContext) -> None:
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"{error.error}"))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:", "about:")):
            self.faults.append(f"asks elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.request.method} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        """An error in the console; a page that is refused (4xx) is none, a script or an image that is not there is."""
        if message.type != "error":
            return
        page, place = message.page, message.location.get("url", "")
        if message.text.startswith(_OWN_STATUS) and (page is None or place == page.url):
            return
        self.faults.append(f"{message.text} ({place})")


def until(page: Page, holds: Callable[[], object]) -> None:
    """Waits for what no page shows: a row in the database, a word of the browser's own."""
    ends = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < ends, f"{page.url}: it never came"
        page.wait_for_timeout(50)


def accessible(page: Page) -> None:
    """Axe finds no violation on the page as it is."""
    found = Axe().run(page).response["violations"]
    said = [f"{v['id']} ({v['impact']}): {v['help']}\n    " + "\n    ".join(
        f"{' '.join(map(str, n['target']))}  {n['html'][:160]}" for n in v["nodes"][:6]) for v in found]
    assert not said, f"{page.url}\n" + "\n".join(said)


def fits(page: Page) -> None:
    """The page needs no scrolling sideways."""
    wide = page.evaluate("""() => {
        const edge = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= edge) { return []; }
        return [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > edge + 1)
          .slice(0, 5).map((e) => e.outerHTML.slice(0, 120)); }""")
    assert wide == [], f"{page.url}: wider than the screen"


def phone(page: Page) -> Page:
    """The page at the width of a phone; it fits."""
    page.set_viewport_size(PHONE)
    fits(page)
    return page


def picture(page: Page, name: str) -> None:
    """Keep how the page looks, wide and on a phone, in the directory that GUIJU_SCREENS names; else do nothing."""
    folder = os.environ.get("GUIJU_SCREENS", "")
    if not folder:
        return
    before = page.viewport_size
    for size, mark in ((DESKTOP, ""), (PHONE, "-phone")):
        page.set_viewport_size(size)
        path = Path(folder) / f"{name}{mark}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True, animations="disabled", caret="hide")
    if before:
        page.set_viewport_size(before)
