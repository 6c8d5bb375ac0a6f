"""Pages that are pictures: straightened, their rules and lines of print found, and read by a recogniser."""

from extract.pdf.scan.reader import ReadWord, Scanner, installed, scored

__all__ = ["ReadWord", "Scanner", "installed", "scored"]
