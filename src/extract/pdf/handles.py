"""Calls into pdfium that are made for every character and every object of a page, many at a time.

pypdfium2 gives every handle as an object of ctypes; making these takes longer than what pdfium does. Here the same
functions take and return handles as numbers, and are called for whole lists of them.
"""

from __future__ import annotations

import ctypes
import struct
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as c  # type: ignore[import-untyped]

_HANDLE, _INT, _POINTER = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_WORD = 4  # bytes of a float and of an unsigned int

Call = Callable[..., Any]


def _numeric(function: Any, result: Any, *arguments: Any) -> Call:
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


def number_of(handle: Any) -> int:
    """A handle as a number."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


# (text page, index) -> code point; the text object, None for a character that pdfium has put in
unicode_of = _numeric(c.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
object_of = _numeric(c.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
# (text page, index) -> 1 if the file names no character: then what stands for the code point is the code in the font
is_unnamed = _numeric(c.FPDFText_HasUnicodeMapError, _INT, _HANDLE, _INT)
# (text page, index, address of left, top, right, bottom): as wide as the advance, as high as the font, up is positive
_loose_box = _numeric(c.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _POINTER)
# (page or form, index) -> object
page_object = _numeric(c.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
form_object = _numeric(c.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
form_count = _numeric(c.FPDFFormObj_CountObjects, _INT, _HANDLE)
# (object) -> its kind; (text object) -> its font, its rendering mode
object_type = _numeric(c.FPDFPageObj_GetType, _INT, _HANDLE)
font_of = _numeric(c.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
mode_of = _numeric(c.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
# (object) -> clip path; (clip path) -> how many paths; (clip path, path) -> how many segments; (…, index) -> segment
clip_of = _numeric(c.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
clip_paths = _numeric(c.FPDFClipPath_CountPaths, _INT, _HANDLE)
clip_segments = _numeric(c.FPDFClipPath_CountPathSegments, _INT, _HANDLE, _INT)
clip_segment = _numeric(c.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE, _INT, _INT)
# (path object) -> how many segments; (path object, index) -> segment; (segment) -> its kind, whether it closes the path
path_segments = _numeric(c.FPDFPath_CountSegments, _INT, _HANDLE)
path_segment = _numeric(c.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _INT)
segment_type = _numeric(c.FPDFPathSegment_GetType, _INT, _HANDLE)
segment_closes = _numeric(c.FPDFPathSegment_GetClose, _INT, _HANDLE)
# those that write to memory
_matrix_of = _numeric(c.FPDFPageObj_GetMatrix, _INT, _HANDLE, _POINTER)
_font_size = _numeric(c.FPDFTextObj_GetFontSize, _INT, _HANDLE, _POINTER)
_fill_colour = _numeric(c.FPDFPageObj_GetFillColor, _INT, _HANDLE, *[_POINTER] * 4)
_stroke_colour = _numeric(c.FPDFPageObj_GetStrokeColor, _INT, _HANDLE, *[_POINTER] * 4)
_draw_mode = _numeric(c.FPDFPath_GetDrawMode, _INT, _HANDLE, _POINTER, _POINTER)
_segment_point = _numeric(c.FPDFPathSegment_GetPoint, _INT, _HANDLE, _POINTER, _POINTER)


def each(function: Call, handle: int, count: int) -> list[int]:
    """The parts 0 to `count` - 1 of a handle."""
    return list(map(function, repeat(handle), range(count)))


def boxes(text: int, count: int) -> tuple[float, ...]:
    """The boxes of the characters of a text page, flat: left, top, right, bottom of the first, and so on."""
    return _written(_loose_box, (repeat(text), range(count)), count, "ffff", pointers=1)


def matrices(items: Sequence[int]) -> list[tuple[float, float, float, float, float, float]]:
    """The matrices of objects."""
    flat = iter(_written(_matrix_of, (items,), len(items), "ffffff", pointers=1))
    return list(zip(flat, flat, flat, flat, flat, flat, strict=True))


def font_sizes(items: Sequence[int]) -> tuple[float, ...]:
    """The sizes of type of text objects, before their matrices."""
    return _written(_font_size, (items,), len(items), "f", pointers=1)


def points(segments: Sequence[int]) -> list[tuple[float, float]]:
    """Where segments end."""
    flat = iter(_written(_segment_point, (segments,), len(segments), "ff", pointers=2))
    return list(zip(flat, flat, strict=True))


def colours(items: Sequence[int], *, stroke: bool = False) -> list[tuple[int, int, int, int]]:
    """Red, green, blue and opacity of objects, black where they have a pattern instead."""
    start = (0, 0, 0, 255)
    flat = iter(_written(_stroke_colour if stroke else _fill_colour, (items,), len(items), "IIII", 4, start))
    return list(zip(flat, flat, flat, flat, strict=True))


def draw_modes(items: Sequence[int]) -> list[tuple[int, int]]:
    """Whether paths are filled (not 0), and whether they are stroked."""
    flat = iter(_written(_draw_mode, (items,), len(items), "ii", pointers=2))
    return list(zip(flat, flat, strict=True))


def _written(
    function: Call, arguments: tuple[Any, ...], count: int, layout: str, pointers: int, start: tuple[Any, ...] = ()
) -> tuple[Any, ...]:
    """What a function writes, called `count` times: values of `layout` each time, to so many pointers."""
    if not count:
        return ()
    stride = _WORD * len(layout)
    memory = bytearray(struct.pack(layout, *start) * count if start else stride * count)
    first = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    places = (range(at, at + stride * count, stride) for at in range(first, first + _WORD * pointers, _WORD))
    deque(map(function, *arguments, *places), maxlen=0)
    return struct.unpack(layout * count, memory)
