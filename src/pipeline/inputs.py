"""Which files a run reads, and by what names they go in the output."""

from __future__ import annotations

import glob
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from papers.errors import NoText, PaperError
from pipeline.archives import Listed, ZipMember, is_zip, list_zip
from pipeline.limits import Limits
from pipeline.web_archives import WebMember, is_web_archive, list_web_archive

_ENDING = re.compile(r"(\.[A-Za-z0-9]{1,5})\Z")
_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, or one member of an archive. `source_path` and `paper_id` name it in the output.

    `missing` says why it can't be read, if that is known already, and `status` is then that of its paper.
    """

    path: Path
    source_path: str
    paper_id: str = ""
    missing: str = ""
    status: str = "failed"
    member: ZipMember | WebMember | None = None


def find_inputs(
    given: Sequence[Path], out: Path, limits: Limits | None = None, remarks: list[str] | None = None
) -> list[Input]:
    """List the papers in files, folders and archives: folders are walked in order, hidden files and sidecars left out.

    A name with `*`, `?` or `[` that is no file's stands for all that fit it (`**` for folders below). A ZIP or WARC
    file stands for what is in it. The output folder is never read, also if it lies within an input folder. Every name
    that was given, every folder that could not be listed and every archive that could not be opened stays in the list,
    so that it gets its row.

    Args:
        given: the names.
        out: the output folder.
        limits: what the listing of one archive may take.
        remarks: gets a line about each archive that holds more than papers.
    """
    found = list(_opened(_found(given, out), limits or Limits(), [] if remarks is None else remarks))
    # A carriage return ends the lines of CSV files, and is nothing else there.
    paths = [item.source_path.replace("\r", r"\r") for item in found]
    ids = _paper_ids(paths)
    named = zip(found, paths, ids, strict=True)
    return [replace(item, source_path=path, paper_id=paper_id) for item, path, paper_id in named]


def find_paper(path: Path) -> Input:
    """Find one paper: a file, or a paper in an archive, by its path below that (`papers.zip/2006/report.html`).

    Raises:
        PaperError: there is none, or an archive holds several and the path names none of them.
    """
    there = next(found for found in (path, *path.parents) if not why_missing(found))
    if there.is_dir():
        missing = "this is a folder" if there == path else why_missing(path)
        raise PaperError(missing, remedy="give the path of one paper")
    items = find_inputs([there], Path())
    named = path.relative_to(there.parent)
    chosen = items if there == path else [item for item in items if Path(item.source_path) == named]
    if len(chosen) == 1:
        return chosen[0]
    if not any(item.member for item in items):
        raise PaperError(why_missing(path), remedy="give the path of one paper")
    what = f"name one of the {len(items):,} papers of this archive as source_path does"
    raise PaperError(what, remedy=f"such as {items[0].source_path}")


def listed_inputs(listed: bytes) -> list[Path]:
    """The paths in a list, one a line, or with NUL between them, as `find -print0` writes."""
    sign = b"\0" if b"\0" in listed else b"\n"
    names = (name if sign == b"\0" else name.rstrip(b"\r") for name in listed.split(sign))
    return [Path(os.fsdecode(name)) for name in names if name]


def why_missing(path: Path) -> str:
    """Say why there is nothing to be read at a path; empty if there is something."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "there is no such file or folder; check the name"
    except OSError as error:
        return f"the file can't be opened ({error.strerror}); check its name and permissions"
    return ""


def is_pattern(path: Path) -> bool:
    """Whether a name stands for all files that fit it, because it is no file's own."""
    return bool(_WILD.search(str(path))) and bool(why_missing(path))


