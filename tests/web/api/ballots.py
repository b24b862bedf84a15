"""A meeting held by the API: who is there, a ballot to its count."""

from __future__ import annotations

from typing import Any

from calling import Program
from reviewing_world import ReviewWorld

from guiju.web.rounds.models import Round

VOTES = ["yes"] * 9 + ["no"] * 2 + ["abstain"]


def stages(round_: Round) -> list[str]:
    return [a.case.stage for a in round_.applications.order_by("pk").select_related("case")]


def met(world: ReviewWorld, present: int = 12) -> tuple[Program, str, list[str]]:
    """The office's program, the meeting's path, the paths of its hearings."""
    office = Program(world.base.officer)
    there = office.sent("GET", f"organising/{world.round.public_id}/to-be-heard")
    made = office.sent("POST", f"organising/{world.round.public_id}/meetings", {
        "title": "审议投票会", "begins": "2026-04-15T09:00:00+08:00", "place": "第一会议室",
        "applications": [a["id"] for a in there]})
    path = f"meetings/{made['id']}"
    seats = [x["seat"] for x in office.sent("GET", path)["seats"]]
    found = office.sent("PUT", f"{path}/presence", {"seats": seats[:present]})
    assert sum(x["present"] for x in found["seats"]) == present
    return office, path, [f"hearings/{h['id']}" for h in found["hearings"]]


def counted(world: ReviewWorld, office: Program, hearing: str, votes: list[str]) -> Any:
    office.sent("PUT", f"{hearing}/notes", {"notes": "答辩清楚", "visited": True})
    office.sent("POST", f"{hearing}/ballot")
    for user, choice in zip(world.members, votes, strict=False):
        Program(user).sent("POST", f"{hearing}/vote", {"choice": choice})
    assert office.sent("GET", hearing)["papers"] == []
    return office.sent("POST", f"{hearing}/tally")
