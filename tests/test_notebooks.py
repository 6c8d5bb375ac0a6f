"""The notebooks run on the committed example, and show what they showed when they were saved."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def shown(path: Path) -> Iterator[tuple[int, str]]:
    """What the cells of a notebook show as text, without what differs from run to run.

    These are pictures, the addresses of objects, and in how many goes a stream was sent: the kernel sends
    what was printed five times a second, so a quick machine has one output where a slow one has two.
    """
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for number, cell in enumerate(notebook["cells"], start=1):
        for _, outputs in groupby(cell.get("outputs", ()), key=lambda output: output.get("name")):
            texts = ("".join(o.get("text") or o.get("data", {}).get("text/plain", "")) for o in outputs)
            yield number, re.sub(r" at 0x[0-9a-f]+>", ">", "".join(texts))


def test_what_a_cell_prints_counts_the_same_in_one_go_or_in_several(tmp_path: Path) -> None:
    def printed(*texts: str) -> list[tuple[int, str]]:
        outputs = [{"output_type": "stream", "name": "stdout", "text": [text]} for text in texts]
        path = tmp_path / "printed.ipynb"
        path.write_text(json.dumps({"cells": [{"outputs": outputs}]}), encoding="utf-8")
        return list(shown(path))

    assert printed("$ diff\n", "1 changed\n") == printed("$ diff\n1 changed\n")
    assert printed("$ diff\n", "1 changed\n") != printed("$ diff\n", "2 changed\n")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_showed(notebook: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    copy = Path(shutil.copy(notebook, tmp_path / "notebooks"))
    execute = Path(sys.executable).with_name("jupyter-execute")
    run = subprocess.run([execute, "--inplace", copy], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    assert list(shown(copy)) == list(shown(notebook))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_small_and_was_run(notebook: Path) -> None:
    assert notebook.stat().st_size < 300_000
    assert any(True for _ in shown(notebook))