def is_same(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file or folder, by whatever names."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def _found(given: Iterable[Path], out: Path) -> Iterator[Input]:
    for path in given:
        if is_pattern(path):
            yield from _fitting(path, out)
        elif missing := why_missing(path):
            yield Input(path, _said(path.name or str(path)), missing=missing)
        elif path.is_dir():
            yield from _walk(path, out)
        else:
            yield Input(path, _said(path.name))


def _fitting(pattern: Path, out: Path) -> Iterator[Input]:
    """The files and folders that fit a pattern; they go by their path below the part of it that is plain."""
    plain = Path(*_plain_parts(pattern))
    paths = sorted(map(Path, glob.glob(str(pattern), recursive=True)))  # noqa: PTH207 - it takes absolute ones, too
    if not paths:
        yield Input(pattern, _said(str(pattern)), missing="no file fits this pattern; check it")
    for path in paths:
        if is_same(path, out) or any(is_same(parent, out) for parent in path.parents):
            continue
        if not path.is_dir():
            yield Input(path, _below(path, plain))
        elif "**" not in pattern.parts:  # else what is in it is found by itself
            for item in _walk(path, out):
                yield Input(item.path, f"{_below(path, plain)}/{item.source_path}", missing=item.missing)


def _plain_parts(pattern: Path) -> Iterator[str]:
    for part in pattern.parts:
        if _WILD.search(part):
            return
        yield part


def _walk(folder: Path, out: Path) -> Iterator[Input]:
    problems: list[OSError] = []
    entries: list[Input] = []
    for root, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not is_same(Path(root) / f, out))
        for path in [Path(root) / name for name in folders if (Path(root) / name).is_symlink()]:
            why = "this is a link to a folder; name that folder on the command line"
            entries.append(Input(path, _below(path, folder), missing=why))
        for name in names:
            if not name.startswith(".") and not name.endswith(".toml"):
                path = Path(root) / name
                entries.append(Input(path, _below(path, folder)))
    for problem in problems:
        path = Path(problem.filename)
        why = f"the folder can't be listed ({problem.strerror}); check its permissions"
        entries.append(Input(path, _below(path, folder) if path != folder else _said(folder.name), missing=why))
    yield from sorted(entries, key=lambda entry: entry.source_path)


def _below(path: Path, folder: Path) -> str:
    return _said(path.relative_to(folder).as_posix())


def _said(name: str) -> str:
    """A name as it goes in the output: in UTF-8 as on the disk, whatever the language settings say of file names."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def _opened(found: Iterable[Input], limits: Limits, remarks: list[str]) -> Iterator[Input]:
    """The same, with what is in an archive in its place."""
    for item in found:
        if item.missing or not (is_web_archive(item.path) or is_zip(item.path)):
            yield item
            continue
        from pipeline.apart import apart  # this loads multiprocessing, which is seldom needed here

        try:
            members, others = apart(partial(members_of, item.path, item.source_path), limits)
        except PaperError as error:
            yield _refused(item.path, item.source_path, error)
            continue
        yield from members
        if others:
            counts = ", ".join(f"{count:,} {what}" for what, count in others.items())
            papers = sum(not member.missing for member in members)
            remarks.append(f"{item.source_path}: {papers:,} papers; not papers: {counts}")


def members_of(path: Path, source_path: str) -> tuple[list[Input], Mapping[str, int]]:
    """What is in an archive, and how many of its records are no papers, by what they are.

    If it can't be opened, or holds nothing, the archive itself stands in the list.
    """
    others: Mapping[str, int] = {}
    try:
        if is_web_archive(path):
            found = list_web_archive(path)
            members = [Input(path, f"{source_path}/{page.path}", member=page.member) for page in found.pages]
            members += [_refused(path, source_path, found.trouble)] if found.trouble else []
            others = found.others
        else:
            members = [_zip_member(path, source_path, listed) for listed in list_zip(path)]
        if not members:
            raise NoText("the archive holds no papers", remedy="see whether it is the right one")
    except PaperError as error:
        members = [_refused(path, source_path, error)]
    except OSError as error:
        what = f"the archive can't be read ({error.strerror})"
        members = [_refused(path, source_path, PaperError(what, remedy="check its permissions"))]
    return members, others


def _zip_member(path: Path, source_path: str, listed: Listed) -> Input:
    below = f"{source_path}/{listed.path}"
    return _refused(path, below, listed.trouble) if listed.trouble else Input(path, below, member=listed.member)


def _refused(path: Path, source_path: str, error: PaperError) -> Input:
    return Input(path, source_path, missing=str(error), status=error.status)


def _paper_ids(sources: Sequence[str]) -> list[str]:
    """Make a name of each path that is safe in a file name and unique: `2006/Report 8a.txt` -> `2006-report-8a`.

    Paths that would share a name get their ending (`report-8a-txt`), and a number if that is not enough.
    """
    endings = [match[1] if (match := _ENDING.search(source)) else "" for source in sources]
    short = [_slug(source.removesuffix(ending)) for source, ending in zip(sources, endings, strict=True)]
    count = Counter(short)
    taken = {name for name in short if count[name] == 1}
    used: Counter[str] = Counter()
    unique = []
    for name, ending in zip(short, endings, strict=True):
        chosen = name
        if count[name] > 1:
            base = chosen = _slug(name + ending)
            while chosen in taken:
                used[base] += 1
                chosen = f"{base}-{used[base] + 1}"
            taken.add(chosen)
        unique.append(chosen)
    return unique


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120] or "paper"
