"""What is committed in data/clean is, byte for byte, what the program makes of data/raw."""

import subprocess
import sys
from pathlib import Path

import pytest

from publish.staging import WORK

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
CLEAN = ROOT / "data" / "clean"
COMMAND = Path(sys.executable).with_name("committee-papers")


def files(folder: Path) -> dict[str, bytes]:
    """Give every file below `folder`, by its path there, but for what the program keeps for its next run."""
    found = [path for path in folder.rglob("*") if path.is_file() and WORK not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def first_difference(committed: bytes, made: bytes) -> str:
    """Say where two contents part: by line if both are text, by byte if not."""
    try:
        old, new = committed.decode().splitlines(keepends=True), made.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        at = next((n for n, (a, b) in enumerate(zip(committed, made, strict=False)) if a != b), None)
        return f"{len(committed)} and {len(made)} bytes, " + ("one longer" if at is None else f"differ from byte {at}")
    for number, (before, after) in enumerate(zip(old, new, strict=False), start=1):
        if before != after:
            return f"line {number}\n    committed: {before[:300]!r}\n    made:      {after[:300]!r}"
    return f"{len(old)} lines committed, {len(new)} made"


def differences(committed: dict[str, bytes], made: dict[str, bytes]) -> list[str]:
    """Say how what is committed differs from what the program makes, one entry for each file."""
    return [
        *(f"  {name}: not committed" for name in sorted(made.keys() - committed.keys())),
        *(f"  {name}: no longer made" for name in sorted(committed.keys() - made.keys())),
        *(
            f"  {name}: {first_difference(committed[name], made[name])}"
            for name in sorted(committed.keys() & made.keys())
            if committed[name] != made[name]
        ),
    ]


def test_the_committed_example_is_what_the_program_makes(tmp_path: Path) -> None:
    out = tmp_path / "clean"
    run = subprocess.run(
        [COMMAND, "extract", "data/raw", "--out", out], cwd=ROOT, capture_output=True, text=True, check=False
    )
    # Status 1 says that some paper was not read; whether that is as it should be stands in papers.csv.
    assert run.returncode in {0, 1}, f"committee-papers ended with status {run.returncode}:\n{run.stderr}"
    made = files(out)
    assert made, f"committee-papers wrote nothing:\n{run.stderr}"
    faults = "\n".join(differences(files(CLEAN), made))
    assert not faults, f"data/clean is not what the program makes (if it should be, `make accept`):\n{faults}"


@pytest.mark.parametrize(
    ("committed", "made", "said"),
    [
        ({"a.csv": b"x"}, {"a.csv": b"x"}, []),
        ({}, {"a.csv": b"x"}, ["  a.csv: not committed"]),
        ({"a.csv": b"x"}, {}, ["  a.csv: no longer made"]),
        (
            {"a.csv": b"n\r\n1\r\n"},
            {"a.csv": b"n\n1\n"},
            ["  a.csv: line 1\n    committed: 'n\\r\\n'\n    made:      'n\\n'"],
        ),
        ({"a.csv": b"n\n"}, {"a.csv": b"n\n1\n"}, ["  a.csv: 1 lines committed, 2 made"]),
        ({"a.xlsx": b"PK\xff"}, {"a.xlsx": b"PK\xfe"}, ["  a.xlsx: 3 and 3 bytes, differ from byte 2"]),
    ],
    ids=["same", "new", "gone", "line-ends", "longer", "binary"],
)
def test_a_difference_is_told(committed: dict[str, bytes], made: dict[str, bytes], said: list[str]) -> None:
    assert differences(committed, made) == said
