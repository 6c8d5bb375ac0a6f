"""Measure speed and memory on folders of papers: `python bench/run.py [FOLDER ...]`.

Times are processor time, which does not depend on what else the machine is doing; only the start-up is timed by the
clock.
"""

from __future__ import annotations

import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from web import multiple

from extract import media_type
from pipeline.batch import read_one
from pipeline.inputs import Input, find_inputs
from pipeline.rows import records
from pipeline.run import read

ROOT = Path(__file__).resolve().parents[1]
OUT = Path("build/bench")
USUAL = (ROOT / "data" / "raw", ROOT / "tests" / "papers_at_hand")
PAGE = 3_000
"""Characters of a printed page."""
PAGES = (10, 50, 200)
STARTS = 7

# What a child process runs to tell its peak memory: the program and a short paper, then what is asked for.
_CHILD = """
import resource, sys
from pathlib import Path
from normalise import english
from pipeline.batch import read_one
from pipeline.inputs import find_inputs
from pipeline.run import read
read(b"A. Recommendation\\nThat members note the report.\\n", "a.txt", "a")
if "lists" in sys.argv:
    english.is_word("committee"), english.pair_share("of", "the"), english.is_part("neighbourin")
elif len(sys.argv) > 1:
    for item in find_inputs([Path(sys.argv[1])], Path("build/bench")):
        read_one(item)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak if sys.platform == "darwin" else peak * 1024)
"""


def main(given: Sequence[str]) -> int:
    """Measure the folders that are given, or the usual ones. Returns the exit status: 0 measured, 2 nothing there."""
    folders = [Path(name) for name in given] or [folder for folder in USUAL if folder.is_dir()]
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing or not folders:
        print(f"bench: {missing[0] if missing else USUAL[0]}: there is no such folder", file=sys.stderr)
        return 2
    _say("start-up", f"{_start_up() * 1000:.0f} ms for `committee-papers --help` (median of {STARTS})")
    _memory_of_program()
    for folder in folders:
        print(f"\n{_short(folder)}")
        papers = find_inputs([folder], OUT)
        good = _speed(papers) if papers else []
        if good:
            _say("peak memory", _peak(str(folder)))
            _growth(good)
        else:
            print("  no paper of this folder can be read")
        _web_pages(good)
        _scorer(folder)
    return 0


def _speed(papers: Sequence[Input]) -> list[Input]:
    """Read every paper once, one after the other, in this process. Returns those that could be read."""
    read_one(papers[0])  # so that loading the libraries and the word lists is not counted
    start = time.process_time()
    done = [(item, read_one(item).rows["papers"][0]["status"]) for item in papers]
    seconds = time.process_time() - start
    good = [item for item, status in done if status in ("ok", "partial")]
    size = sum(item.path.stat().st_size for item in good)
    _say("papers", f"{len(good)} read ({size / 1000:,.0f} kB), {len(done) - len(good)} refused")
    _say("speed", f"{len(good) / seconds:.1f} papers a second, {seconds:.2f} s for all, in one process")
    return good


def _web_pages(inputs: Sequence[Input]) -> None:
    """What pages cost against parsing them, if there are any."""
    pages = [data for item in inputs if media_type(data := item.path.read_bytes()) == "text/html"]
    if pages:
        _say("web pages", multiple(pages))


def _growth(inputs: Sequence[Input]) -> None:
    """Read the papers' texts, one behind the other, as one long paper: the time for a page should not grow."""
    texts = [text for item in inputs if (text := _text(item))]
    if not texts:
        _say("growth", "not measured: no paper of this folder is a plain text")
        return
    for pages in PAGES:
        data = _long_paper(texts, pages).encode()
        start = time.process_time()
        records(read(data, "long.txt", "long"))
        seconds = time.process_time() - start
        _say(f"{pages} pages", f"{seconds / pages * 1000:.1f} ms a page, {seconds:.2f} s for all")


def _text(item: Input) -> str:
    try:
        return item.path.read_bytes().decode()
    except UnicodeDecodeError:
        return ""


def _long_paper(texts: Sequence[str], pages: int) -> str:
    """Whole lines of the texts, over and over, until so many pages are full."""
    lines: list[str] = []
    size = 0
    for line in itertools.chain.from_iterable(text.splitlines() for text in itertools.cycle(texts)):
        if size >= pages * PAGE:
            break
        lines.append(line)
        size += len(line) + 1
    return "\n".join(lines)


def _start_up() -> float:
    command = Path(sys.executable).with_name("committee-papers")
    seconds = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run([command, "--help"], check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _memory_of_program() -> None:
    _say("peak memory", f"{_peak()} without the word lists, {_peak('lists')} with them")


def _peak(*arguments: str) -> str:
    """The peak memory of a fresh process: with a folder after reading it, with `lists` after loading them."""
    try:
        import resource  # noqa: F401  # not on every system
    except ImportError:
        return "not known on this system"
    run = subprocess.run([sys.executable, "-c", _CHILD, *arguments], check=True, capture_output=True, text=True)
    return f"{int(run.stdout) / 1_000_000:.0f} MB"


def _scorer(folder: Path) -> None:
    """If a scorer and its gold stand beside the papers, say how to run it; nothing of it is loaded here."""
    near = (folder, folder.parent, folder.parent.parent)
    script = next((place / "score.py" for place in near if (place / "score.py").is_file()), None)
    if script is None:
        return
    gold = next((place for place in (folder, folder.parent) if (place / "gold").is_dir()), None)
    if any(folder.rglob("*.gold.json")):
        arguments = f"--gold {folder} --rows {OUT}/work_plan.csv --checks {OUT}/checks.csv"
    elif gold is not None:
        arguments = f"{gold} {OUT}"
    else:
        arguments = "--help"
    print("  accuracy: there is a scorer beside these papers; to run it:")
    print(f"    {_short(Path(sys.executable).with_name('committee-papers'))} extract {folder} --out {OUT}")
    print(f"    {_short(Path(sys.executable))} {script} {arguments}")


def _short(path: Path) -> str:
    """A path as seen from the project, if it lies there."""
    absolute = path.absolute()
    return absolute.relative_to(ROOT).as_posix() if absolute.is_relative_to(ROOT) else str(path)


def _say(what: str, text: str) -> None:
    print(f"  {what + ':':13}{text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
