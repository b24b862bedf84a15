"""A tie that the expert, an applicant or someone else declared: family, teacher and student, an interest."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.review.conflicts.model import Declaration, Evidence
from guiju.review.conflicts.scene import Found, Scene
from guiju.review.organisation import Organisation
from guiju.review.people import Application
from guiju.source.diagnostics import Text

ID = "declared"
NAME = Text("申明的亲属或利害关系", "declared family tie or interest")


def find(scene: Scene) -> Iterator[Found]:
    names = {e.id: e.name for e in scene.experts}
    takers = scene.takers()
    for said in scene.declarations:
        name, by = names[said.expert], said.by or "本人"
        on = f"{said.on} " if said.on else ""
        for application, where in _about(said, takers):
            yield Found(said.expert, application, Text(
                f"{by}{on}申明：{name}与{where.zh}有{said.relation}关系",
                f"declared by {said.by or 'the expert'}: {name} is tied to {where.en} ({said.relation})"),
                (Evidence(Text("申明人", "declared by"), by), Evidence(Text("申明内容", "relation"), said.relation)))


def _about(said: Declaration, takers: dict[str, list[Application]]) -> Iterator[tuple[str, Text]]:
    if said.application:
        yield said.application, Text("本申报", "this application")
        return
    code = Organisation(said.organisation).key
    for application in takers.get(code, []):
        label = next(o.label for o in application.organisations() if o.key == code)
        yield application.id, Text(f"参加单位{label}", f"{label}, which takes part")
