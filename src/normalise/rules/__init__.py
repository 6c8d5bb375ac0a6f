"""Every repair, in order."""

from __future__ import annotations

from normalise.engine import Rule
from normalise.rules.cut_deadlines import cut_deadlines
from normalise.rules.cut_words import cut_words
from normalise.rules.figure_columns import figure_columns
from normalise.rules.flat_tables import broken_pipe_rows, flat_tables
from normalise.rules.hidden_text import hidden_text
from normalise.rules.hyphens import hyphens_apart, parted_words
from normalise.rules.layout import layout_tables, line_tables
from normalise.rules.marks import ghosts, junk_rows, stray_marks
from normalise.rules.markup import group_headings, html_entities, html_fragments, markdown_marks, pipe_tables
from normalise.rules.page_tables import page_tables
from normalise.rules.paragraphs import broken_paragraphs, paragraphs_in_tables
from normalise.rules.split_cells import split_cells
from normalise.rules.stacked_rows import stacked_rows
from normalise.rules.tables import (
    blank_rows,
    continuation_rows,
    table_columns,
    table_pieces,
)
from normalise.rules.unseen_signs import unseen_signs
from normalise.rules.words import words_run_together

RULES: tuple[Rule, ...] = (
    hidden_text,
    unseen_signs,
    page_tables,
    broken_pipe_rows,
    pipe_tables,
    markdown_marks,
    html_fragments,
    html_entities,
    layout_tables,
    line_tables,
    figure_columns,
    flat_tables,
    group_headings,
    stacked_rows,
    junk_rows,
    stray_marks,
    paragraphs_in_tables,
    broken_paragraphs,
    table_pieces,
    blank_rows,
    table_columns,
    ghosts,
    continuation_rows,
    cut_deadlines,
    split_cells,
    parted_words,
    hyphens_apart,
    words_run_together,
    cut_words,
)
