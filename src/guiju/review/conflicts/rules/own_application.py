"""The expert takes part in an application himself: in this one, or in another one of the round, a competitor."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.review.conflicts.model import Evidence
from guiju.review.conflicts.scene import Found, Scene, candidates, match_evidence, same_person
from guiju.review.people import Application, Expert
from guiju.source.diagnostics import Text

ID = "own_application"
NAME = Text("本人参加本批次申报", "own application in the round")


def find(scene: Scene) -> Iterator[Found]:
    namesakes = scene.namesakes()
    for own in scene.applications:
        for person in own.people:
            for expert in candidates(person, namesakes):
                certainty = same_person(expert, person)
                if certainty is None:
                    continue
                evidence = (Evidence(Text("本人参加的申报", "own application"), f"{own.id} {own.name}"),
                            *match_evidence(expert, person, certainty))
                rivals = scene.applications if certainty == "certain" else [own]
                for application in rivals:
                    yield Found(expert.id, application.id, _reason(expert, own, application), evidence,
                                certainty == "certain")


def _reason(expert: Expert, own: Application, application: Application) -> Text:
    if own is application:
        return Text(f"{expert.name}是本申报的参加人", f"{expert.name} takes part in this application")
    return Text(f"{expert.name}参加了同批次的申报“{own.name}”，与本申报竞争",
                f"{expert.name} takes part in '{own.name}', which competes with this one in the round")
