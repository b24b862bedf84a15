"""Collects the elements of a picture, escapes what they say, and remembers where text stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape

from guiju.lifecycle.show.svg.measure import plain, width

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a line of text stands: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlaps(self, other: Extent) -> bool:
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)

    def moved(self, x: float, y: float) -> Extent:
        return Extent(self.left + x, self.top + y, self.right + x, self.bottom + y, self.text)


@dataclass(slots=True)
class Canvas:
    """Elements in drawing order; `texts` are all lines of text that were drawn."""

    elements: list[str] = field(default_factory=list)
    texts: list[Extent] = field(default_factory=list)

    @contextmanager
    def group(self, title: str = "", **attributes: object) -> Iterator[None]:
        """Elements that belong together, with a name for whoever can't see them."""
        self.elements.append(f"<g{_attributes(attributes)}>")
        if title:
            self.elements.append(f"<title>{_content(title)}</title>")
        yield
        self.elements.append("</g>")

    def rect(self, x: float, y: float, w: float, h: float, **attributes: object) -> None:
        box = {"x": _n(x), "y": _n(y), "width": _n(w), "height": _n(h)}
        self.elements.append(f"<rect{_attributes({**box, **attributes})}/>")

    def path(self, d: str, **attributes: object) -> None:
        self.elements.append(f"<path{_attributes({'d': d, **attributes})}/>")

    def line(self, start: Point, end: Point, **attributes: object) -> None:
        self.path(f"M{_n(start[0])} {_n(start[1])}L{_n(end[0])} {_n(end[1])}", **attributes)

    def text(self, x: float, y: float, text: str, size: float, *, bold: int | bool = 0, anchor: str = "start",
             **attributes: object) -> None:
        """One line, its baseline at `y`. `bold`: all of it, or so many characters from its beginning."""
        wide = width(text, size, bold)
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        self.texts.append(Extent(left, y - size * 0.9, left + wide, y + size * 0.25, text))
        place: dict[str, object] = {"x": _n(x), "y": _n(y), "font-size": _n(size)}
        if anchor != "start":
            place["text-anchor"] = anchor
        if bold is True:
            place["font-weight"] = 700
        marked = text[:bold] if bold and bold is not True else ""
        content = f'<tspan font-weight="700">{_content(marked)}</tspan>{_content(text[bold:])}' if marked \
            else _content(text)
        self.elements.append(f"<text{_attributes({**place, **attributes})}>{content}</text>")


def number(value: float) -> str:
    """A coordinate in at most one decimal."""
    return f"{round(value, 1):g}"


_n = number


def _content(text: str) -> str:
    return escape(plain(text), quote=False)


def _attributes(attributes: dict[str, object]) -> str:
    pairs = ((name.replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    return "".join(f' {name}="{escape(plain(str(value)))}"' for name, value in pairs)
