"""The expert works for the host: the codes are equal."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.review.conflicts.model import Evidence, Gap
from guiju.review.conflicts.scene import Found, Scene, code_gaps, same_code
from guiju.source.diagnostics import Text

ID = "same_institution"
NAME = Text("同单位", "same institution")


def find(scene: Scene) -> Iterator[Found | Gap]:
    yield from code_gaps(ID, ((e, home) for e in scene.experts for home in scene.employers(e)),
                         ((a, a.applicant) for a in scene.applications))
    hosts = scene.hosts()
    for expert in scene.experts:
        for home in scene.employers(expert):
            for application in hosts.get(home.key, []):
                yield Found(expert.id, application.id, Text(
                    f"{expert.name}任职于申报单位{application.applicant.label}",
                    f"{expert.name} works for the applicant, {application.applicant.label}"),
                    (same_code(home.key), Evidence(Text("专家单位", "employer"), home.label)))
