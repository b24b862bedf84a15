"""Where arrows run. Those that enter a stage from the same channel share one line there and one arrowhead.

A channel is a strip without boxes: left of the main line, between the columns, or right of the second. Each shared
line has a track of its own in it, as far as it reaches.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from guiju.lifecycle.show.svg.contents import SMALL
from guiju.lifecycle.show.svg.flow import Link
from guiju.lifecycle.show.svg.measure import width, wrapped
from guiju.lifecycle.show.svg.place import MAIN_WIDTH, SIDE_WIDTH, Band, Box, Plan, Port

TRACK, EDGE, HEAD = 13.0, 16.0, 26.0
PHASE_ROOM = 92.0
SPACE = 10.0  # what two lines on one track leave free between them
Point = tuple[float, float]
ChannelName = Literal["jumps", "across", "within"]


@dataclass(frozen=True, slots=True)
class Tap:
    """One arrow's own part: from the port at its box to the shared line."""

    port: Port
    link: Link
    x: float


@dataclass(slots=True)
class Bus:
    """The line that all arrows of a channel share on their way into one stage. `track` -1: straight, no line."""

    channel: ChannelName
    target: str
    entry: Port
    entry_x: float
    taps: list[Tap]
    track: int = -1
    x: float = 0

    @property
    def top(self) -> float:
        return min(self.entry.y, *(t.port.y for t in self.taps))

    @property
    def bottom(self) -> float:
        return max(self.entry.y, *(t.port.y for t in self.taps))

    def way(self, tap: Tap) -> list[Point]:
        """One arrow from box to box."""
        start, end = (tap.x, tap.port.y), (self.entry_x, self.entry.y)
        return [start, end] if self.track < 0 else [start, (self.x, start[1]), (self.x, end[1]), end]


@dataclass(slots=True)
class Layout:
    """The flow with all its coordinates; its left upper corner is 0, 0."""

    plan: Plan
    buses: list[Bus] = field(default_factory=list)
    phase_room: float = 0
    width: float = 0
    height: float = 0

    @property
    def boxes(self) -> dict[str, Box]:
        return self.plan.boxes

    @property
    def bands(self) -> list[Band]:
        return self.plan.bands

    def ways(self) -> list[tuple[Link, list[Point]]]:
        """Every arrow as the points that it runs through, the straight ones, too."""
        found = [(tap.link, bus.way(tap)) for bus in self.buses for tap in bus.taps]
        for down in self.plan.downs:
            upper, lower = self.boxes[down.source], self.boxes[down.target]
            for i, link in enumerate(down.links):
                x = self.down_x(i)
                found.append((link, [(x, upper.bottom), (x, lower.y)]))
        return found

    def down_x(self, i: int) -> float:
        """Where the i-th straight arrow of a stage runs."""
        return next(b.x for b in self.boxes.values() if b.main) + HEAD + i * TRACK


def routed(plan: Plan, phases: Iterable[str]) -> Layout:
    """Gives every arrow its way and the columns their places. `phases`: the names that need room at the left."""
    layout = Layout(plan)
    layout.phase_room = max((width(line, SMALL, True) for name in phases for line in wrapped(name, PHASE_ROOM, SMALL)),
                            default=0)
    layout.phase_room += 20 if layout.phase_room else 0
    buses = [*_buses(plan, "jumps"), *_buses(plan, "across"), *_buses(plan, "within")]
    tracks = {name: _tracked([b for b in buses if b.channel == name]) for name in ("jumps", "across", "within")}
    main, side = [b for b in plan.boxes.values() if b.main], [b for b in plan.boxes.values() if not b.main]
    left, between = _label_room(main, "left"), _label_room(main, "right")
    back, right = _label_room(side, "left"), _label_room(side, "right")
    x = layout.phase_room + EDGE + tracks["jumps"] * TRACK
    jumps_end = x
    x += left
    for box in main:
        box.x = x
    x += MAIN_WIDTH + between
    across = x
    x += tracks["across"] * TRACK + back
    for box in side:
        box.x = x
    x += (SIDE_WIDTH if side else -between) + right
    for bus in buses:
        first = {"jumps": jumps_end - TRACK / 2, "across": across + TRACK / 2, "within": x + TRACK / 2}[bus.channel]
        bus.x = first + (-1 if bus.channel == "jumps" else 1) * max(bus.track, 0) * TRACK
        _attach(bus, plan)
    layout.buses = buses
    layout.width = x + tracks["within"] * TRACK + EDGE
    layout.height = max(band.bottom for band in plan.bands)
    return layout


def _buses(plan: Plan, channel: ChannelName) -> list[Bus]:
    """The shared lines of a channel, one for each stage that is entered from there."""
    columns = {"jumps": (True,), "across": (True, False), "within": (False,)}[channel]
    ports = [p for box in plan.boxes.values() if box.main in columns for p in _side(box, channel)]
    entries = {p.stage: p for p in ports if p.link is None}
    return [Bus(channel, target, entry, 0, [Tap(p, p.link, 0) for p in ports if p.link and p.link.target == target])
            for target, entry in entries.items()]


def _side(box: Box, channel: ChannelName) -> list[Port]:
    """The ports of a box that look into a channel."""
    if channel == "across":
        return box.right if box.main else box.left
    return box.left if box.main else box.right


def _tracked(buses: list[Bus]) -> int:
    """Gives each shared line a track, the short ones next to the boxes; how many tracks there are."""
    ends: list[list[tuple[float, float]]] = []
    for bus in sorted(buses, key=lambda b: (b.bottom - b.top, b.top)):
        if bus.top == bus.bottom:
            continue
        for number, taken in enumerate([*ends, []]):
            if all(bus.top >= low + SPACE or bus.bottom <= high - SPACE for high, low in taken):
                if number == len(ends):
                    ends.append([])
                ends[number].append((bus.top, bus.bottom))
                bus.track = number
                break
    return len(ends)


def _label_room(boxes: list[Box], side: str) -> float:
    """The strip beside a column in which labels stand."""
    ports = [p for b in boxes for p in (b.left if side == "left" else b.right)]
    widest = max((width(line.text, SMALL, line.bold) for p in ports for line in p.lines), default=0)
    if not ports:
        return EDGE if side == "right" else 0
    return round(widest + 16) if widest else EDGE + 10


def _attach(bus: Bus, plan: Plan) -> None:
    """Lets the shared line and its arrows begin and end at the boxes."""
    def edge(port: Port) -> float:
        box = plan.boxes[port.stage]
        return box.x if any(p is port for p in box.left) else box.x + box.w

    bus.entry_x = edge(bus.entry)
    bus.taps = [Tap(t.port, t.link, edge(t.port)) for t in bus.taps]
