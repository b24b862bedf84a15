"""What is in a picture, and that a reader can read it: nothing overlaps, no arrow crosses a box."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise, takewhile

import pytest
from drawn_charts import graph, graphs, move, permit, stage
from hypothesis import given, settings

from guiju.lifecycle.library import installed_charts
from guiju.lifecycle.show.describe import described
from guiju.lifecycle.show.svg import palette
from guiju.lifecycle.show.svg.picture import Picture, picture

NEAR = 4
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('1')</script> & \"引号\" ]]> \x00\x1b[31m\u202e" + "很长" * 80 + "x" * 300


def all_texts(drawn: Picture) -> str:
    return "\n".join("".join(t.itertext()) for t in ET.fromstring(drawn.svg).iter(f"{SVG}text"))


def crossings(drawn: Picture) -> list[str]:
    """Arrows that run through a box, or do not run from box to box."""
    boxes, wrong = drawn.layout.boxes, []
    for link, points in drawn.layout.ways():
        for id_, point in ((link.source, points[0]), (link.target, points[-1])):
            box = boxes[id_]
            on_side = point[0] in (box.x, box.x + box.w) and box.y < point[1] < box.bottom
            on_edge = point[1] in (box.y, box.bottom) and box.x < point[0] < box.x + box.w
            if not (on_side or on_edge):
                wrong.append(f"{link.source}→{link.target} is not at {id_}")
        for (x1, y1), (x2, y2) in pairwise(points):
            assert x1 == x2 or y1 == y2
            wrong += [f"{link.source}→{link.target} crosses {box.id}" for box in boxes.values()
                      if max(x1, x2) > box.x and min(x1, x2) < box.x + box.w
                      and max(y1, y2) > box.y and min(y1, y2) < box.bottom]
    return wrong


def overlaps(drawn: Picture) -> list[str]:
    """Boxes on boxes, texts on texts, texts outside the picture."""
    boxes = drawn.layout.boxes.values()
    wrong = [f"{a.id} on {b.id}" for a, b in combinations(boxes, 2)
             if a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.bottom and b.y < a.bottom]
    texts = sorted(drawn.texts, key=lambda t: t.top)
    for i, text in enumerate(texts):
        below = takewhile(lambda t, bottom=text.bottom: t.top < bottom, texts[i + 1:])
        wrong += [f"{text.text!r} on {other.text!r}" for other in below if text.overlaps(other)]
        if text.left < 0 or text.top < 0 or text.right > drawn.width or text.bottom > drawn.height:
            wrong.append(f"{text.text!r} is cut")
    return wrong


def shared(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return max(min(first), min(second)) < min(max(first), max(second))


def shared_lines(drawn: Picture) -> list[str]:
    """Arrows to different stages that run so near one another, side by side, that one could not tell them apart."""
    pieces = {(link.target, start, end) for link, points in drawn.layout.ways() for start, end in pairwise(points)}
    found = []
    for (a, (ax, ay), (bx, by)), (b, (cx, cy), (dx, dy)) in combinations(sorted(pieces), 2):
        flat = ay == by and cy == dy and abs(ay - cy) < NEAR and shared((ax, bx), (cx, dx))
        steep = ax == bx and cx == dx and abs(ax - cx) < NEAR and shared((ay, by), (cy, dy))
        if a != b and (flat or steep):
            found.append(f"{a} and {b} share a line")
    return found


def assert_legible(drawn: Picture) -> None:
    assert crossings(drawn) + overlaps(drawn) + shared_lines(drawn) == []


@pytest.mark.parametrize("id_", installed_charts().ids())
def test_every_chart_is_drawn_whole_and_legibly_in_both_languages(id_):
    view = described(installed_charts().chart(id_))
    for language in ("zh", "en"):
        drawn = picture(view, language)
        words = re.sub(r"\s", "", all_texts(drawn))

        parts = (*view.stages, *view.moves, *view.terms, *view.notices, *view.duties, *view.loops, *view.bans,
                 *view.procedures)
        assert [p.id for p in parts if p.id not in words] == []
        named = (*view.moves, *view.terms, *view.notices, *view.duties, *view.procedures)
        labels = [re.sub(r"\s", "", p.label.in_language(language)) for p in named]
        assert [label for label in labels if label not in words] == []
        assert_legible(drawn)


@settings(deadline=None, max_examples=150)
@given(graphs())
def test_any_graph_is_legible(view):
    drawn = picture(view)

    assert_legible(drawn)
    arrows = sorted({(s, m.target) for m in view.moves for s in m.sources or ("start",) if m.target not in ("", s)})
    assert sorted({(link.source, link.target) for link, _ in drawn.layout.ways()}) == arrows


def test_the_same_chart_gives_the_same_bytes(tmp_path):
    assert picture(permit(tmp_path / "a"), "en").svg == picture(permit(tmp_path / "b"), "en").svg


def test_a_picture_says_what_it_is_to_whoever_cannot_see_it(tmp_path):
    root = ET.fromstring(picture(permit(tmp_path)).svg)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert (root.get("role"), root.get("lang")) == ("img", "zh-Hans")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "示例许可"
    assert desc.text.startswith("流程图，5 个环节，7 个步骤。环节：已收件、公示中、持证。终结：不予许可、已失效。")


def test_size_and_view_box_agree(tmp_path):
    root = ET.fromstring(picture(permit(tmp_path)).svg)

    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_signs_for_what_runs_and_what_may_be_done(tmp_path):
    texts = all_texts(picture(permit(tmp_path))).splitlines()

    assert "list 拟许可公示 ≥ 待定" in texts
    assert "ask_again 续期申请：3 个月" in texts
    assert "yearly 每年报告：每年 3 月 31 日前" in texts
    assert "renew 续期" in texts
    assert "expire 期满失效（默认、自动）" in texts
    assert "refuse 不予许可（推定）" in texts


def test_moves_that_the_text_does_not_state_and_automatic_ones_are_drawn_otherwise(tmp_path):
    root = ET.fromstring(picture(permit(tmp_path), "en").svg)
    drawn = {g.find(f"{SVG}title").text: g.find(f"{SVG}path") for g in root.iter(f"{SVG}g")
             if g.find(f"{SVG}title") is not None and g.find(f"{SVG}path") is not None}
    patterns = {name.partition(":")[0]: path.get("stroke-dasharray") for name, path in drawn.items()}

    assert (patterns["grant grant"], patterns["refuse refuse"]) == (None, palette.DOTTED)
    assert patterns["expire expire"] == palette.MIXED


def test_clauses_are_spelled_as_the_reader_wants(tmp_path):
    drawn = picture(permit(tmp_path), "zh", lambda clauses: "+".join(f"第{c}条" for c in clauses))

    assert "第2条" in all_texts(drawn).splitlines()


def test_hostile_words_stay_words():
    view = graph([stage("a<b", HOSTILE, "p"), stage("b&c", "完", "p", final=True)],
                 [move("m\"1", (), "a<b", HOSTILE), move("m2", ("a<b",), "b&c", HOSTILE),
                  move("m3", ("a<b",), "", HOSTILE)], ("p",), HOSTILE)
    drawn = picture(view)
    root = ET.fromstring(drawn.svg)

    tags = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert tags == {"svg", "title", "desc", "rect", "g", "path", "text", "tspan"}
    assert "<script>alert('1')</script>" in re.sub(r"\s", "", all_texts(drawn))
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f\u202e]", drawn.svg) == []
    assert_legible(drawn)


def test_a_picture_needs_nothing_but_itself(tmp_path):
    svg = picture(permit(tmp_path)).svg

    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)|href|url\(|@import|<script|<style|\bon\w+=", svg) == []


def contrast(first: str, second: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["INK", "QUIET", "FLOW", "DOUBT", "BOX", "END", "NOTICE", "TERM", "DUTY",
                                  "STRONG_RULE"])
def test_everything_that_says_something_stands_out_from_its_ground(name):
    for ground in (palette.PAPER, palette.BAND):
        assert contrast(getattr(palette, name), ground) >= 4.5
