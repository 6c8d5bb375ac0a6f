"""The notebooks run on the committed example, and show what they showed when they were saved."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def shown(path: Path) -> Iterator[tuple[int, str]]:
    """What the cells of a notebook show as text; pictures, and the addresses of objects, differ from run to run."""
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            yield number, re.sub(r" at 0x[0-9a-f]+>", ">", "".join(text))


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
