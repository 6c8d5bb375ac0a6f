"""Profiles: families of record tables, as data. An archivist adds a TOML file, not code."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import resources
from typing import Any

from papers.errors import PaperError

COLUMN_TYPES = ("text", "number", "period", "money")
RECORD = "action"
"""The column that says what a record is about; a table without it has no records."""
LABEL = 200
"""A longer text is neither a header nor the label of a total."""
NEAR = 88
"""How alike (0-100, rapidfuzz ratio) a damaged header must be to a known one: `Deadlne/date` 96, `Data` - `Date` 75."""

_AT_END = re.compile(r"(?:\([^()]*\)|£ ?['’‘]? ?(?:000|k|mn?|million|thousand)?s?)\s*$", re.I)
_SLASH = re.compile(r"\s*/\s*")


ProfileFile = tuple[str, bytes]
"""The name and the content of a profile's file."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A family of record tables.

    `columns` maps a role (`action`, `deadline`) to its type, `headers` a folded header text to its role. A table is of
    the family if every role in `required` is found in its header row. `group_words` open the heading that numbers a
    table (`Objective 3:`), `labels` open paragraphs that belong to no row, `total_words` name a total row.
    """

    name: str
    title: str
    required: tuple[str, ...]
    columns: Mapping[str, str]
    headers: Mapping[str, str]
    group_words: tuple[str, ...]
    labels: tuple[str, ...]
    total_words: tuple[str, ...]

    def roles(self, texts: Sequence[str]) -> dict[str, int]:
        """Find which column holds which role, from the texts of a header row.

        Returns a role -> column mapping, empty if a required role is missing or two columns claim one role.

        A first column without a header, before the action, holds the numbers.
        """
        found: dict[str, int] = {}
        for column, text in enumerate(texts):
            role = self._role(text)
            if role is None:
                continue
            if role in found:
                return {}
            found[role] = column
        if any(role not in found for role in self.required):
            return {}
        if "number" not in found and found.get("action") == 1 and not texts[0].strip():
            found["number"] = 0
        return found

    def _role(self, text: str) -> str | None:
        name = fold(text) if len(text) <= LABEL else ""
        if not name or len(name) > 40:
            return None
        if name in self.headers:
            return self.headers[name]
        if len(name) < 5:
            return None
        from rapidfuzz import fuzz, process

        found = process.extract(name, list(self.headers), scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
        near = {self.headers[header] for header, *_ in found}
        return near.pop() if len(near) == 1 else None

    def is_total(self, text: str) -> bool:
        """Whether a label names a total row: `TOTAL`, `Total:`, `Grand total`."""
        return len(text) <= LABEL and fold(text) in _folded(self.total_words)

    @property
    def group_pattern(self) -> re.Pattern[str]:
        """Finds `Objective 3: title` at the start of a line: groups `number` and `title`."""
        return _group_pattern(self.group_words)

    @property
    def label_pattern(self) -> re.Pattern[str]:
        """Finds `Equalities impact:` at the start of a line."""
        return _label_pattern(self.labels)


@functools.cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


@functools.cache
def _group_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"\s*(?:{names})\s+(?P<number>\d{{1,2}})\s*(?:[:.–—-]\s*(?P<title>.*)|$)", re.I | re.S)


@functools.cache
def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(
        r"\s*/\s*".join(map(re.escape, re.split(r"\s*/\s*", label))) for label in sorted(labels, key=len, reverse=True)
    )
    names = names or "(?!)"
    return re.compile(rf"\s*(?:{names})\s*:", re.I)


@functools.lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Fold a header for comparison: case, white space, a unit or a code in brackets at its end, end punctuation.

    >>> fold("Key actions/events:"), fold("Budget (#6621)"), fold("Budget £000")
    ('key actions/events', 'budget', 'budget')
    """
    text = " ".join(_AT_END.sub("", text).split())
    return (_SLASH.sub("/", text) if "/" in text else text).strip(" :.*").casefold()


def profiles() -> tuple[Profile, ...]:
    """The profiles in use: those that are added for the paper being read, then those that come with the program.

    Raises:
        PaperError: a profile is not valid; says which file and what is wrong.
    """
    return _in_use(_ADDED.get())


@contextmanager
def added_profiles(files: Sequence[ProfileFile]) -> Iterator[None]:
    """Read with further profiles for a while. One that has the name of a profile of the program takes its place.

    Rules and readers ask for the profiles wherever a header may stand; this spares all of them an argument that they
    would only hand on. It holds for the thread that enters it, until it leaves.

    Raises:
        PaperError: a profile is not valid, or two have one name.
    """
    _in_use(tuple(files))
    token = _ADDED.set(tuple(files))
    try:
        yield
    finally:
        _ADDED.reset(token)


_ADDED: ContextVar[tuple[ProfileFile, ...]] = ContextVar("added_profiles", default=())


@functools.lru_cache(maxsize=8)
def _in_use(added: tuple[ProfileFile, ...]) -> tuple[Profile, ...]:
    folder = resources.files("normalise") / "profiles"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    first = [parse(name, content) for name, content in added]
    names = [profile.name for profile in first]
    for (file, _), name in zip(added, names, strict=True):
        if names.count(name) > 1:
            raise _fault(file, f"has the name {name!r}, as another profile has")
    own = (parse(f.name, f.read_bytes()) for f in files)
    return (*first, *(profile for profile in own if profile.name not in names))


def parse(name: str, content: bytes) -> Profile:
    """Read one profile from its TOML file.

    Raises:
        PaperError: it is not TOML, a part of it is missing or of another kind, or two columns claim one header.
    """
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _fault(name, f"is not valid TOML ({error})") from error
    columns = {role: _part(name, data["columns"], role) for role in _part(name, data, "columns")}
    types = {role: _text(name, column, "type") for role, column in columns.items()}
    for role, kind in types.items():
        if kind not in COLUMN_TYPES:
            raise _fault(name, f"gives {role} the type {kind!r}, which is none of {', '.join(COLUMN_TYPES)}")
    required = _texts(name, data, "required")
    for role in (RECORD, *required):
        if role not in columns:
            raise _fault(name, f"has no column {role!r}")
    if RECORD not in required:
        raise _fault(name, f"does not require the column {RECORD!r}, which says what a record is about")
    headers: dict[str, str] = {}
    for role, column in columns.items():
        for header in _texts(name, column, "headers"):
            if headers.setdefault(fold(header), role) != role:
                raise _fault(name, f"lets two columns claim the header {header!r}")
    group, total = _part(name, data, "group"), _part(name, data, "total")
    return Profile(
        _text(name, data, "name"),
        _text(name, data, "title"),
        required,
        types,
        headers,
        _texts(name, group, "words"),
        _texts(name, group, "labels"),
        _texts(name, total, "words"),
    )


def _fault(name: str, what: str) -> PaperError:
    return PaperError(f"the profile {name} {what}", remedy="compare it with work_plan.toml")


def _part(name: str, data: Mapping[str, Any], key: str) -> dict[str, Any]:
    part = data.get(key)
    if not isinstance(part, dict):
        raise _fault(name, f"lacks the part {key!r}")
    return part


def _text(name: str, data: Mapping[str, Any], key: str) -> str:
    text = data.get(key)
    if not isinstance(text, str) or not text.strip():
        raise _fault(name, f"lacks a text for {key!r}")
    return text


def _texts(name: str, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    texts = data.get(key)
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise _fault(name, f"lacks a list of texts for {key!r}")
    return tuple(texts)
