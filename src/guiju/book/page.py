"""A page of the book, how it names the others, and how it says things in the reader's language."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text

Link = Callable[[str], str]
"""From a page's address (`policies/tianjin/…`) and, after a `#`, a place on it, to what a link says."""
CHINESE = Voice("zh")
_CHINESE_WORDS = 'lang="zh-Hans"'


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


def said(text: Text, say: Voice) -> str:
    """A text as HTML in the page's language; what has no English stands as it is, marked as Chinese."""
    if say.language == "en" and text.zh and not text.en:
        return f"<span {_CHINESE_WORDS}>{escape(text.zh)}</span>"
    return escape(say.text(text))


def chinese(words: str, say: Voice) -> str:
    """Words that exist in Chinese only, as HTML."""
    return said(Text(words, ""), say) if words else ""


def ident(id_: str) -> str:
    """An id as HTML: small, behind what it names."""
    return f'<small class="id">{escape(id_)}</small>'


def titled(title: Text, say: Voice = CHINESE) -> str:
    """The head of a page. In English the Chinese title, which is the official one, stands below."""
    original = ""
    if say.language == "en" and title.en and title.en != title.zh:
        original = f'<p class="original" {_CHINESE_WORDS}>{escape(title.zh)}</p>'
    return f"<h1>{said(title, say)}</h1>{original}"


def heading(place: str, title: Text, say: Voice = CHINESE) -> str:
    """The head of a part of a page, at its place."""
    return f'<h2 id="{escape(place)}">{said(title, say)}</h2>'


def contents_of(places: Iterable[tuple[str, str]]) -> str:
    """What stands on the page: place and words, as HTML."""
    listed = "".join(f'<li><a href="#{escape(place)}">{words}</a></li>' for place, words in places)
    return f"<ul>{listed}</ul>" if listed else ""


def table(header: list[str], rows: list[list[str]], caption: str = "", style: str = "") -> str:
    """A table whose cells are HTML. The first cell of a row heads it. `style`: classes of the sheet."""
    styled = f' class="{escape(style)}"' if style else ""
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in header)
    body = "\n".join(f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{c}</td>" for c in row[1:]) + "</tr>"
                     for row in rows)
    return (f'<div class="across" tabindex="0" role="region" aria-label="{escape(caption or header[0])}">'
            f"<table{styled}>{named}<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>")
