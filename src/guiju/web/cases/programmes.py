"""The programmes that the library knows, by where they hold."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.lifecycle.library import CHARTS
from guiju.source.diagnostics import Span, Text
from guiju.source.document import Mapping, read_document
from guiju.source.fields import bilingual

REGIONS = {
    "national": Text("国家", "National"), "beijing": Text("北京", "Beijing"), "tianjin": Text("天津", "Tianjin"),
    "hebei": Text("河北", "Hebei"), "shanxi": Text("山西", "Shanxi"), "liaoning": Text("辽宁", "Liaoning"),
    "shanghai": Text("上海", "Shanghai"), "jiangsu": Text("江苏", "Jiangsu"), "shandong": Text("山东", "Shandong"),
    "henan": Text("河南", "Henan"), "guangdong": Text("广东", "Guangdong"), "hainan": Text("海南", "Hainan"),
    "sichuan": Text("四川", "Sichuan"), "shaanxi": Text("陕西", "Shaanxi"),
}


@dataclass(frozen=True, slots=True)
class Programme:
    id: str
    title: Text

    @property
    def page(self) -> str:
        """Its page of the library, which everyone may read."""
        return f"charts/{self.id}"


@functools.cache
def programmes() -> tuple[tuple[Text, tuple[Programme, ...]], ...]:
    """Every programme by region, the country's first. Small charts that others use are none."""
    found: dict[str, list[Programme]] = {}
    for path in sorted(CHARTS.rglob("chart.yaml")):
        id_ = path.parent.relative_to(CHARTS).as_posix()
        region = id_.partition("/")[0]
        if region == "common":
            continue
        document = read_document(path, id_)
        node = document.get("title") if isinstance(document, Mapping) else None
        title = bilingual(node, Span(id_), "title")
        found.setdefault(region, []).append(Programme(id_, title if title.zh else Text(id_, id_)))
    order: Sequence[str] = [*REGIONS, *sorted(found.keys() - REGIONS.keys())]
    return tuple((REGIONS.get(r, Text(r, r)), tuple(found[r])) for r in order if r in found)
