"""What was expected of the closure beforehand, held against what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SLOTS, FACTS = "closure", "closure-bind"


@dataclass(frozen=True, slots=True)
class Expectation:
    """`factor`: how many of our closure's times the peer should take at least (`faster`), or we of the peer's times
    at most."""

    text: str
    peers: tuple[str, ...]
    factor: float
    faster: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether it is so, over bound slots and from facts, with the figures."""

    met: str
    sentence: str


EXPECTED = (
    Expectation("at least 10 times as fast as zen-engine", ("zen", "zen-graph"), 10),
    Expectation("at least 100 times as fast as openfisca-core", ("openfisca",), 100),
    Expectation("within twice the time of hand-written Python", ("handwritten",), 2, faster=False),
    Expectation("within twice the time of hand-written Python that heeds missing facts", ("handwritten-gaps",), 2,
                faster=False),
)


def findings(seconds: Mapping[str, float]) -> list[Finding]:
    """Each expectation against the median times. Of several forms of a peer, the fastest counts."""
    return [_finding(expected, seconds) for expected in EXPECTED]


def _finding(expected: Expectation, seconds: Mapping[str, float]) -> Finding:
    peer = min(seconds[p] for p in expected.peers)
    ratios = {ours: peer / seconds[ours] if expected.faster else seconds[ours] / peer for ours in (SLOTS, FACTS)}
    holds = {ours: r >= expected.factor if expected.faster else r <= expected.factor for ours, r in ratios.items()}
    met = "met" if all(holds.values()) else "met over bound slots only" if holds[SLOTS] else "NOT met"
    relation = "as fast" if expected.faster else "the time"
    return Finding(met, (
        f"{expected.text}: {met}. {_times(ratios[SLOTS])} times {relation} over bound slots ({_us(seconds[SLOTS])}), "
        f"{_times(ratios[FACTS])} times from facts ({_us(seconds[FACTS])}), against {_us(peer)}."))


def _us(seconds: float) -> str:
    return f"{seconds * 1e6:,.2f} µs"


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 20 else f"{ratio:.0f}"
