"""The laboratory runs: report, a new name, outputs, an evaluation that fails and is put right; at last it is off the
list. The record of all this can be verified by anyone who has its file."""

from __future__ import annotations

from pathlib import Path

from building import desk, done
from cast import Story, examined, said, seen
from click.testing import CliRunner
from playwright.sync_api import expect

from guiju.cli.main import cli

RENAMED = "先进结构陶瓷国家质量标准实验室"
SIDES = ("research", "people", "openness", "service")


def it_reports_and_is_renamed(story: Story) -> None:
    story.on("2029-05-08")
    done(story, "director", "reports", "提交年度运行报告", {"own-progress": "对外服务二百次。"})
    said(desk(story, "director", "reports"), "对外服务二百次。")
    story.on("2029-06-04")
    done(story, "director", "changes", "重大事项·书面报告重大事项", {
        "own-kind": "更名", "own-new_name": RENAMED,
        "own-new_name_en": "State Quality & Standards Laboratory of Structural Ceramics",
        "重大事项说明": "研究重点已收拢。"}, "laboratory-change")
    said(story.of("director"), "研究重点已收拢。")
    story.on("2029-07-02")
    page = desk(story, "ministries", "changes")
    seen(page, "laboratory-changes")
    done(story, "ministries", "changes", "重大事项 1·认定不需重新评审，办结", {"需重新评审": "否"})
    said(desk(story, "director"), RENAMED)


def outputs_carry_its_name(story: Story) -> None:
    page = desk(story, "director", "outputs")
    page.select_option("[name=kind]", index=1)
    page.fill("[name=title]", "结构陶瓷测试方法研究")
    page.fill("[name=on]", "2029-05-20")
    page.check("[name=named]")
    page.locator("main form button").first.click()
    said(page, "结构陶瓷测试方法研究")
    examined(page, "laboratory-outputs")


def it_fails_an_evaluation_and_puts_it_right(story: Story) -> None:
    words = {f"own-{kind}-{side}": "见年度报告。" for side in SIDES for kind in ("text", "evidence")}
    story.on("2031-05-12")
    done(story, "ministries", "evaluation", "开展综合评价", {})
    story.on("2031-06-16")
    done(story, "ministries", "evaluation", "评为不合格，通报整改", words, "laboratory-evaluation-form")
    said(desk(story, "director", "evaluation"), "不合格")
    story.on("2031-11-03")
    done(story, "ministries", "evaluation", "整改完成，开始复评", {"评价整改已完成": "是"})
    story.on("2031-12-01")
    done(story, "ministries", "evaluation", "复评不再不合格", {**words, "整改后评价结果": "合格"})
    page = desk(story, "director", "evaluation")
    said(page, "合格")
    seen(page, "laboratory-evaluation")


def it_is_taken_off_the_list_for_misconduct(story: Story) -> None:
    story.on("2032-03-01")
    done(story, "ministries", "checks", "运行期造假失信违法，退出序列", {
        "lab_exit_false": "是", "lab_exit_harm": "是"}, "laboratory-misconduct", "核查报告.pdf")
    public = story.public(f"/laboratories/{story.laboratory}/")
    for words in ("批准建设", "正式运行", "退出"):
        said(public, words)
    seen(public, "laboratory-off-the-list")


def anyone_with_the_file_can_verify_the_record(story: Story, folder: Path) -> None:
    page = story.of("officer", f"/cases/{story.laboratory}/")
    expect(page.locator("h1")).to_have_text(RENAMED)
    seen(page, "case")
    page.get_by_role("link", name="核验").click()
    said(page, "刚刚逐条核验：内容、次序和摘要都与写入时一致。")
    examined(page, "audit")
    with page.expect_download() as got:
        page.get_by_role("link", name="下载案卷包").click()
    got.value.save_as(folder / "案卷包.zip")
    made = CliRunner().invoke(cli, ["chart", "verify", str(folder / "案卷包.zip"), "--head", page.locator(
        "dd.digest").first.inner_text()])
    assert made.exit_code == 0, made.output
