"""The expert worked for the host or a partner until recently. How long is recent is for the round to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guiju.review.conflicts.model import Evidence, Gap
from guiju.review.conflicts.scene import Found, Scene, code_gaps, same_code
from guiju.review.people import Expert, Post
from guiju.review.unset import unset
from guiju.source.diagnostics import Text
from guiju.values import add_months

ID = "recent_employment"
NAME = Text("近年任职", "recent employment")


def find(scene: Scene) -> Iterator[Found | Gap]:
    years = scene.setting.years
    if years is None:
        open_term = unset("recent_employment.years", "近几年任职须回避", "years for which past employment counts")
        yield Gap(ID, "", Text(f"无法判断：{open_term.text.zh}", f"not computable: {open_term.text.en}"),
                  Text("由批次定下年数", "let the round set the number of years"))
        return
    left = list(_left(scene, add_months(scene.on, -12 * years)))
    yield from code_gaps(ID, ((expert, post.organisation) for expert, post, _ in left),
                         ((a, o) for a in scene.applications for o in a.organisations()) if left else ())
    takers = scene.takers()
    for expert, post, until in left:
        for application in takers.get(post.organisation.key, []):
            yield Found(expert.id, application.id, Text(
                f"{expert.name}至 {until} 任职于{post.organisation.label}，离开不满 {years} 年",
                f"{expert.name} worked for {post.organisation.label} until {until}, within {years} years"),
                (same_code(post.organisation.key), Evidence(Text("离职日期", "last day there"), until.isoformat())))


def _left(scene: Scene, first: dt.date) -> Iterator[tuple[Expert, Post, dt.date]]:
    """Posts that ended since the first day that counts; one that goes on is for the rules about present work."""
    for expert in scene.experts:
        for post in expert.posts:
            if post.until is not None and first <= post.until < scene.on:
                yield expert, post, post.until
