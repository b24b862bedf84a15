"""One body recommended the application, and put the expert forward or employs him."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.review.conflicts.scene import Found, Scene, same_code
from guiju.source.diagnostics import Text

ID = "same_recommender"
NAME = Text("同一推荐单位", "same recommending body")


def find(scene: Scene) -> Iterator[Found]:
    recommended: dict[str, list[int]] = {}
    for place, application in enumerate(scene.applications):
        if application.recommender.key:
            recommended.setdefault(application.recommender.key, []).append(place)
    for expert in scene.experts:
        bodies = {code: Text("任职于", "works for") for code in (home.key for home in scene.employers(expert))}
        bodies[expert.recommender.key] = Text("由其推荐入库：", "was put forward by")
        for code, how in sorted(bodies.items()):
            for place in recommended.get(code, []):
                application = scene.applications[place]
                body = application.recommender.label
                yield Found(expert.id, application.id, Text(
                    f"本申报由{body}推荐；{expert.name}{how.zh}{body}",
                    f"{body} recommended this application; {expert.name} {how.en} {body}"),
                    (same_code(code),))
