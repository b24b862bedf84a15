"""The expert works for a partner of the consortium. Cf. 佛山: experts of the applicant and of its partners recuse."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.review.conflicts.model import Evidence, Gap
from guiju.review.conflicts.scene import Found, Scene, code_gaps, same_code
from guiju.source.diagnostics import Text

ID = "consortium_partner"
NAME = Text("联合单位", "consortium partner")


def find(scene: Scene) -> Iterator[Found | Gap]:
    joint = [a for a in scene.applications if a.partners]
    if joint:
        yield from code_gaps(ID, ((e, home) for e in scene.experts for home in scene.employers(e)),
                             ((a, p) for a in joint for p in a.partners))
    guests = scene.guests()
    for expert in scene.experts:
        for home in scene.employers(expert):
            for application in guests.get(home.key, []):
                yield Found(expert.id, application.id, Text(
                    f"{expert.name}任职于“{application.name}”的联合单位{home.label}",
                    f"{expert.name} works for {home.label}, a partner in '{application.name}'"),
                    (same_code(home.key), Evidence(Text("专家单位", "employer"), home.label)))
