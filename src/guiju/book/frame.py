"""The frame of a static page: one file with everything in it, nothing fetched from elsewhere."""

from __future__ import annotations

import functools
from html import escape
from pathlib import Path

from guiju.book.page import CHINESE, Link, Page, linked
from guiju.cli.voice import Voice

STYLE = Path(__file__).parent / "style"


def framed(page_: Page, link: Link, say: Voice = CHINESE) -> str:
    """A page of the book, with the way back to its first page."""
    home = linked(link, "index", say("政策库", "The policy library"))
    trail = "" if page_.address == "index" else f'<p class="trail">{home}</p>\n'
    return page(say.text(page_.title), trail + page_.body, page_.contents, say)


def page(title: str, body: str, contents: str = "", say: Voice = CHINESE) -> str:
    """A whole page. `contents` stands at the side."""
    side = f'<nav class="book-contents" aria-label="{say("本页", "On this page")}">{contents}</nav>' if contents else ""
    kind = "frame" if contents else "frame plain"
    return (f'<!doctype html>\n<html lang="{say("zh-Hans", "en")}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
            f"<style>{_style()}</style>\n</head>\n<body>\n<div class=\"{kind}\">{side}\n"
            f'<main class="book">\n{body}\n</main></div>\n</body>\n</html>\n')


@functools.cache
def _style() -> str:
    return "".join((STYLE / name).read_text(encoding="utf-8") for name in ("frame.css", "book.css"))
