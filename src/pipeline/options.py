"""What a run was asked for, as far as it matters to single papers."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from pipeline.limits import Limits

_PACKAGES = ("papers", "extract", "normalise", "publish", "pipeline")
_LIBRARIES = (
    *("beautifulsoup4", "ftfy", "lxml", "pdfplumber", "pillow", "pocketsphinx", "pypdfium2", "rapidfuzz", "symspellpy"),
    *("warcio", "wordfreq", "XlsxWriter"),
)
_OF_EXTRAS = ("numpy", "onnxruntime", "opencv-python-headless", "rapidocr")


@dataclass(frozen=True, slots=True)
class Options:
    """How the papers of a run are read.

    Attributes:
        without: names of the rules to leave out.
        limits: what one paper may take.
        excel_csv: also make copies of the tables for Excel's double click.
        begun: when the run began, in nanoseconds by the clock of the disk; it decides nothing of what is read.
        scratch: a folder for temporary files; without it, the system's own.
        profiles: further profiles: the name and the content of each file.
        scans: read pages that are pictures, if the extra `ocr` is installed.
    """

    without: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    excel_csv: bool = False
    begun: int = 0
    scratch: str = ""
    profiles: tuple[tuple[str, bytes], ...] = ()
    scans: bool = True

    def fingerprint(self) -> str:
        """Tells whether two runs read the same paper alike: the program, the versions of what it uses, the options."""
        said = repr((sorted(self.without), self.limits, self.excel_csv, self.profiles, self.scans))
        return hashlib.sha256(f"{_program()} {said}".encode()).hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """The versions of the libraries that can change what is read or written, extras apart, by name."""
    return {name: metadata.version(name) for name in _LIBRARIES}


@cache
def _program() -> str:
    """A hash of all that the program is made of: its own files, Python, and the libraries that read or write."""
    digest = hashlib.sha256(sys.version.encode())
    for name, version in library_versions().items():
        digest.update(f"{name} {version}\n".encode())
    for name in _OF_EXTRAS:
        with suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}\n".encode())
    source = Path(__file__).parents[1]
    for package in _PACKAGES:
        for path in sorted(source.joinpath(package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(source).as_posix()} {path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
