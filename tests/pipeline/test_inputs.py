"""Which files are papers, and what they are called in the output."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.inputs import find_inputs


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Report")


def found(*given: Path, out: Path = Path("out")) -> list[tuple[str, str]]:
    return [(item.source_path, item.paper_id) for item in find_inputs(given, out)]


def test_folders_are_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", "a.txt")
    assert found(tmp_path) == [("a.txt", "a"), ("a/b/c.txt", "a-b-c"), ("a/z.txt", "a-z"), ("b.txt", "b")]


def test_hidden_files_and_sidecars_are_no_papers(tmp_path: Path) -> None:
    make(tmp_path, "plan.txt", "plan.toml", "plan.txt.toml", ".hidden.txt", ".git/config", "deep/.x/plan.txt")
    assert found(tmp_path) == [("plan.txt", "plan")]


def test_the_output_folder_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, "plan.txt", "clean/papers.csv", "clean/papers/plan/table-01.csv", "deep/clean/plan.txt")
    assert found(tmp_path, out=tmp_path / "clean") == [("deep/clean/plan.txt", "deep-clean-plan"), ("plan.txt", "plan")]


def test_nor_by_another_name(tmp_path: Path) -> None:
    make(tmp_path, "in/plan.txt", "in/clean/papers.csv")
    (tmp_path / "link").symlink_to(tmp_path / "in" / "clean")
    assert found(tmp_path / "in", out=tmp_path / "link") == [("plan.txt", "plan")]
    assert found(tmp_path / "in", out=tmp_path / "in" / ".." / "in" / "clean") == [("plan.txt", "plan")]


def test_a_file_goes_by_its_name(tmp_path: Path) -> None:
    make(tmp_path, "2006/Report 8a.txt", "2006/notes.toml")
    assert found(tmp_path / "2006" / "Report 8a.txt") == [("Report 8a.txt", "report-8a")]
    assert found(tmp_path / "2006" / "notes.toml") == [("notes.toml", "notes")]


@pytest.mark.parametrize(
    "ids",
    [
        pytest.param({"plan.pdf": "plan-pdf", "plan.txt": "plan-txt"}, id="two kinds"),
        pytest.param({"Plan.txt": "plan-txt", "plan.txt": "plan-txt-2"}, id="upper and lower case"),
        pytest.param({"a b.txt": "a-b-txt", "a-b.txt": "a-b-txt-2", "a/b.txt": "a-b-txt-3"}, id="signs"),
        pytest.param({"a b.txt": "a-b-txt", "a-b.txt": "a-b-txt-3", "a-b-txt-2": "a-b-txt-2"}, id="a number is taken"),
        pytest.param({"Ångström.txt": "angstrom"}, id="accents"),
        pytest.param({"план.txt": "paper"}, id="another alphabet"),
        pytest.param({"отчёт.txt": "paper-txt", "план.txt": "paper-txt-2"}, id="another alphabet, twice"),
        pytest.param({"-.txt": "paper", "v1.2006": "v1"}, id="signs alone"),
        pytest.param({"x\n\t\x1b[31m.txt": "x-31m"}, id="control characters"),
        pytest.param({"report": "report", "report.x.y": "report-x"}, id="several endings"),
    ],
)
def test_names(tmp_path: Path, ids: dict[str, str]) -> None:
    make(tmp_path, *ids)
    assert dict(found(tmp_path)) == ids


def test_ends_of_line_in_names_stay_apart(tmp_path: Path) -> None:
    make(tmp_path, "a\rb.txt", "a\nb.txt", "a\r\nb.txt")
    assert [name for name, _ in found(tmp_path)] == ["a\nb.txt", r"a\r" "\nb.txt", r"a\rb.txt"]


def test_long_paths_are_cut_and_stay_apart(tmp_path: Path) -> None:
    deep = "/".join(["committee papers of the metropolitan police authority"] * 3)
    make(tmp_path, f"{deep}/report 1.txt", f"{deep}/report 2.txt")
    ids = [paper_id for _, paper_id in found(tmp_path)]
    assert len(set(ids)) == 2
    assert max(map(len, ids)) <= 130


@given(st.lists(st.text("aAb -./é1", min_size=1, max_size=6), min_size=1, max_size=8))
def test_no_two_papers_share_an_id(names: list[str]) -> None:
    given = [Path("/nowhere") / name.strip("/.") for name in names]
    ids = [item.paper_id.casefold() for item in find_inputs(given, Path("out"))]
    assert len(ids) == len(names)
    assert len(set(ids)) == len(ids)
    assert all(paper_id and set(paper_id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for paper_id in ids)


def test_papers_of_several_folders(tmp_path: Path) -> None:
    make(tmp_path, "a/plan.txt", "b/plan.txt")
    assert found(tmp_path / "a", tmp_path / "b") == [("plan.txt", "plan-txt"), ("plan.txt", "plan-txt-2")]


def test_what_is_not_there_stays_in_the_list(tmp_path: Path) -> None:
    make(tmp_path, "plan.txt")
    (tmp_path / "link").symlink_to("nowhere")
    given = [tmp_path / "plan.txt", tmp_path / "nope", tmp_path / "plan.txt" / "x", tmp_path / "link"]
    items = find_inputs(given, Path("out"))
    assert [item.source_path for item in items] == ["plan.txt", "nope", "x", "link"]
    assert [bool(item.missing) for item in items] == [False, True, True, True]


def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "in/plan.txt", "other/plan.txt")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "other")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    items = find_inputs([tmp_path / "in"], Path("out"))
    assert [(item.source_path, bool(item.missing)) for item in items] == [
        ("linked", True),
        ("plan.txt", False),
        ("round", True),
    ]
