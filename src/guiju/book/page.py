"""A page of the book, and how it names the others."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from guiju.source.diagnostics import Text

Link = Callable[[str], str]
"""From a page's address (`policies/tianjin/…`) and, after a `#`, a place on it, to what a link says."""


@dataclass(frozen=True, slots=True)
class Page:
    """`body` and `contents` (what stands at the side, or "") are HTML without a frame."""

    address: str
    title: Text
    body: str
    contents: str = ""


def beside(address: str) -> Link:
    """Links of a static page to others, relative to it."""
    folder = posixpath.dirname(address) or "."

    def link(target: str) -> str:
        page, mark, place = target.partition("#")
        way = posixpath.relpath(f"{page}.html", folder) if page else ""
        return way + mark + place

    return link


def linked(link: Link, address: str, words: str) -> str:
    """A link as HTML."""
    return f'<a href="{escape(link(address))}">{escape(words)}</a>'


def titled(title: Text, more: str = "") -> str:
    """The head of a page in both languages."""
    english = f'<p class="en" lang="en">{escape(title.en)}</p>' if title.en and title.en != title.zh else ""
    return f"<h1>{escape(title.zh)}</h1>{english}{more}"


def table(header: list[str], rows: list[list[str]], caption: str = "") -> str:
    """A table whose cells are HTML. The first cell of a row heads it."""
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in header)
    body = "\n".join(f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{c}</td>" for c in row[1:]) + "</tr>"
                     for row in rows)
    return (f'<div class="across" tabindex="0" role="region" aria-label="{escape(caption or header[0])}"><table>{named}'
            f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>")
