"""The form in Chromium: it saves by itself, loses nothing when cut off, and two windows do not overwrite each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from applying import PDF, drafted, stands, written
from browser import Visits, accessible, phone, picture, until
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import FilePayload, Locator, Page, expect
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.forms import count
from guiju.web.applications.domain.attachments import add_file
from guiju.web.applications.models import Application
from guiju.web.files.models import Attachment

TRICKY = ["", "汉字", "a b\tc\n d", "全角　空格", "é", "é", "👩‍🔬实验", "１２３，。！", "\u200b零宽\ufeff", "𠮷野家",
          "x\u00ad软连字符", "①②㎡", "\u2028行\u2029段", "かな\u3099", "e\u0301\u0327", "🇨🇳"]
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "status of 409", "status of 422", "status of 403")


@pytest.fixture
def world(site: str) -> LaboratoryWorld:
    return laboratory_world()


@pytest.fixture
def lenient(visit: Visits) -> Iterator[Visits]:
    """For tests that cut the line or collide on purpose: the browser's own word on that is no fault."""
    yield visit
    visit.close()  # what a page sends while it closes is expected, too
    visit.faults[:] = [f for f in visit.faults if not any(word in f for word in EXPECTED)]


def opened(visit: Visits, world: LaboratoryWorld, application: Application, part: str = "purpose") -> Page:
    page = visit(world.applicant)
    page.goto(f"/apply/{application.public_id}/parts/{part}/")
    return page


def state(page: Page, field: str = "purpose_text") -> Locator:
    return page.locator(f"#f-{field} [data-state]")


def test_the_counter_of_the_page_is_the_servers(visit: Visits, world: LaboratoryWorld) -> None:
    page = opened(visit, world, drafted(world))

    assert [page.evaluate("(text) => window.guijuCount(text)", text) for text in TRICKY] == [count(t) for t in TRICKY]


def test_what_is_typed_is_saved_by_itself_and_the_panel_follows(visit: Visits, world: LaboratoryWorld) -> None:
    made = drafted(world)
    page = opened(visit, world, made)
    page.fill("#i-purpose_text", "一二三 四五")

    expect(page.locator("#f-purpose_text [data-count]")).to_have_text("5")
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    expect(page.locator('[data-part="purpose"]')).to_have_text("已填齐")
    assert stands(made) == "一二三 四五"

    page.goto(f"/apply/{made.public_id}/parts/figures/")
    page.fill("#i-area", "2500")
    expect(page.locator(".panel")).to_contain_text("原则上的要求没有达到")
    accessible(page)
    picture(page, "application-section")
    phone(page)


def test_cut_off_it_waits_says_so_and_saves_when_the_line_is_back(lenient: Visits, world: LaboratoryWorld) -> None:
    made = drafted(world)
    page = opened(lenient, world, made)
    page.context.set_offline(True)
    page.fill("#i-purpose_text", "断网时写的")

    expect(state(page)).to_have_text("未保存——连接断了，将重试")
    expect(page.locator("#cut-off")).to_be_visible()
    page.context.set_offline(False)
    expect(state(page)).to_have_text(re.compile("已保存"))
    expect(page.locator("#cut-off")).to_be_hidden()
    assert stands(made) == "断网时写的"


