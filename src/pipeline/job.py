"""A run from end to end: what has changed is read, the rest is taken from the runs before, all of it is published."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.inputs import Input
from pipeline.options import Options
from pipeline.progress import progress
from pipeline.sources import is_unchanged
from pipeline.store import FOLDER, Store
from pipeline.summary import Tally
from publish.ledger import plain
from publish.packing import unpack
from publish.publisher import MANIFEST, Publisher, last_run

if TYPE_CHECKING:
    from publish.finished import Finished
    from publish.ledger import Ledger


class Reader(Protocol):
    """Whoever reads papers: processes of this machine, or of others."""

    def read_all(
        self, inputs: Iterable[Input], is_known: Callable[[Input], bool]
    ) -> Iterator[tuple[Input, bytes | None]]:
        """Read all inputs but the known ones, in order; None stands for a known one."""

    def read_again(self, item: Input) -> bytes:
        """Read one input that was thought to be known."""


StartReader = Callable[[Options], AbstractContextManager[Reader]]


@dataclass(frozen=True, slots=True)
class Job:
    """What a run is to do.

    Attributes:
        inputs: what to read.
        out: where the outputs go.
        options: how papers are read.
        outputs: further arguments of the `Publisher`.
        version: the version of the program.
        libraries: those of the libraries, for the manifest.
        fresh: read all papers, whatever is known of them.
        quiet: print nothing but troubles.
    """

    inputs: Sequence[Input]
    out: Path
    options: Options
    outputs: Mapping[str, bool]
    version: str
    libraries: Mapping[str, str]
    fresh: bool = False
    quiet: bool = False

    def fingerprint(self) -> str:
        """Tells whether two runs make the same of the same papers."""
        return json.dumps([self.options.fingerprint(), self.version, dict(self.libraries), dict(self.outputs)])

    def unchanged(self) -> Tally | None:
        """The counts of the last run, if all inputs, all outputs and the program are as it left them."""
        ledger = None if self.fresh else last_run(self.out)
        if ledger is None:
            return None
        with ledger, suppress(sqlite3.Error):  # it is damaged; all will be made again
            if ledger.fact("fingerprint") != self.fingerprint() or not self._are_unchanged(ledger):
                return None
            tally = Tally.of(ledger.fact("tally"))
            with progress(0, quiet=self.quiet) as advance:
                for path, status, detail in ledger.troubles():
                    advance(_trouble(path, status, detail))
            return tally
        return None

    def _are_unchanged(self, ledger: Ledger) -> bool:
        for item, known in zip_longest(self.inputs, ledger.marks()):
            if item is None or known is None or (item.paper_id, plain(item.source_path)) != known[:2]:
                return False
            if not _is_noted(json.loads(known[2]), item):
                return False
        return ledger.is_in_place(self.out, MANIFEST)

    def run(self, start: StartReader) -> Tally:
        """Read and publish.

        Raises:
            PublishError: the output folder can't be written, or another run writes there.
        """
        tally = Tally()
        with Publisher(self.out, version=self.version, libraries=self.libraries, **self.outputs) as publisher:
            staging = publisher.staging
            options = replace(self.options, begun=staging.begun, scratch=str(staging.scratch.absolute()))
            store = Store(staging.work / FOLDER, options.fingerprint())
            if self.fresh:
                store.clear()
            with start(options) as reader, progress(len(self.inputs), quiet=self.quiet) as advance:
                for item, answer in reader.read_all(self.inputs, store.has):
                    paper, note = self._take(item, answer, store, reader, tally)
                    publisher.add(paper, mark=json.dumps(note), key=store.key(item))
                    tally.add(paper)
                    advance(_trouble(paper.source_path, paper.facts["status"], paper.facts["status_detail"]))
            store.forget(publisher.is_used)
            publisher.remember("fingerprint", self.fingerprint())
            publisher.remember("tally", tally.counted())
        return tally

    def _take(
        self, item: Input, answer: bytes | None, store: Store, reader: Reader, tally: Tally
    ) -> tuple[Finished, dict[str, Any]]:
        """The finished paper: what was read, which is kept for the next run, or what was kept."""
        if answer is None and (kept := store.load(item)):
            tally.kept += 1
            return kept
        packed = reader.read_again(item) if answer is None else answer
        paper, note = unpack(packed)
        if note["mark"]:
            store.save(item, packed)
        return paper, note


def _is_noted(note: dict[str, Any], item: Input) -> bool:
    return is_unchanged(note["mark"], item, note["begun"])


def _trouble(path: str, status: str, detail: str) -> str:
    return "" if status == "ok" else f"{path}: {status}: {detail}"
