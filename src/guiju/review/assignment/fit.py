"""The usual measure of how well an expert fits an application: a convention of this project, not of any source."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.review.people import Application, Expert
from guiju.source.diagnostics import Text

FIELD_POINTS = 60
CONTENT_POINTS = 40


@dataclass(frozen=True, slots=True)
class Fit:
    """Whole points, 0 to 100, and what they are for."""

    points: int
    reason: Text


def fit_of(expert: Expert, application: Application) -> Fit:
    """60 points for the field, 40 for the share of the contents that the expert knows, rounded down; 100 for the field
    where the application lists no contents."""
    has_field = in_field(expert, application)
    shared = sorted(expert.specialities & application.contents)
    total = len(application.contents)
    field_points = FIELD_POINTS if total else FIELD_POINTS + CONTENT_POINTS
    points = field_points * has_field + (CONTENT_POINTS * len(shared) // total if total else 0)
    zh = f"{'熟悉' if has_field else '不在'}领域“{application.field}”"
    en = f"{'knows' if has_field else 'is outside'} the field '{application.field}'"
    if total:
        zh += f"，所列研究内容 {total} 项中熟悉 {len(shared)} 项" + ("（" + "、".join(shared) + "）" if shared else "")
        en += f", and {len(shared)} of {total} contents" + (f" ({', '.join(shared)})" if shared else "")
    return Fit(points, Text(zh, en))


def in_field(expert: Expert, application: Application) -> bool:
    """Whether the application's field is one of the expert's specialities."""
    return bool(application.field) and application.field in expert.specialities
