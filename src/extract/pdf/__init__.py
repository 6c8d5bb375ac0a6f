"""PDF: pages of glyphs and rules become headings, paragraphs, list items and tables."""

from extract.pdf.reader import read_pdf

__all__ = ["read_pdf"]
