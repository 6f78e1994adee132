"""The place diagram: nothing covers anything else, whatever places a page has."""

from __future__ import annotations

import doctest
import math
import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hayami import placemap, placenames, plane
from hayami.placemap import NARROW, WIDE, Words, caption_box, drawing, path
from hayami.plane import Box, Frame, Mark, crosses, intersect, overlap, pin_box
from hayami.schema.site import MapLine, PlaceDiagram, Water

DIAGRAM = PlaceDiagram.model_validate(
    {
        "lines": [
            {
                "points": [[0, 50], [40, 50], [60, 40], [100, 40]],
                "name": {"words": {"en": "Line"}, "at": [20, 46]},
            },
            {"points": [[40, 20], [70, 20], [70, 80], [40, 80]], "closed": "true"},
            {"kind": "border", "points": [[30, 0], [30, 100]]},
        ],
        "waters": [{"points": [[60, 100], [70, 80], [100, 80], [100, 100]]}],
        "captions": [{"words": {"en": "West"}, "at": [0, 5]}],
        "spots": [],
    }
)

_POINT = st.tuples(st.integers(0, 100), st.integers(0, 100))
_NAME = st.text(alphabet="aW東京（ (", min_size=1, max_size=30).map(str.strip).filter(bool)


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    held = draw(st.lists(st.tuples(_POINT, _NAME, st.booleans(), st.booleans()), min_size=1, max_size=16))
    return [Mark(number, *one) for number, one in enumerate(held, start=1)]


def boxes(drawn: placemap.Drawing) -> list[Box]:
    """Everything with words on the sheet."""
    return [
        *(pin_box(pin, drawn.frame, margin=0) for pin in drawn.pins),
        *(caption_box(one, drawn.frame) for one in drawn.captions),
        *(name.box for name in drawn.names),
    ]


@pytest.mark.parametrize("frame", [NARROW, WIDE], ids=["narrow", "wide"])
@settings(max_examples=60, deadline=None)
@given(given_marks=marks())
def test_nothing_covers_anything(frame: Frame, given_marks: list[Mark]) -> None:
    drawn = drawing(DIAGRAM, given_marks, "en", frame)
    assert [pin.mark for pin in drawn.pins] == given_marks
    for one, other in combinations(drawn.pins, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= 2 * frame.radius
    for one_box, other_box in combinations(boxes(drawn)[len(drawn.pins) :], 2):
        assert not overlap(one_box, other_box)
    for box in boxes(drawn)[len(drawn.pins) :]:
        assert not any(overlap(box, pin_box(pin, frame, margin=0)) for pin in drawn.pins)
    for box in boxes(drawn):
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= frame.width
        assert box[3] <= frame.height
    leaders = [(name, name.leader) for name in drawn.names if name.leader]
    for name, leader in leaders:
        assert not any(
            crosses(leader, pin_box(pin, frame, 0)) for pin in drawn.pins if pin.mark.number != name.number
        )
        assert not any(crosses(leader, other.box) for other in drawn.names if other is not name)
    assert not any(intersect(one[1], other[1]) for one, other in combinations(leaders, 2))


def test_a_few_places_keep_their_position_and_all_their_names() -> None:
    given_marks = [Mark(1, (20, 30), "Hall"), Mark(2, (80, 60), "Branch", square=True)]
    drawn = drawing(DIAGRAM, given_marks, "en", WIDE)
    assert [(pin.x, pin.y) for pin in drawn.pins] == [(144, 120), (576, 240)]
    assert [name.lines for name in drawn.names] == [("Hall",), ("Branch",)]
    assert all(name.leader is None for name in drawn.names)


def test_narrow_pages_show_numbers_only() -> None:
    assert drawing(DIAGRAM, [Mark(1, (20, 30), "Hall")], "en", NARROW).names == ()


def test_places_of_one_spot_stand_side_by_side() -> None:
    drawn = drawing(DIAGRAM, [Mark(n, (50, 50), "x") for n in (1, 2, 3)], "en", WIDE)
    assert {pin.y for pin in drawn.pins} == {200}
    assert [pin.x for pin in drawn.pins] == [335, 360, 385]


def test_a_crowd_has_as_many_names_as_find_room() -> None:
    crowd = [Mark(n, (44 + n % 4 * 7, 40 + n // 4 * 11), f"Place number {n}") for n in range(1, 13)]
    drawn = drawing(DIAGRAM, crowd, "en", WIDE)
    assert len(drawn.names) == len(crowd)
    assert any(name.leader for name in drawn.names)


def test_a_name_that_finds_no_room_is_left_out() -> None:
    row = [Mark(n, (50, 50), "A place with a name of some length") for n in range(1, 26)]
    drawn = drawing(DIAGRAM, row, "en", WIDE)
    assert len(drawn.pins) == 25
    assert 4 <= len(drawn.names) < 25


def test_a_caption_under_a_pin_is_left_out_and_one_at_the_edge_moved_in() -> None:
    free = drawing(DIAGRAM, [Mark(1, (90, 20), "x")], "en", WIDE).captions
    assert [one.text for one in free] == ["Line", "West"]
    assert caption_box(free[1], WIDE)[0] >= 0
    covered = drawing(DIAGRAM, [Mark(1, (20, 46), "x")], "en", WIDE).captions
    assert covered == (Words("West", free[1].x, free[1].y),)


def test_corners_are_round_and_ends_are_not() -> None:
    frame = Frame(100, 100, 5, 10, names=False)
    line = MapLine.model_validate({"points": [[10, 10], [50, 10], [50, 50]]})
    assert path(line, frame, closed=False) == "M10 10L30 10Q50 10 50 30L50 50"


def test_water_reaches_the_edge_of_the_sheet() -> None:
    frame = Frame(100, 100, 5, 10, names=False)
    water = Water.model_validate({"points": [[50, 100], [50, 50], [100, 50], [100, 100]]})
    drawn = path(water, frame, closed=True)
    assert drawn == "M50 100L50 75Q50 50 75 50L100 50L100 100Z"
    assert not re.search(r"Q(50 100|100 100)", drawn)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("台東館", ("台東館",)),
        ("城東支援室（東金町のとなり）", ("城東支援室", "（東金町のとなり）")),
        ("Tokyo International Forum", ("Tokyo", "International Forum")),
        ("x" * 40, ("x" * 40,)),
    ],
)
def test_long_names_take_two_lines(name: str, lines: tuple[str, ...]) -> None:
    assert placenames.in_lines(name, 13) == lines


def test_a_line_through_a_box_and_one_beside_it() -> None:
    box = (10.0, 10.0, 20.0, 20.0)
    assert crosses(((0, 0), (30, 30)), box)
    assert crosses(((15, 0), (15, 30)), box)
    assert not crosses(((0, 5), (30, 5)), box)
    assert not crosses(((0, 0), (9, 30)), box)
    assert not crosses(((0, 0), (8, 8)), box)


def test_examples_in_the_modules() -> None:
    for module in (plane, placenames):
        assert doctest.testmod(module).failed == 0
        assert doctest.testmod(module).attempted > 0
