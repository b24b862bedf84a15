"""The expert made or led a work that the application lists, together with others."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.review.conflicts.model import Evidence
from guiju.review.conflicts.scene import Found, Scene, candidates, match_evidence, same_person
from guiju.source.diagnostics import Text

ID = "co_author"
NAME = Text("合著或共同承担", "co-author or co-leader")


def find(scene: Scene) -> Iterator[Found]:
    namesakes = scene.namesakes()
    for application in scene.applications:
        for work in application.works:
            for person in work.people:
                for expert in candidates(person, namesakes):
                    certainty = same_person(expert, person)
                    if certainty is None:
                        continue
                    kind, role = work.kind or "成果", f"（{person.role}）" if person.role else ""
                    yield Found(expert.id, application.id, Text(
                        f"申报所列{kind}“{work.title}”的完成人中有{expert.name}{role}",
                        f"{expert.name} is among those who made '{work.title}', which the application lists"),
                        (Evidence(Text(kind, "listed work"), work.title), *match_evidence(expert, person, certainty)),
                        certainty == "certain")
