"""What can go wrong when a run is published."""

from __future__ import annotations


class PublishError(Exception):
    """The output folder can't be used. The message is one line for the person at the keyboard: what, and what to do."""


class ContractError(Exception):
    """Rows that break the output contract: a defect in the program, never in a paper or in the output folder."""
