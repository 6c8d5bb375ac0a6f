"""Calls into pdfium that are made for every character and every object of a page, many at a time.

pypdfium2 gives every handle as an object of ctypes; making these takes longer than what pdfium does. Here the same
functions return handles as numbers, and take arguments that were made ready once (`ready`), so that ctypes need not
convert them for each call. It then can't check them either: a number in the place of a handle would crash the process,
so only the reading of glyphs and drawings calls pdfium in this way.
"""

from __future__ import annotations

import ctypes
import struct
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, repeat
from typing import Any

import pypdfium2.raw as c  # type: ignore[import-untyped]

_WORD = 4  # bytes of a float and of an unsigned int
_AT_ONCE = 512
"""Calls whose results are taken from memory together."""

Call = Callable[..., Any]
Ready = Any
"""A handle, or an address, as ctypes passes it on."""


def _numeric(function: Any, result: Any, *arguments: Any) -> Call:
    """A function of pdfium, mostly without the types of its arguments: handles and addresses are ready, else ints."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_ready_of = ctypes.c_void_p.from_param


def ready_of(handle: Any) -> Ready:
    """A handle of pypdfium2 as an argument."""
    return _ready_of(ctypes.cast(handle, ctypes.c_void_p).value)


def ready(handles: Iterable[int | None]) -> list[Ready]:
    """Handles that were given as numbers, as arguments."""
    return list(map(_ready_of, handles))


_HANDLE, _INT = ctypes.c_void_p, ctypes.c_int

# (text page, index) -> code point; the text object, None for a character that pdfium has put in
unicode_of = _numeric(c.FPDFText_GetUnicode, ctypes.c_uint)
object_of = _numeric(c.FPDFText_GetTextObject, _HANDLE)
# (text page, index) -> 1 if the file names no character: then what stands for the code point is the code in the font
is_unnamed = _numeric(c.FPDFText_HasUnicodeMapError, _INT)
# (text page, index, address of left, top, right, bottom): as wide as the advance, as high as the font, up is positive
_loose_box = _numeric(c.FPDFText_GetLooseCharBox, _INT)
# (page or form, index) -> object
page_object = _numeric(c.FPDFPage_GetObject, _HANDLE)
form_object = _numeric(c.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)  # a long: no int
form_count = _numeric(c.FPDFFormObj_CountObjects, _INT)
# (object) -> its kind; (text object) -> its font, its rendering mode
object_type = _numeric(c.FPDFPageObj_GetType, _INT)
font_of = _numeric(c.FPDFTextObj_GetFont, _HANDLE)
mode_of = _numeric(c.FPDFTextObj_GetTextRenderMode, _INT)
# (object) -> clip path; (clip path) -> how many paths; (clip path, path) -> how many segments; (…, index) -> segment
clip_of = _numeric(c.FPDFPageObj_GetClipPath, _HANDLE)
clip_paths = _numeric(c.FPDFClipPath_CountPaths, _INT)
clip_segments = _numeric(c.FPDFClipPath_CountPathSegments, _INT)
clip_segment = _numeric(c.FPDFClipPath_GetPathSegment, _HANDLE)
# (path object) -> how many segments; (path object, index) -> segment; (segment) -> its kind, whether it closes the path
path_segments = _numeric(c.FPDFPath_CountSegments, _INT)
path_segment = _numeric(c.FPDFPath_GetPathSegment, _HANDLE)
segment_type = _numeric(c.FPDFPathSegment_GetType, _INT)
segment_closes = _numeric(c.FPDFPathSegment_GetClose, _INT)
# those that write to memory
_matrix_of = _numeric(c.FPDFPageObj_GetMatrix, _INT)
_font_size = _numeric(c.FPDFTextObj_GetFontSize, _INT)
_fill_colour = _numeric(c.FPDFPageObj_GetFillColor, _INT)
_stroke_colour = _numeric(c.FPDFPageObj_GetStrokeColor, _INT)
_draw_mode = _numeric(c.FPDFPath_GetDrawMode, _INT)
_segment_point = _numeric(c.FPDFPathSegment_GetPoint, _INT)


def each(function: Call, handle: Ready, count: int) -> list[int]:
    """The parts 0 to `count` - 1 of a handle."""
    return list(map(function, repeat(handle), range(count)))


def boxes(text: Ready, count: int) -> tuple[float, ...]:
    """The boxes of the characters of a text page, flat: left, top, right, bottom of the first, and so on."""
    return _written(_loose_box, (repeat(text), range(count)), count, "ffff", pointers=1)


def matrices(items: Sequence[Ready]) -> list[tuple[float, float, float, float, float, float]]:
    """The matrices of objects."""
    flat = iter(_written(_matrix_of, (items,), len(items), "ffffff", pointers=1))
    return list(zip(flat, flat, flat, flat, flat, flat, strict=True))


def font_sizes(items: Sequence[Ready]) -> tuple[float, ...]:
    """The sizes of type of text objects, before their matrices."""
    return _written(_font_size, (items,), len(items), "f", pointers=1)


def points(segments: Sequence[Ready]) -> list[tuple[float, float]]:
    """Where segments end."""
    flat = iter(_written(_segment_point, (segments,), len(segments), "ff", pointers=2))
    return list(zip(flat, flat, strict=True))


def colours(items: Sequence[Ready], *, stroke: bool = False) -> list[tuple[int, int, int, int]]:
    """Red, green, blue and opacity of objects, black where they have a pattern instead."""
    start = (0, 0, 0, 255)
    flat = iter(_written(_stroke_colour if stroke else _fill_colour, (items,), len(items), "IIII", 4, start))
    return list(zip(flat, flat, flat, flat, strict=True))


def draw_modes(items: Sequence[Ready]) -> list[tuple[int, int]]:
    """Whether paths are filled (not 0), and whether they are stroked."""
    flat = iter(_written(_draw_mode, (items,), len(items), "ii", pointers=2))
    return list(zip(flat, flat, strict=True))


def _written(
    function: Call,
    arguments: tuple[Iterable[Any], ...],
    count: int,
    layout: str,
    pointers: int,
    start: Sequence[int] = (),
) -> tuple[Any, ...]:
    """What a function writes, called `count` times: values of `layout` each time, to so many pointers.

    Where it writes nothing the values are those of `start`, else 0.
    """
    written: list[Any] = []
    stride, most = _WORD * len(layout), min(count, _AT_ONCE)
    blank = struct.pack(layout, *start) if start else bytes(stride)
    memory = bytearray(stride * most)
    first = ctypes.addressof(ctypes.c_char.from_buffer(memory)) if memory else 0
    places = [ready(range(at, at + stride * most, stride)) for at in range(first, first + _WORD * pointers, _WORD)]
    rest = [iter(argument) for argument in arguments]
    for done in range(0, count, _AT_ONCE):
        now = min(count - done, _AT_ONCE)
        memory[:] = blank * most
        deque(map(function, *(islice(argument, now) for argument in rest), *places), maxlen=0)
        written += struct.unpack_from(layout * now, memory)
    return tuple(written)
