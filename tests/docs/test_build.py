"""`make docs`: what differs fails with its place; pages stand alone and leave no rule out."""

import re
from pathlib import Path

import build
import pytest
from builder import manual
from builder.spec import read_chapter

from guiju.book import markdown

CHAPTER = """# 章 · Chapter

## 节 · Section

中文。

English.

| 人数 | 式 | → 值 |
|---|---|---|
| 3 | `人数 >= 3 人` | pass |
| 2 | `人数 >= 3 人` | pass |
| 2 | `人数 >= 3 月` | E212 |
| 2 | `人数 >= 3 元` | pass |
"""


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small set of documents, built without the libraries."""
    (tmp_path / "manual/spec").mkdir(parents=True)
    (tmp_path / "tutorial.md").write_text("# 教程\n", encoding="utf-8")
    monkeypatch.setattr(build, "DOCS", tmp_path)
    monkeypatch.setattr(build, "OUT", tmp_path / "_build")
    monkeypatch.setattr(build, "_libraries", list)
    monkeypatch.setattr(build, "_coverage", list)
    return tmp_path


def test_a_stated_result_that_is_not_the_computed_one_fails_with_its_place(
        documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (documents / "manual/spec/01-x.md").write_text(CHAPTER, encoding="utf-8")

    assert build.main([]) == 1
    assert re.findall(r"^(docs/manual/spec/01-x\.md:\d+)  节: stated “(.*?)”, computed “(.*?)”",
                      capsys.readouterr().err, re.MULTILINE) == [
        ("docs/manual/spec/01-x.md:12", "pass", "fail"), ("docs/manual/spec/01-x.md:14", "pass", "E212")]


def test_documents_that_hold_are_built(documents: Path) -> None:
    right = "\n".join(line for line in CHAPTER.splitlines() if "2 | `人数 >= 3 人" not in line and "元" not in line)
    (documents / "manual/spec/01-x.md").write_text(right, encoding="utf-8")

    assert build.main([]) == 0
    assert sorted(p.name for p in (documents / "_build").iterdir()) == [
        "manual.html", "manual.md", "tutorial.html", "tutorial.md"]


def test_an_output_of_the_tutorial_that_is_another_fails(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (documents / "tutorial.md").write_text("# 教程\n\n```console\n$ guiju --version\nguiju 0\n```\n", encoding="utf-8")

    assert build.main([]) == 1
    assert capsys.readouterr().err.startswith("docs/tutorial.md:4  $ guiju --version: the output is now\nguiju ")

    assert build.main(["--accept"]) == 0


def test_a_page_says_which_result_differs(tmp_path: Path) -> None:
    path = tmp_path / "01-x.md"
    path.write_text(CHAPTER, encoding="utf-8")
    chapters = [read_chapter(path)]
    results, differences = manual.run(chapters)

    assert len(differences) == 2
    assert manual.page_of(chapters, results).count('class="differs"') == 2
    assert "fail✗ （写的是 pass）" in manual.markdown_of(chapters, results)


@pytest.mark.parametrize(("source", "html"), [
    ("# 题 `a<b`", '<h1 id="题-a-b">题 <code>a&lt;b</code></h1>'),
    ("一行\n又一行", "<p>一行又一行</p>"),
    ("See [this](page.md#x) and **that**.", '<p class="en">See <a href="page.html#x">this</a> and '
                                            "<strong>that</strong>.</p>"),
    ("见 [说明](../README.md)", '<p>见 <a href="../README.md">说明</a></p>'),
    ("- 甲\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
    ("1. 甲\n   续", "<ol><li>甲续</li></ol>"),
    ("```yaml\na: <b>\n```", '<pre class="yaml"><code>a: &lt;b&gt;</code></pre>'),
    ("> 甲\n>\n> 乙", "<blockquote><p>甲</p><p>乙</p></blockquote>"),
])
def test_markdown_becomes_html(source: str, html: str) -> None:
    assert markdown.html_of(source) == html
