"""Where boxes stand: the main line in one column, the other stages in a second, phase after phase, top down.

Arrows to the next stage of the main line run straight down. All others leave and enter boxes at the sides, each at a
height of its own: jumps along the main line on the left, ways to and from the second column between the columns, and
ways within the second column on its right. So no arrow ever has to cross a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import floor

from guiju.lifecycle.chart import START
from guiju.lifecycle.show.svg.contents import LINE, Content, Line, Teller
from guiju.lifecycle.show.svg.flow import Arrangement, Link, arranged, links_of
from guiju.lifecycle.show.view import View
from guiju.source.diagnostics import Language

MAIN_WIDTH, SIDE_WIDTH, LABEL_ROOM = 236.0, 216.0, 168.0
GAP, ENTRY, DOWN_ROOM = 26.0, 15.0, 196.0
START_HEIGHT = 28.0
APART = 5  # two lines at different boxes of a channel that are nearer than this would look like one


@dataclass(slots=True)
class Port:
    """Where an arrow leaves a box at its side, with its label, or where arrows enter (`link` None)."""

    stage: str
    link: Link | None
    lines: tuple[Line, ...] = ()
    y: float = 0

    @property
    def height(self) -> float:
        return ENTRY if self.link is None else len(self.lines) * LINE + 7


@dataclass(slots=True)
class Box:
    """A stage on the page. `content` None: the start."""

    id: str
    main: bool
    content: Content | None
    x: float = 0
    y: float = 0
    w: float = 0
    h: float = 0
    left: list[Port] = field(default_factory=list)
    right: list[Port] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return self.y + self.h


@dataclass(frozen=True, slots=True)
class Down:
    """Straight arrows from a stage to the one below, with their label."""

    source: str
    target: str
    links: tuple[Link, ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Band:
    """The rows of one phase."""

    phase: str
    stages: list[str]
    top: float = 0
    bottom: float = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything has its height; how wide the channels are is decided by `route`."""

    arrangement: Arrangement
    boxes: dict[str, Box]
    downs: list[Down]
    bands: list[Band]


def placed(view: View, language: Language) -> Plan:
    """Places every stage of a chart."""
    links = links_of(view)
    nodes = [START, *(s.id for s in view.stages)]
    finals = {s.id for s in view.stages if s.final}
    arrangement = arranged(nodes, {(link.source, link.target) for link in links}, finals)
    return _Placing(view, Teller(view, language), links, arrangement).plan()


