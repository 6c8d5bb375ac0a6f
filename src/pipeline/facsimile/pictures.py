"""Pictures of the pages of a PDF: small, and in colour only where a page is."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops

from extract.pdf.pdfium import opened

_LONGEST_SIDE: Final = 1400
"""Pixels, at which the small print of a page of A4 can be read."""
_GREYS: Final = 8
_COLOURS: Final = 16
_COLOURFUL: Final = 48
"""Red, green and blue of a colour differ by so much of 255; in the greys of a scan they differ by less."""
_COLOURED_SHARE: Final = 0.002
_SHADES: Final = [(value * (_GREYS - 1) + 127) // 255 for value in range(256)]
_PALETTE: Final = [value * 255 // (_GREYS - 1) for value in range(_GREYS) for _ in range(3)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number, its size in points as it is shown, and its picture, empty if none was made."""

    number: int
    width: float
    height: float
    png: bytes = b""

    @property
    def file(self) -> str:
        """The name of the file with the picture; empty without one."""
        return f"page-{self.number:04}.png" if self.png else ""


def draw(data: bytes, pages: frozenset[int], begins: Callable[[int], None] = lambda _: None) -> Iterator[Sheet]:
    """Draw some pages of a PDF and give the sizes of all up to the last of them.

    A page that can't be drawn has no picture. `begins` is told the number of each page before it is drawn, and 0 after
    the last.

    Raises:
        PaperError: the PDF can't be opened.
    """
    with opened(data) as document:
        for number in range(1, max(pages, default=0) + 1):
            if number in pages:
                begins(number)
            if sheet := _sheet(document, number, is_drawn=number in pages):
                yield sheet
        begins(0)


def _sheet(document: pypdfium2.PdfDocument, number: int, *, is_drawn: bool) -> Sheet | None:
    try:
        width, height = document.get_page_size(number - 1)
        if not (width > 0 and height > 0):
            return None
        if not is_drawn:
            return Sheet(number, width, height)
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        bitmap = page.render(scale=_LONGEST_SIDE / max(width, height), rev_byteorder=True)
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
    except (pypdfium2.PdfiumError, ValueError):
        return Sheet(number, width, height)
    finally:
        page.close()
    return Sheet(number, width, height, _png(image))


def _png(image: Image.Image) -> bytes:
    if _is_coloured(image):
        small = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    else:
        shades = image.convert("L").point(_SHADES)
        small = Image.frombytes("P", shades.size, shades.tobytes())
        small.putpalette(_PALETTE)
    file = io.BytesIO()
    small.save(file, "PNG", bits=4)
    return file.getvalue()


def _is_coloured(image: Image.Image) -> bool:
    """Whether a page shows more colour than a link or two."""
    red, green, blue = image.split()
    strongest = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return sum(strongest.histogram()[_COLOURFUL:]) > _COLOURED_SHARE * image.width * image.height
