"""All that the policies pay, side by side: one table a kind of thing, one column a policy."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from guiju.book.markdown import anchor
from guiju.book.overview import Entry
from guiju.book.page import Link, Page, linked, table, titled
from guiju.book.prices import CrossTable, Price, cross_tables
from guiju.source.diagnostics import Text

TITLE = Text("各地资助对照", "What policies pay, side by side")
NOTE = Text("金额取自各政策的价目表，条件、限额和例外见各政策页；“至多”是上限，不是承诺。",
            "Amounts are those of the price tables; conditions, limits and exceptions are on each policy's page. "
            "“up to” is a ceiling, not a grant.")


def comparison_of(entries: Sequence[Entry], prices: Sequence[Price], link: Link) -> Page:
    """The page that compares all policies that pay."""
    found = list(cross_tables(prices))
    body = [titled(TITLE), f"<p>{NOTE.zh}</p>", f'<p class="en" lang="en">{NOTE.en}</p>']
    for cross in found:
        body += [f'<h2 id="{anchor(cross.of)}">{escape(cross.of)}</h2>', _cross(cross, entries, link)]
    contents = "".join(f'<li><a href="#{anchor(c.of)}">{escape(c.of)}</a></li>' for c in found)
    return Page("compare", TITLE, "\n".join(body), f"<ul>{contents}</ul>")


def _cross(cross: CrossTable, entries: Sequence[Entry], link: Link) -> str:
    shown = [e for e in entries if any(e.policy.id in row for row in cross.rows.values())]
    head = "".join(f'<th scope="col">{linked(link, f"policies/{e.policy.id}", e.region)}</th>' for e in shown)
    rows = [[escape(value), *(_cell(row.get(e.policy.id, []), cross.column, link) for e in shown)]
            for value, row in cross.rows.items()]
    made = table([cross.column or cross.of], rows, cross.of)
    return made.replace("</th></tr></thead>", f"</th>{head}</tr></thead>", 1)


def _cell(prices: Sequence[Price], column: str, link: Link) -> str:
    lines = dict.fromkeys(f"{escape(p.said(column))} <small>{linked(link, f'policies/{p.policy}', p.id)}</small>"
                          for p in prices)
    return "".join(f"<div>{line}</div>" for line in lines) or "<span class=\"soft\">—</span>"
