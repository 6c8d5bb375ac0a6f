"""The recogniser: the model that comes in RapidOCR's wheel, run by onnxruntime, reads one line of print at a time."""

from __future__ import annotations

import math
import unicodedata
from functools import cache
from importlib import metadata, resources
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extract.pdf.scan.picture import Grey

HEIGHT = 48
"""Dots: the height of a line that the model was trained for."""
LEAST_WIDTH, MOST_WIDTH = 48, 3_200
"""Dots; a narrower picture is padded, a wider one squeezed: no line of print is so long."""
STRIDE = 8
"""Dots of width to one column of the model's answer."""
_SIGNS = "£€§©®°±²³¹·½¼¾×÷–—‘’“”†‡•…‰™−■□▪●○"


class Sign(NamedTuple):
    """One character as read: its probability, and where its middle lies, from 0 at the left edge to 1."""

    text: str
    score: float
    at: float


class Recogniser:
    """Reads pictures of lines. It reads the same wherever it runs: one thread, one line at a time."""

    def __init__(self) -> None:
        import onnxruntime  # type: ignore[import-untyped]

        cv2.setNumThreads(1)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = next(
            each
            for each in sorted(resources.files("rapidocr").joinpath("models").iterdir(), key=str)
            if "_rec_" in each.name and each.name.endswith(".onnx")
        )
        self.name = f"RapidOCR {metadata.version('rapidocr')}, {path.name.removesuffix('.onnx')}"
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        characters = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._input = self._session.get_inputs()[0].name
        self._texts, self._columns = _alphabet(characters)

    def read(self, line: Grey, stretch: float = 1.0) -> tuple[Sign, ...]:
        """Read a picture of one line; `stretch` makes it so much wider."""
        height, width = line.shape
        wide = min(max(math.ceil(width * HEIGHT / height * stretch), 1), MOST_WIDTH)
        shrinks = height > HEIGHT
        scaled = cv2.resize(line, (wide, HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
        padded = max(wide, LEAST_WIDTH)
        if padded > wide:
            scaled = cv2.copyMakeBorder(scaled, 0, 0, 0, padded - wide, cv2.BORDER_CONSTANT, value=(255,))
        values = scaled.astype(np.float32) / 127.5 - 1
        answer = self._session.run(None, {self._input: np.broadcast_to(values, (1, 3, *values.shape)).copy()})[0][0]
        return self._decoded(answer, padded / wide)

    def _decoded(self, answer: npt.NDArray[np.float32], stretch: float) -> tuple[Sign, ...]:
        """The likeliest character of each column, repeats and blanks left out (CTC); only those that print here has."""
        known = answer[:, self._columns[0]] + answer[:, self._columns[1]]
        best = known.argmax(axis=1)
        scores = known.max(axis=1)
        signs: list[Sign] = []
        columns = len(best)
        before = 0
        start = 0
        for column in range(columns + 1):
            here = int(best[column]) if column < columns else 0
            if here == before:
                continue
            if before:
                peak = start + int(scores[start:column].argmax())
                at = min((start + column) / 2 / columns * stretch, 1.0)
                signs.append(Sign(self._texts[before], float(scores[peak]), at))
            before, start = here, column
        return tuple(signs)


@cache
def recogniser() -> Recogniser:
    """The recogniser of this process: it takes half a second to load, and is the same for all papers."""
    return Recogniser()


def _alphabet(characters: list[str]) -> tuple[list[str], Any]:
    """The characters that print has here, a blank first, and their columns: their own, and those of their wide forms.

    The model also knows Chinese and its wide forms of Latin signs. Column 0 is for "no character", the last one is the
    space; what has no wide form is given a column of noughts, that of the first character that print can't have.
    """
    columns = {text: number for number, text in enumerate(characters, start=1)}
    columns[" "] = len(characters) + 1
    wide: dict[str, int] = {}
    for text, number in columns.items():
        narrow = unicodedata.normalize("NFKC", text)
        if "\uff00" <= text <= "\uff5e" and narrow != text:
            wide[narrow] = number
    nothing = columns["\u3400"] if "\u3400" in columns else min(n for t, n in columns.items() if t > "\u4e00")
    texts = ["", *(text for text in columns if " " <= text <= "~" or text in _SIGNS or "À" <= text <= "ÿ")]
    own = np.array([0, *(columns[text] for text in texts[1:])])
    return texts, np.array([own, [nothing, *(wide.get(text, nothing) for text in texts[1:])]])
