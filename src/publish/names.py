"""What the files and sheets of a run are called."""

from __future__ import annotations


def scores_name(number: int) -> str:
    """The name of the file with the scores of a table that was read from a picture: `scores-01`."""
    return f"scores-{number:02d}"


def sheet_name(number: int) -> str:
    """The name of the sheet and of the file of a paper's table: `table-01`."""
    return f"table-{number:02d}"


def paper_workbook(paper_id: str) -> str:
    """The path of a paper's workbook below the output folder."""
    return f"papers/{paper_id}/{paper_id}.xlsx"
