"""What is drawn on a page: one walk over its objects, into the forms that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as c  # type: ignore[import-untyped]

from extract.pdf import handles as h
from extract.pdf.matrix import Matrix
from extract.pdf.page import WHITE, Colour, Fill, Rule, Shape

MAX_OBJECTS = 200_000
"""More objects on a page are not a paper: the rest is left out, and the page says so."""
MAX_SEGMENTS = 400
"""A path of more segments is a picture; only its first points are looked at."""
MAX_DEPTH = 12
"""Forms within forms."""
THIN = 3.0
"""Points: a filled rectangle thinner than this is a line, as Word and Excel draw borders."""
SLANT = 0.5
"""Points by which the two ends of a horizontal or vertical line may differ."""

_NEARLY_WHITE = min(WHITE) - 5
_STROKED = (1, 5)  # text rendering modes that draw the outline alone, PDF 32000-1, table 106

Box = tuple[float, float, float, float]
_Point = tuple[float, float]
_Segment = tuple[_Point, int, h.Ready]
"""Where a segment of a path ends, of which kind it is, and its handle."""


class TextStyle(NamedTuple):
    """How text objects are drawn: what those on one line have in common. `clip` is the box that they are cut to."""

    size: float
    angle: int
    baseline: float
    font: int
    mode: int
    colour: Colour
    clip: Box | None


@dataclass(slots=True)
class Drawings:
    """What the walk over a page finds; `texts` has the style of each text object by its handle."""

    texts: dict[int, TextStyle] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    count: int = 0

    @property
    def is_cut_short(self) -> bool:
        """Whether there was more than is read."""
        return self.count > MAX_OBJECTS


def walk(page: Any, shown: Matrix) -> Drawings:
    """Look at every object of a page once. `shown` leads from its own space to the page as shown."""
    found = Drawings()
    _visit(found, h.page_object, h.ready_of(page), c.FPDFPage_CountObjects(page), shown, 0)
    return found


def _visit(found: Drawings, get: h.Call, holder: h.Ready, count: int, shown: Matrix, depth: int) -> None:
    """Look at the objects of a page or form."""
    room = MAX_OBJECTS - found.count
    found.count += count
    items = h.each(get, holder, max(min(count, room), 0))
    kinds: dict[int, list[int]] = {}
    for item, kind in zip(items, map(h.object_type, h.ready(items)), strict=True):
        kinds.setdefault(kind, []).append(item)
    found.texts.update(_texts(kinds.get(c.FPDF_PAGEOBJ_TEXT, ()), shown))
    _draw(found, h.ready(kinds.get(c.FPDF_PAGEOBJ_PATH, ())), shown)
    for matrix in h.matrices(h.ready(kinds.get(c.FPDF_PAGEOBJ_IMAGE, ()))):
        found.shapes.append(Shape(*Matrix(*matrix).then(shown).box(0, 0, 1, 1), True))
    forms = h.ready(kinds.get(c.FPDF_PAGEOBJ_FORM, ()) if depth < MAX_DEPTH else ())
    for form, matrix in zip(forms, h.matrices(forms), strict=True):
        _visit(found, h.form_object, form, h.form_count(form), Matrix(*matrix).then(shown), depth + 1)


def _texts(numbers: Sequence[int], shown: Matrix) -> Iterator[tuple[int, TextStyle]]:
    items = h.ready(numbers)
    modes = list(map(h.mode_of, items))
    colours = h.colours(items)
    if any(mode in _STROKED for mode in modes):
        outlines = h.colours(items, stroke=True)
        colours = [outlines[i] if mode in _STROKED else colours[i] for i, mode in enumerate(modes)]
    fonts, clips = map(h.font_of, items), _clips(items, shown)
    every = zip(h.matrices(items), h.font_sizes(items), fonts, modes, colours, clips, strict=True)
    styles: list[tuple[Any, ...]] = []
    shapes: dict[tuple[float, ...], tuple[float, int]] = {}  # those of a page have few sizes and directions
    for own, size, font, mode, colour, clip in every:
        shape = *own[:4], size
        if shape not in shapes:
            shapes[shape] = _size_and_angle(Matrix(*own).then(shown), size)
        height, angle = shapes[shape]
        baseline = shown.b * own[4] + shown.d * own[5] + shown.f
        if angle in (90, 270):
            baseline = shown.a * own[4] + shown.c * own[5] + shown.e
        styles.append((height, angle, baseline, font or 0, mode, colour[:3], clip))
    return zip(numbers, map(tuple.__new__, repeat(TextStyle), styles), strict=True)


def _size_and_angle(matrix: Matrix, size: float) -> tuple[float, int]:
    """The size of text as shown, and its direction; a negative size turns the glyphs around."""
    return abs(size) * matrix.height, (matrix.direction + (0 if size >= 0 else 180)) % 360


def _clips(items: Sequence[h.Ready], shown: Matrix) -> list[Box | None]:
    """The box within which each object can be seen, None if there is no limit to it."""
    boxes: list[Box | None] = [None] * len(items)
    places: list[int] = []
    corners: list[int] = []
    for place, path in enumerate(h.ready(map(h.clip_of, items))):
        for i in range(h.clip_paths(path)):
            # What is no rectangle is not looked at, so that nothing is taken for hidden.
            if 4 <= h.clip_segments(path, i) <= 5:
                places.append(place)
                corners += h.clip_segment(path, i, 0), h.clip_segment(path, i, 2)
    ends = iter(h.points(h.ready(corners)))
    for place, one, other in zip(places, ends, ends, strict=True):
        part, box = shown.box(*one, *other), boxes[place]
        boxes[place] = part if box is None else common(box, part)
    return boxes


def common(one: Box, other: Box) -> Box:
    """What two boxes share."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _draw(found: Drawings, items: Sequence[h.Ready], shown: Matrix) -> None:
    counts = [min(count, MAX_SEGMENTS) for count in map(h.path_segments, items)]
    lists = [h.each(h.path_segment, item, count) for item, count in zip(items, counts, strict=True)]
    segments = h.ready(chain.from_iterable(lists))
    ends = list(zip(h.points(segments), map(h.segment_type, segments), segments, strict=True))
    modes = h.draw_modes(items)
    fills = iter(h.colours(list(compress(items, (is_filled for is_filled, _ in modes)))))
    inks = iter(h.colours(list(compress(items, (is_stroked for _, is_stroked in modes))), stroke=True))
    matrices: dict[tuple[float, ...], Matrix] = {}  # those of a page have few
    start = 0
    for count, own, (is_filled, is_stroked) in zip(counts, h.matrices(items), modes, strict=True):
        path, start = ends[start : start + count], start + count
        seen_fill = _seen(next(fills)) if is_filled else None
        seen_ink = _seen(next(inks)) if is_stroked else None
        if seen_fill is not None or seen_ink is not None:
            if own not in matrices:
                matrices[own] = Matrix(*own).then(shown)
            matrix = matrices[own]
            corners = _corners(path) if not matrix.b and not matrix.c else None
            if corners is not None:
                _draw_box(found, matrix.box(*corners), seen_ink, seen_fill)
                continue
            for part in _parts(path):
                points = [matrix.point(*point) for point, _, _ in part]
                if points[-1] != points[0] and h.segment_closes(part[-1][2]):
                    points.append(points[0])
                is_curved = any(kind == c.FPDF_SEGMENT_BEZIERTO for _, kind, _ in part)
                _draw_part(found, points, is_curved, seen_ink, seen_fill)


