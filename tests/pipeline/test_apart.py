"""One thing done in a process of its own: its result, its errors, and what stops it."""

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from papers.errors import PaperError
from pipeline.apart import apart
from pipeline.batch import read_file
from pipeline.inputs import Input
from pipeline.limits import Limits


def test_the_result_comes_back() -> None:
    assert apart(partial(divmod, 7, 2), Limits()) == (3, 1)


def test_it_is_another_process() -> None:
    assert apart(os.getpid, Limits()) != os.getpid()


def test_an_error_of_the_paper_comes_back_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(PaperError) as caught:
        apart(partial(read_file, Input(tmp_path / "empty.txt", "empty.txt", "empty")), Limits())
    assert str(caught.value) == "the file is empty; fetch it again"


def test_what_takes_too_long_is_stopped() -> None:
    """On a machine that is very busy the clock may be faster."""
    with pytest.raises(PaperError, match=r"took more than 1 s of processor time|stood still"):
        apart(partial(sum, range(10**12)), Limits(seconds=1))


def test_what_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(PaperError, match="takes more than 500 MB of memory"):
        apart(partial(bytes, 3_000_000_000), Limits(megabytes=500))


def test_what_stands_still_is_stopped() -> None:
    with pytest.raises(PaperError, match="stood still"):
        apart(partial(time.sleep, 60), Limits(seconds=0.2))


def test_a_process_that_dies_is_an_error() -> None:
    with pytest.raises(PaperError, match=r"died \(SIGKILL\)"):
        apart(partial(signal.raise_signal, signal.SIGKILL), Limits())


def test_it_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert apart(partial(os.write, 2, b"a library complains"), Limits()) == 19
    assert capfd.readouterr() == ("", "")


def test_a_defect_is_an_error_and_no_traceback(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PaperError, match="died"):
        apart((tmp_path / "nowhere").read_bytes, Limits())
    assert capfd.readouterr() == ("", "")
