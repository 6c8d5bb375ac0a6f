"""One file of a run, whatever it is: it is read, or the row of its paper says why not."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from normalise.read.profiles import added_profiles
from papers.doubt import Doubt
from papers.errors import PaperError
from papers.records import Records
from pipeline.facsimile import facsimile
from pipeline.inputs import Input
from pipeline.limits import check_size
from pipeline.options import Options
from pipeline.rows import records, refused
from pipeline.run import Reading, read
from pipeline.sources import Loaded, load, trouble_mark
from pipeline.worker import Refusal
from publish.errors import ContractError
from publish.finished import finish
from publish.packing import pack

Begins = Callable[[int], None]
"""Is told the number of each page before it is worked on, below 0 for shares of a scanned one, and 0 after the last."""


def finish_one(item: Input, options: Options, begins: Begins = lambda _: None, undrawn: Refusal | None = None) -> bytes:
    """Read one input and finish it, packed with its mark; whatever goes wrong becomes the status of its row.

    Of the limits, only that of rows is kept here. `undrawn` says why no pictures of its pages are made.

    Raises:
        MemoryError: there is no memory left. It is the process that has none, so another one may read the paper.
        OSError: there is no place for temporary files.
    """
    try:
        loaded = load(item)
    except PaperError as error:
        return refuse(item, error, options, mark=trouble_mark(item, error))
    return finish_loaded(item, loaded, options, begins, undrawn)


def finish_loaded(
    item: Input,
    loaded: Loaded,
    options: Options,
    begins: Begins = lambda _: None,
    undrawn: Refusal | None = None,
) -> bytes:
    """The same, for an input whose bytes are here."""
    found = read_loaded(item, loaded, options, begins, undrawn.what if undrawn else "")
    return _packed(found, options, "" if undrawn and undrawn.passes else loaded.mark)


def read_one(item: Input, options: Options | None = None) -> Records:
    """Read one input; whatever goes wrong becomes the status of its row.

    Raises:
        MemoryError: there is no memory left.
    """
    try:
        return read_loaded(item, load(item), options or Options())
    except PaperError as error:
        return refused(item.paper_id, item.source_path, "", error)


def read_loaded(
    item: Input, loaded: Loaded, options: Options, begins: Begins = lambda _: None, undrawn: str = ""
) -> Records:
    """Read an input whose bytes are here; whatever goes wrong becomes the status of its row.

    `undrawn` says why no pictures of its pages are made, if that is known; it becomes a doubt of low severity.

    Raises:
        MemoryError: there is no memory left.
    """
    try:
        with added_profiles(options.profiles):
            reading = _read(item, loaded, options.without, begins, scans=options.scans)
        if undrawn:
            doubt = Doubt("extract", None, None, f"there are no pictures of its pages: {undrawn}", severity="low")
            reading = replace(reading, doubts=(*reading.doubts, doubt))
        pictures = 0 if undrawn else options.limits.pictures
        result = records(reading, facsimile(loaded.data, reading, pictures, begins, loaded.served))
        check_size(result, options.limits)
        return result
    except PaperError as error:
        return refused(item.paper_id, item.source_path, loaded.sha256, error)
    except MemoryError:
        raise
    except Exception as error:  # the boundary of a batch: a defect of ours in one paper must not stop the others
        return refused(item.paper_id, item.source_path, loaded.sha256, defect(error))


def read_file(item: Input) -> Reading:
    """Read one input and keep all that is known of it.

    Raises:
        PaperError: it can't be read.
    """
    try:
        return _read(item, load(item))
    except PaperError:
        raise
    except Exception as error:
        raise defect(error) from error


def refuse(item: Input, error: PaperError, options: Options, *, sha256: str = "", mark: str = "") -> bytes:
    """Finish an input that can't be read: its one row, packed."""
    return _packed(refused(item.paper_id, item.source_path, sha256, error), options, mark)


def finish_refused(item: Input, loaded: Loaded | None, refusal: Refusal, options: Options) -> bytes:
    """Finish an input whose process was stopped, or is gone. If that may pass, it is tried again by the next run."""
    error = PaperError(refusal.what, remedy=refusal.remedy)
    if loaded is None and refusal.stands_still:  # to read the file again might, too
        return refuse(item, error, options)
    try:
        loaded = loaded or load(item)
    except PaperError:
        return refuse(item, error, options)
    return refuse(item, error, options, sha256=loaded.sha256, mark="" if refusal.passes else loaded.mark)


def defect(error: Exception) -> PaperError:
    """A defect of the program, told as the trouble of the paper that brought it to light."""
    if isinstance(error, RecursionError):
        return PaperError("it is nested too deeply to be read", remedy="see whether it is the right file")
    what = f"the program failed on this paper ({type(error).__name__}: {error})"
    return PaperError(what, remedy="please report it with the paper")


def _read(
    item: Input, loaded: Loaded, without: tuple[str, ...] = (), begins: Begins = lambda _: None, *, scans: bool = True
) -> Reading:
    name = item.source_path, item.paper_id
    return read(loaded.data, *name, without, loaded.sidecar, begins, loaded.served, scans=scans)


def _packed(found: Records, options: Options, mark: str) -> bytes:
    """Finish the records; if they break the contract, what is finished says so."""
    with tempfile.TemporaryDirectory(dir=options.scratch or None) as scratch:
        try:
            finished = finish(found, Path(scratch), excel_csv=options.excel_csv)
        except ContractError as error:
            sha256 = str(found.rows["papers"][0].get("source_sha256") or "") if found.rows.get("papers") else ""
            failed = refused(found.paper_id, found.source_path, sha256, defect(error))
            finished = finish(failed, Path(scratch), excel_csv=options.excel_csv)
    return pack(finished, {"mark": mark, "begun": options.begun})
