"""Drawings made on the server: plain SVG without style or script, always beside a table with the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

_ROW, _LABEL, _BAR, _NUMBER = 30, 190, 340, 50
_WIDTH = _LABEL + _BAR + _NUMBER


def bars(title: str, rows: Sequence[tuple[str, int]]) -> SafeString:
    """Figures as horizontal bars, the largest as wide as the drawing allows. Nothing for no rows."""
    if not rows:
        return SafeString("")
    most = max(1, *(value for _, value in rows))
    height = _ROW * len(rows)
    parts = [f'<svg class="bars" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}">']
    for place, (label, value) in enumerate(rows):
        top, long = place * _ROW, round(_BAR * value / most)
        parts.append(f'<text x="{_LABEL - 10}" y="{top + 20}" text-anchor="end">{escape(_short(label))}</text>'
                     f'<rect class="bar" x="{_LABEL}" y="{top + 6}" width="{max(long, 1)}" height="18" rx="3"/>'
                     f'<text x="{_LABEL + long + 8}" y="{top + 20}">{value}</text>')
    return mark_safe("".join([*parts, "</svg>"]))  # nosec B308 B703  # every text in it is escaped above


def _short(label: str) -> str:
    return label if len(label) <= 13 else f"{label[:12]}…"
