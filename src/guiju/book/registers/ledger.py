"""Tables that become lists on a narrow page: each cell says what it is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def ledger(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose cells are HTML; nothing without rows. The first cell of a row heads it."""
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in header)
    body = "\n".join(_row(header, row) for row in rows)
    return f'<table class="stack ledger"><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>'


def _row(header: Sequence[str], row: Sequence[str]) -> str:
    cells = "".join(f'<td data-label="{escape(name)}">{cell}</td>' if cell else "<td></td>"
                    for name, cell in zip(header[1:], row[1:], strict=True))
    return f'<tr><th scope="row">{row[0]}</th>{cells}</tr>'
