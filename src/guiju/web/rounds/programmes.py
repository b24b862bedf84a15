"""The programmes that call for applications by rounds. A test holds the list to the charts."""

from __future__ import annotations

from guiju.source.diagnostics import Text
from guiju.web.cases.programmes import programmes

LABORATORY = "national/quality-standards-laboratory"
CHARTS = (
    LABORATORY, "national/sme-tiers", "national/sme-tiers-innovative",
    "national/sme-tiers-little-giant", "beijing/capital-standardisation-fund", "tianjin/standardisation-fund",
    "shandong/liaocheng-fund", "shandong/linyi-fund", "shandong/weihai-fund", "shandong/zaozhuang-fund",
    "guangdong/foshan-fund", "guangdong/huangpu-fund",
)
RUBRICS = {LABORATORY: "quality-standards-laboratory-2024"}


def with_rounds() -> list[tuple[str, Text]]:
    """Their charts and titles."""
    titles = {p.id: p.title for _, found in programmes() for p in found}
    return [(id_, titles[id_]) for id_ in CHARTS]
