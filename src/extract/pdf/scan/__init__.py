"""Pages that are pictures: straightened, their rules and lines of print found, and read by a recogniser."""

from extract.pdf.scan.reader import Scanner, Unsure, doubted_places, installed

__all__ = ["Scanner", "Unsure", "doubted_places", "installed"]