def _seen(colour: tuple[int, int, int, int]) -> Colour | None:
    """A colour without its opacity, None if it shows nothing."""
    return colour[:3] if colour[3] else None


def _corners(path: Sequence[_Segment]) -> Box | None:
    """Two opposite corners of a path that is one rectangle, by far the most frequent; None for any other path."""
    if len(path) != 5 or any(kind != c.FPDF_SEGMENT_LINETO for _, kind, _ in path[1:]):
        return None
    ((ax, ay), _, _), ((bx, by), _, _), ((cx, cy), _, _), ((dx, dy), _, _), (end, _, _) = path
    is_box = (ax == bx and by == cy and cx == dx and dy == ay) or (ay == by and bx == cx and cy == dy and dx == ax)
    return (ax, ay, cx, cy) if is_box and end == (ax, ay) else None


def _draw_box(found: Drawings, box: Box, ink: Colour | None, fill: Colour | None) -> None:
    x0, top, x1, bottom = box
    if fill is not None and min(x1 - x0, bottom - top) < THIN:
        found.rules.append(Rule(*box, fill))
        return
    if fill is not None:
        found.fills.append(Fill(*box, fill))
    if ink is not None:
        sides = (x0, top, x1, top), (x1, top, x1, bottom), (x0, bottom, x1, bottom), (x0, top, x0, bottom)
        found.rules += [Rule(*side, ink) for side in sides]


def _parts(path: Sequence[_Segment]) -> Iterator[Sequence[_Segment]]:
    """The parts of a path that are drawn without lifting the pen."""
    starts = [place for place, (_, kind, _) in enumerate(path) if kind == c.FPDF_SEGMENT_MOVETO]
    for start, end in pairwise([*starts, len(path)]):
        if end - start > 1:
            yield path[start:end]


def _draw_part(
    found: Drawings, points: Sequence[_Point], is_curved: bool, ink: Colour | None, fill: Colour | None
) -> None:
    xs, ys = zip(*points, strict=True)
    box = x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
    sides = list(pairwise(points))
    if is_curved or not all(_is_level(*side) for side in sides):
        found.shapes.append(Shape(*box, False))
        return
    if fill is not None and len(sides) >= 3:
        if min(x1 - x0, bottom - top) < THIN:
            found.rules.append(Rule(*box, fill))
            return
        corners = {(round(x), round(y)) for x, y in points}
        if len(corners) <= 4:
            found.fills.append(Fill(*box, fill))
        else:
            found.shapes.append(Shape(*box, False))
    if ink is not None:
        for (xa, ya), (xb, yb) in sides:
            if (xa, ya) != (xb, yb):
                found.rules.append(Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb), ink))


def _is_level(start: _Point, end: _Point) -> bool:
    return abs(start[0] - end[0]) <= SLANT or abs(start[1] - end[1]) <= SLANT


def is_white(colour: Colour) -> bool:
    """Whether a colour can't be told from the paper's."""
    return min(colour) >= _NEARLY_WHITE