def test_what_was_not_saved_is_offered_after_a_reload(lenient: Visits, world: LaboratoryWorld) -> None:
    made = drafted(world)
    page = opened(lenient, world, made)
    page.route("**/fields/purpose_text/", lambda route: route.abort())
    page.fill("#i-purpose_text", "没来得及保存")
    expect(state(page)).to_have_text(re.compile("未保存——"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute_all()

    expect(page.locator("#i-purpose_text")).to_have_value("")
    expect(page.locator("#f-purpose_text [data-conflict]")).to_contain_text("没来得及保存")
    page.get_by_role("button", name="恢复").click()
    expect(state(page)).to_have_text(re.compile("已保存"))
    assert stands(made) == "没来得及保存"


def test_it_warns_before_leaving_with_something_unsaved(lenient: Visits, world: LaboratoryWorld) -> None:
    page = opened(lenient, world, drafted(world))
    page.context.set_offline(True)
    page.locator("#i-purpose_text").press_sequentially("没存")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    until(page, lambda: asked)

    assert asked == ["beforeunload"]


@pytest.mark.parametrize(("button", "result"), [("用我的", "第二个窗口"), ("用对方的", "第一个窗口")])
def test_two_windows_collide_and_the_person_chooses(lenient: Visits, world: LaboratoryWorld, button: str, result: str
                                                    ) -> None:
    made = drafted(world)
    first, second = opened(lenient, world, made), opened(lenient, world, made)
    first.fill("#i-purpose_text", "第一个窗口")
    expect(state(first)).to_have_text(re.compile("已保存"))
    collisions: list[str] = []
    second.on("response", lambda answer: collisions.append(answer.url) if answer.status == 409 else None)
    second.fill("#i-purpose_text", "第二个窗口")

    expect(state(second)).to_have_text("与另一窗口冲突")
    expect(second.locator("#f-purpose_text [data-conflict]")).to_contain_text("第一个窗口")
    accessible(second)
    second.get_by_role("button", name=button).click()
    expect(state(second)).to_have_text(re.compile("已保存"))
    expect(second.locator("#i-purpose_text")).to_have_value(result)
    assert (stands(made), len(collisions)) == (result, 1)


def test_signed_out_meanwhile_it_is_saved_after_signing_in_again(lenient: Visits, world: LaboratoryWorld) -> None:
    made = drafted(world)
    page = opened(lenient, world, made)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.fill("#i-purpose_text", "登录过期时写的")
    expect(state(page)).to_have_text(re.compile("未保存|登录已过期"))
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # its own cookies

    expect(state(page)).to_have_text(re.compile("已保存"))
    assert stands(made) == "登录过期时写的"


def test_rows_are_added_moved_removed_and_pasted(visit: Visits, world: LaboratoryWorld) -> None:
    made = drafted(world)
    page = opened(visit, world, made, "evidence")
    table = page.locator("#f-equipment")
    table.locator("[data-cell=name]").first.fill("甲仪")
    expect(state(page, "equipment")).to_have_text(re.compile("已保存"))
    table.locator("[data-cell=name]").nth(1).evaluate(
        """(cell) => { const data = new DataTransfer(); data.setData("text/plain", "乙仪\\tB-2\\n丙仪\\tC-3\\n");
        cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""")
    expect(table.locator("[data-cell=name]").nth(2)).to_have_value("丙仪")
    table.locator("[data-row]").nth(2).locator("[data-up]").click()
    expect(table.locator("[data-cell=name]").nth(1)).to_have_value("丙仪")
    table.locator("[data-row]").nth(0).locator("[data-remove]").click()
    expect(table.locator("[data-cell=name]").nth(0)).to_have_value("丙仪")
    expect(state(page, "equipment")).to_have_text(re.compile("已保存"))
    rows = [{"name": "丙仪", "model": "C-3"}, {"name": "乙仪", "model": "B-2"}]
    until(page, lambda: stands(made, "equipment") == rows)

    accessible(page)
    phone(page)


def test_a_file_is_dropped_listed_and_removed(visit: Visits, world: LaboratoryWorld) -> None:
    made = drafted(world)
    page = opened(visit, world, made, "evidence")
    page.locator("#f-commitment [data-drop]").evaluate(
        """(drop) => { const data = new DataTransfer();
        data.items.add(new File(["%PDF-1.4\\nx\\n%%EOF\\n"], "承诺书.pdf", { type: "application/pdf" }));
        drop.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }""")
    files = page.locator("#files-commitment")
    expect(files).to_contain_text("承诺书.pdf")
    expect(files).to_contain_text("SHA-256")
    files.get_by_role("button", name="删去").click()
    expect(files).to_contain_text("还没有附件")

    assert not Attachment.objects.filter(holder_id=made.public_id).exists()


def test_the_main_pages_are_accessible_and_fit_a_phone(visit: Visits, world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    written(made, "purpose_text", "目的", world.applicant)
    add_file(made, "commitment", SimpleUploadedFile("承诺.pdf", PDF), world.applicant)
    page = visit(world.applicant)
    for path, name in (("", "application"), ("parts/evidence/", "application-tables"), ("check/", "application-check"),
                       ("revisions/", "application-revisions"), ("comments/", "application-comments"),
                       ("import/", "application-import")):
        page.goto(f"/apply/{made.public_id}/{path}")
        accessible(page)
        picture(page, name)
        phone(page)
        page.set_viewport_size({"width": 1280, "height": 900})
    for path, name in (("/apply/", "applications"), (f"/apply/rounds/{world.round.public_id}/", "application-begin")):
        page.goto(path)
        accessible(page)
        picture(page, name)


def test_a_file_goes_up_by_itself_and_leaves_nothing_to_press(visit: Visits, world: LaboratoryWorld) -> None:
    made = drafted(world)
    page = opened(visit, world, made, "evidence")
    place = page.locator("#f-commitment")
    chosen = FilePayload(name="选的.pdf", mimeType="application/pdf", buffer=PDF)
    place.locator("input[name=file]").set_input_files(chosen)
    expect(place.get_by_role("link", name="选的.pdf")).to_be_visible()
    expect(place.get_by_role("button", name="上传")).to_have_count(0)
    dragged = page.evaluate_handle("""() => { const files = new DataTransfer();
        files.items.add(new File(["%PDF-1.4\\nother\\n%%EOF\\n"], "拖的.pdf")); return files; }""")
    for event in ("dragover", "drop"):
        place.locator("[data-drop]").dispatch_event(event, {"dataTransfer": dragged})

    expect(place.get_by_role("link", name="拖的.pdf")).to_be_visible()
    expect(place.get_by_role("button", name="上传")).to_have_count(0)
    assert Attachment.objects.filter(paper="commitment").count() == 2
    answer = Client()
    answer.force_login(world.applicant)
    html = answer.get(f"/apply/{made.public_id}/parts/evidence/").content.decode()
    assert re.search(r"<noscript><button[^>]*>上传</button></noscript>", html)