class _Placing:
    def __init__(self, view: View, teller: Teller, links: list[Link], arrangement: Arrangement) -> None:
        self.stages = {s.id: s for s in view.stages}
        self.phases = {p.id: p.label.in_language(teller.language) for p in view.phases}
        self.teller = teller
        self.links = links
        self.main, self.beside = arrangement.main, arrangement.beside
        self.made = Plan(arrangement, {}, [], [])
        order = [*self.main, *sorted(self.beside, key=self._order)]
        self.position = {id_: i for i, id_ in enumerate(order)}

    def plan(self) -> Plan:
        y = 0.0
        for band in self._bands():
            band.top = y
            self._place_main(band, y + GAP / 2)
            self._place_side(band, y + GAP / 2)
            members = [b for b in self.made.boxes.values() if b.y >= band.top]
            band.bottom = y = max(b.bottom for b in members) + self._below(band.stages[-1])
            self.made.bands.append(band)
        return self.made

    def _order(self, side: str) -> tuple[int, int]:
        return self.main.index(self.beside[side]), list(self.stages).index(side)

    def _bands(self) -> list[Band]:
        """The main line cut where the phase changes; the start belongs to what follows."""
        bands: list[Band] = []
        first = next((self.stages[id_].phase for id_ in self.main if id_ in self.stages), "")
        for id_ in self.main:
            phase = self.stages[id_].phase if id_ in self.stages else first
            if not bands or bands[-1].phase != phase:
                bands.append(Band(phase, []))
            bands[-1].stages.append(id_)
        return bands

    def _place_main(self, band: Band, y: float) -> None:
        for id_ in band.stages:
            stage = self.stages.get(id_)
            content = self.teller.content(stage, MAIN_WIDTH) if stage else None
            box = Box(id_, True, content, w=MAIN_WIDTH, y=y)
            box.left, box.right = self._jumps(id_), self._sideways(id_)
            box.h = max(content.height if content else START_HEIGHT, _room(box.left), _room(box.right))
            _spread(box)
            self.made.boxes[id_] = box
            y = box.bottom + self._below(id_)

    def _below(self, id_: str) -> float:
        """The gap below a stage of the main line: its straight arrow's label must fit."""
        position = self.main.index(id_)
        if position + 1 == len(self.main):
            return GAP
        found = next((d for d in self.made.downs if d.source == id_), None)
        if found is None:
            target = self.main[position + 1]
            links = tuple(link for link in self.links if (link.source, link.target) == (id_, target))
            lines = tuple(line for link in links for line in self.teller.link(link, DOWN_ROOM))
            found = Down(id_, target, links, lines)
            self.made.downs.append(found)
        return max(GAP, len(found.lines) * LINE + 18)

    def _jumps(self, id_: str) -> list[Port]:
        """Arrows along the main line that are not straight: those that lead up, what enters, those that lead down."""
        here = self.position[id_]
        rows = {m: i for i, m in enumerate(self.main)}

        def jumps(link: Link) -> bool:
            return link.source in rows and link.target in rows and rows[link.target] != rows[link.source] + 1

        leaving = sorted((k for k in self.links if k.source == id_ and jumps(k)), key=lambda k: rows[k.target])
        ports = [self._port(k) for k in leaving]
        if any(k.target == id_ and jumps(k) for k in self.links):
            up = sum(rows[k.target] < here for k in leaving)
            ports.insert(up, Port(id_, None))
        return ports

    def _sideways(self, id_: str) -> list[Port]:
        """Arrows between the columns, at the side of one box."""
        def crosses(link: Link) -> bool:
            return (link.source in self.beside) != (link.target in self.beside)

        return self._ports(id_, [k for k in self.links if crosses(k)])

    def _within(self, id_: str) -> list[Port]:
        """Arrows within the second column, at the right of one box."""
        return self._ports(id_, [k for k in self.links if k.source in self.beside and k.target in self.beside])

    def _ports(self, id_: str, links: list[Link]) -> list[Port]:
        leaving = sorted((k for k in links if k.source == id_), key=lambda k: self.position[k.target])
        entry = [Port(id_, None)] if any(k.target == id_ for k in links) else []
        return [*entry, *(self._port(k) for k in leaving)]

    def _port(self, link: Link) -> Port:
        return Port(link.source, link, self.teller.link(link, LABEL_ROOM))

    def _place_side(self, band: Band, top: float) -> None:
        """The stages beside this band, as near as may be to the arrow that leads there."""
        taken = [p.y for b in self.made.boxes.values() if b.main for p in b.right]
        below = top
        wanted = [(self._wish(id_), i, id_) for i, id_ in enumerate(sorted(self.beside, key=self._order))
                  if self.beside[id_] in band.stages]
        for wish, _, id_ in sorted(wanted):
            stage = self.stages[id_]
            other = self.phases.get(stage.phase, "") if stage.phase != band.phase else ""
            box = Box(id_, False, self.teller.content(stage, SIDE_WIDTH, other), w=SIDE_WIDTH)
            box.left, box.right = self._sideways(id_), self._within(id_)
            assert box.content is not None
            box.h = max(box.content.height, _room(box.left), _room(box.right))
            _spread(box)
            entry = next((p.y for p in box.left if p.link is None), box.h / 2)
            box.y = max(below, wish - entry)
            _spread(box)
            while _clashes(box.left, taken, wish):
                box.y += 1
                _spread(box)
            self.made.boxes[id_] = box
            below = box.bottom + GAP

    def _wish(self, id_: str) -> float:
        """The height at which an arrow from the stage beside it would run straight."""
        box = self.made.boxes[self.beside[id_]]
        ports = [p.y for p in box.right if p.link is not None and p.link.target == id_]
        return ports[0] if ports else box.bottom


def _room(ports: Sequence[Port]) -> float:
    return sum(p.height for p in ports) + 8 if ports else 0


def _spread(box: Box) -> None:
    """Gives the ports of a box their heights: one below the other, in the middle of its side."""
    for ports in (box.left, box.right):
        y = box.y + (box.h - sum(p.height for p in ports)) / 2
        for port in ports:
            y += port.height
            port.y = floor(y - (ENTRY / 2 if port.link is None else 3))


def _clashes(ports: Iterable[Port], taken: Sequence[float], straight: float) -> bool:
    """Whether a line would run on a line of the other column; the one that is straight is the same line."""
    return any(abs(p.y - y) < APART and not (p.link is None and p.y == y == straight) for p in ports for y in taken)
