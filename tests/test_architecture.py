"""Imports go one way: `papers` <- `extract`, `normalise`, `publish` <- `pipeline`."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src"

# What each package may import of the project, besides itself.
ALLOWED: dict[str, frozenset[str]] = {
    "papers": frozenset(),
    "extract": frozenset({"papers"}),
    "normalise": frozenset({"papers"}),
    "publish": frozenset({"papers"}),
    "pipeline": frozenset({"papers", "extract", "normalise", "publish"}),
}
STANDARD_LIBRARY_ONLY = frozenset({"papers"})


def imported_packages(code: str) -> Iterator[tuple[int, str]]:
    """Give the line and the top-level name of every absolute import, wherever in the module it stands."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module.partition(".")[0]


def bad_imports(package: str, code: str) -> list[str]:
    """Say which imports a module of `package` may not have, one sentence each."""
    faults = []
    for line, name in imported_packages(code):
        if name == package or name in ALLOWED[package]:
            continue
        if name in ALLOWED:
            faults.append(f"line {line}: {package} may not import {name}")
        elif package in STANDARD_LIBRARY_ONLY and name not in sys.stdlib_module_names:
            faults.append(f"line {line}: {package} may import only the standard library, not {name}")
    return faults


def modules() -> list[Path]:
    return sorted(path for path in SRC.rglob("*.py") if ".egg-info" not in path.as_posix())


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(SRC).as_posix())
def test_imports_go_one_way(module: Path) -> None:
    package = module.relative_to(SRC).parts[0]
    assert package in ALLOWED, f"src/{package} has no place in the import order: give it one in ALLOWED"
    faults = bad_imports(package, module.read_text(encoding="utf-8"))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("package", "code", "fault"),
    [
        pytest.param("extract", "import normalise", "line 1: extract may not import normalise", id="sibling"),
        pytest.param("publish", "from extract.pdf import read", "line 1: publish may not import extract", id="from"),
        pytest.param("normalise", "import re, pipeline.run", "line 1: normalise may not import pipeline", id="upwards"),
        pytest.param("papers", "\nfrom extract import text", "line 2: papers may not import extract", id="root"),
        pytest.param(
            "papers",
            "def late():\n    import pandas as pd",
            "line 2: papers may import only the standard library, not pandas",
            id="third-party-inside-a-function",
        ),
    ],
)
def test_a_bad_import_is_found(package: str, code: str, fault: str) -> None:
    assert bad_imports(package, code) == [fault]


@pytest.mark.parametrize(
    ("package", "code"),
    [
        ("papers", "import dataclasses\nfrom papers.errors import PaperError"),
        ("extract", "import pdfplumber\nfrom papers.paper import Paper"),
        ("pipeline", "import extract, normalise, papers, publish"),
    ],
)
def test_a_good_import_passes(package: str, code: str) -> None:
    assert bad_imports(package, code) == []
