"""Measure speed and memory, and print one table: `python bench/run.py [FOLDER ...]`; `--help` says the rest."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from costs import COSTS
from lengths import LENGTHS
from peers import PEERS
from runs import KIND_RUNS, PROGRAM, SIZES
from table import BenchError, Part, Plan, Row, machine, markdown, printed
from workbook import WORKBOOK

PARTS = (PROGRAM, KIND_RUNS, SIZES, COSTS, LENGTHS, PEERS, WORKBOOK)
QUICK = Plan(is_quick=True, sizes=(3,), workers=(1,))


def main(arguments: Sequence[str]) -> int:
    """Measure, then print the table. Returns the exit status: 0 measured, 1 something is wrong, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    missing = [folder for folder in options.folders if not folder.is_dir()]
    if missing:
        print(f"bench: {missing[0]}: there is no such folder", file=sys.stderr)
        return 2
    given = {"sizes": options.papers, "workers": options.workers, "folders": tuple(options.folders)}
    plan = replace(QUICK if options.quick else Plan(), **{name: value for name, value in given.items() if value})
    about = machine()
    print(about, flush=True)
    try:
        measured = [(part, _measured(part, plan)) for part in PARTS if part.name in (options.only or part.name)]
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(*printed(measured), sep="\n")
    if options.markdown:
        options.markdown.write_text("\n".join(markdown(measured, about)) + "\n", encoding="utf-8")
    return 0


def _measured(part: Part, plan: Plan) -> list[Row]:
    """The rows of a part; each is told when it is there, since the whole takes minutes."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for row in part.measure(plan, Path(folder)):
            took = f"{row.seconds:.2f} s" if row.seconds else ""
            print(f"  {part.name}: {row.what} {took}".rstrip(), file=sys.stderr, flush=True)
            rows.append(row)
    return rows


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Measure speed and memory, and print one table.")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="papers to be measured as well")
    parser.add_argument("--quick", action="store_true", help="a look that takes seconds, with few papers")
    parser.add_argument(
        "--only", type=_names, metavar="PART,...", help=f"measure only these: {', '.join(part.name for part in PARTS)}"
    )
    parser.add_argument("--papers", type=_numbers, metavar="N,...", help="papers of the mixed runs (10,100,1000)")
    parser.add_argument("--workers", type=_numbers, metavar="N,...", help="processes that read papers (1,2)")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table to a document as well")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in text.split(","))
    if min(numbers) < 1:
        raise ValueError(text)
    return numbers


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if not {part.name for part in PARTS}.issuperset(names):
        raise argparse.ArgumentTypeError(f"{text}: there is no such part")
    return names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
