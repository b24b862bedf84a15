"""Which moves lead back, what the main line is, and what stands beside it."""

import pytest
from drawn_charts import graph, graphs, move, stage
from hypothesis import given

from guiju.lifecycle.show.svg.flow import arranged, links_of

# Stages are letters, the first is the start; those in capitals end.
CASES = [
    ("a straight line", "sab", "sa ab", "sab", {}, ""),
    ("the longest way is the main line", "sabc", "sa ab bc ac", "sabc", {}, ""),
    ("a way back", "sab", "sa ab ba", "sab", {}, "ba"),
    ("a way aside and back stands beside where it begins", "sabcdx", "sa ab bc cd ax xa", "sabcd", {"x": "a"}, "xa"),
    ("an end beside the last stage that leads there", "sabcX", "sa ab bc aX bX", "sabc", {"X": "b"}, ""),
    ("another stage beside the first", "sabcx", "sa ab bc ax bx", "sabc", {"x": "a"}, ""),
    ("through another stage aside", "sabcxy", "sa ab bc ax xy", "sabc", {"x": "a", "y": "a"}, ""),
    ("a stage that none reaches stands where it leads", "sabcx", "sa ab bc xb", "sabc", {"x": "b"}, ""),
    ("a stage without moves", "sabx", "sa ab", "sab", {"x": "b"}, ""),
    ("among equals the first", "sabc", "sa ab ac", "sab", {"c": "a"}, ""),
]


@pytest.mark.parametrize(("nodes", "edges", "main", "beside", "back"), [c[1:] for c in CASES],
                         ids=[c[0] for c in CASES])
def test_arrangement(nodes, edges, main, beside, back):
    found = arranged(list(nodes), [(e[0], e[1]) for e in edges.split()], {n for n in nodes if n.isupper()})

    assert ("".join(found.main), dict(found.beside), found.back) == (main, beside, {tuple(e) for e in back.split()})


@given(graphs())
def test_every_stage_has_one_place_and_without_the_ways_back_there_is_no_circle(view):
    nodes = ["start", *(s.id for s in view.stages)]
    edges = {(k.source, k.target) for k in links_of(view)}
    found = arranged(nodes, edges, {s.id for s in view.stages if s.final})

    assert sorted([*found.main, *found.beside]) == sorted(nodes)
    assert all(pair in edges - found.back for pair in zip(found.main, found.main[1:], strict=False))
    assert set(found.beside.values()) <= set(found.main)
    left, forward = set(nodes), edges - found.back
    while ends := {n for n in left if not any(s == n and t in left for s, t in forward)}:
        left -= ends
    assert left == set()


def test_moves_between_two_stages_share_an_arrow_if_they_are_drawn_alike():
    view = graph([stage("a"), stage("b")],
                 [move("open", (), "a"), move("m1", ("a",), "b"), move("m2", ("a",), "b"),
                  move("m3", ("a", "b"), "b", basis="default"), move("stay", ("a",), "")])

    found = [(k.source, k.target, [m.id for m in k.moves], k.doubtful) for k in links_of(view)]

    assert found == [("start", "a", ["open"], False), ("a", "b", ["m1", "m2"], False), ("a", "b", ["m3"], True)]
