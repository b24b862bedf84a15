"""The expert works for a partner of the consortium. Cf. 佛山: experts of the applicant and of its partners recuse."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.review.conflicts.model import Evidence
from guiju.review.conflicts.scene import Found, Scene, same_code
from guiju.source.diagnostics import Text

ID = "consortium_partner"
NAME = Text("联合单位", "consortium partner")


def find(scene: Scene) -> Iterator[Found]:
    guests = scene.guests()
    for expert in scene.experts:
        for code, name in scene.employers(expert):
            for application in guests.get(code, []):
                yield Found(expert.id, application.id, Text(
                    f"{expert.name}任职于“{application.name}”的联合单位{name}",
                    f"{expert.name} works for {name}, a partner in '{application.name}'"),
                    (same_code(code), Evidence(Text("专家单位", "employer"), name)))
