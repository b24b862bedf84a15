"""Who takes part in the story, and how a test follows them: a browser for each, and the one clock of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from browser import Visits, accessible, fits, phone, picture
from people import PASSWORD, person
from playwright.sync_api import FilePayload, Page, expect

from guiju.web.accounts.domain.organisations import add_member, create_organisation, make_recommending
from guiju.web.accounts.models import Expert, ExpertPost, ExpertSpeciality, Organisation, User
from guiju.web.accounts.uscc import made_up
from guiju.web.cases import tasks
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign
from guiju.web.outbox.models import Message
from guiju.web.rounds.programmes import LABORATORY

FIELD = "新材料"
SEATS, JUDGES = 15, 3
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


@dataclass
class Story:
    """`pages`: the open page of each who has one, by login. What the chapters hand on: `round`, `application`,
    `laboratory` are public ids, `notices` addresses by kind."""

    visit: Visits
    on: Callable[[str], None]
    pages: dict[str, Page] = field(default_factory=dict)
    round: str = ""
    application: str = ""
    laboratory: str = ""
    notices: dict[str, str] = field(default_factory=dict)

    def of(self, login: str, to: str = "") -> Page:
        """His page: signed in by hand, the first time. `to`: where he goes."""
        if login not in self.pages:
            self.pages[login] = self.visit()
            self.pages[login].goto("/account/sign-in/")
            self.sign_in(self.pages[login], login)
        page = self.pages[login]
        if to:
            page.goto(to)
        return page

    def sign_in(self, page: Page, login: str) -> None:
        """By hand, on the page that asks for it."""
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        expect(page.get_by_role("button", name="退出")).to_be_visible()

    def public(self, to: str) -> Page:
        """Somebody without an account."""
        page = self.pages.setdefault("", self.visit())
        page.goto(to)
        return page

    def leave(self, *logins: str) -> None:
        """Close their browsers."""
        for login in logins:
            self.pages.pop(login).context.close()


def seen(page: Page, name: str) -> None:
    """A main page: one heading, no wider than the screen or a phone; kept as a picture."""
    assert page.locator("h1").count() == 1, page.url
    picture(page, f"story/{name}")
    fits(page)
    size = page.viewport_size
    phone(page)
    assert size is not None
    page.set_viewport_size(size)


def examined(page: Page, name: str) -> None:
    """The same, and axe finds nothing. Each app has a page of these in the story; its own tests have the others."""
    seen(page, name)
    accessible(page)


def said(page: Page, words: str) -> None:
    """The page says so."""
    expect(page.locator("main")).to_contain_text(words)


def told(page: Page, words: str) -> None:
    """The page confirms it: what was pressed is done."""
    expect(page.locator(".notes")).to_contain_text(words)


def file(name: str = "材料.pdf", data: bytes = PDF) -> list[FilePayload]:
    """A file to choose in a form."""
    return [{"name": name, "mimeType": "application/pdf", "buffer": data}]


def enter_everyone() -> None:
    """Accounts and organisations, as the site's operator has entered them before the story begins."""
    officer, ministries = person("officer", "齐质量"), person("ministries", "部联合")
    administration = create_organisation(made_up(900), "示例市场监管总局", "office", officer)
    assign(installed(LABORATORY), "SAMR", organisation=administration)
    create_organisation(made_up(901), "示例质量发展局", "office", officer, above=administration)
    create_organisation(made_up(902), "示例两部门联合办公室", "office", ministries)
    recommender = person("recommender", "推推荐")
    province = create_organisation(made_up(903), "示例省市场监管局", "office", recommender, region="410000")
    make_recommending(province, region="410000")
    applicant, director = person("applicant", "申申报"), person("director", "任主任")
    partner = person("partner", "共共建")
    host = create_organisation(made_up(904), "示例省材料研究院", "institute", applicant, region="410100")
    add_member(host, director, "agent")
    create_organisation(made_up(905), "示例大学", "university", partner, region="410100")
    for n in range(SEATS):
        login, name = ("chair", "陈主委") if n == 0 else (f"member{n:02}", f"委员{n:02}")
        _expert(login, name, 950 + n, f"示例院所{n:02}")
    for n in range(JUDGES):
        _expert(f"expert{n}", f"{'甲乙丙'[n]}专家", 980 + n, f"示例高校{n}")


def _expert(login: str, name: str, number: int, place: str) -> User:
    user = person(login, name)
    made = Expert.objects.create(user=user, title="研究员")
    ExpertSpeciality.objects.create(expert=made, field=FIELD)
    ExpertPost.objects.create(expert=made, institution=place, code=made_up(number), since=dt.date(2015, 1, 1))
    return user


def organisation(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def daily_round() -> None:
    """What the background worker does each day."""
    tasks.daily_round.call()


def latest_mail(address: str) -> str:
    """Where the last letter to an address leads."""
    return Message.objects.filter(address=address).latest("created").link
