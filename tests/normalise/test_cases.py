"""Specimens: what each rule repairs, what it leaves alone, and what it is known to get wrong.

One file a rule in `tests/cases`, with `[[fixes]]`, `[[notes]]` (nothing changes, a person is asked to look),
`[[leaves_alone]]` (near misses) and `[[known_failures]]` (strict: one that begins to work has to move to the others).
Each specimen has a `label`, a `comment`, what is `printed`, the `clean` lines (` | ` between cells, ` / ` between the
lines of a cell; blank lines go) and perhaps `why_contains` and the `kinds` of the clean lines. The rule acts alone, on
what the extractor makes of the text; `after` names rules that have to act before it.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract import extract
from normalise.engine import Normalised, Rule, normalise
from normalise.rules import RULES
from papers.paper import Paper
from papers.repair import replay

CASES = Path(__file__).parents[1] / "cases"
SECTIONS = ("fixes", "notes", "leaves_alone", "known_failures")
KEYS = {"label", "comment", "printed", "clean", "why_contains", "kinds", "after"}

Case = dict[str, Any]


def specimens() -> dict[str, dict[str, list[Case]]]:
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.toml"))}


def cases(*sections: str) -> list[Any]:
    """The specimens of some sections, each under the name of its rule and its label."""
    found = []
    for name, file in specimens().items():
        for section in sections:
            for case in file.get(section, []):
                marks = [pytest.mark.xfail(strict=True)] if section == "known_failures" else []
                found.append(pytest.param(name, case, id=f"{name}: {case['label']}", marks=marks))
    return found


def rule(name: str) -> Rule:
    return next(each for each in RULES if each.name == name)


def shown(paper: Paper) -> list[str]:
    """The lines of a paper as a case file writes them."""
    texts = [" | ".join(" / ".join(c.text.split("\n")) for c in line.cells).rstrip() for line in paper.lines]
    return [text for text in texts if text]


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def run(name: str, case: Case) -> tuple[Paper, Normalised]:
    extracted = extract(case["printed"].encode(), "case.txt")
    raw = normalise(extracted, [rule(earlier) for earlier in case.get("after", [])]).paper
    found = normalise(raw, [rule(name)])
    assert replay(raw, found.repairs) == found.paper
    assert not normalise(found.paper, [rule(name)]).repairs
    return raw, found


def check_fix(name: str, case: Case) -> None:
    raw, found = run(name, case)
    assert shown(found.paper) == lines(case["clean"])
    if "kinds" in case:
        assert [line.kind for line in found.paper.lines] == case["kinds"]
    assert found.paper != raw
    assert {entry.rule for entry in found.repairs} == {name}
    assert case.get("why_contains", "") in "; ".join(entry.hunk.why for entry in found.repairs)


@pytest.mark.parametrize(("name", "case"), cases("fixes"))
def test_it_is_repaired(name: str, case: Case) -> None:
    check_fix(name, case)


@pytest.mark.parametrize(("name", "case"), cases("known_failures"))
def test_it_is_not_repaired_yet(name: str, case: Case) -> None:
    if case["printed"] == case["clean"]:
        check_sound(name, case)
    else:
        check_fix(name, case)


@pytest.mark.parametrize(("name", "case"), cases("notes"))
def test_a_person_is_asked_to_look(name: str, case: Case) -> None:
    raw, found = run(name, case)
    assert found.paper == raw
    assert case.get("why_contains", "") in "; ".join(entry.hunk.why for entry in found.notes)
    assert found.notes


def check_sound(name: str, case: Case) -> None:
    raw, found = run(name, case)
    assert found.paper == raw, [entry.hunk.why for entry in found.repairs]
    assert not found.notes


@pytest.mark.parametrize(("name", "case"), cases("leaves_alone"))
def test_it_is_left_alone(name: str, case: Case) -> None:
    check_sound(name, case)


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.name)
def test_every_rule_has_specimens_and_near_misses(each: Rule) -> None:
    file = specimens().get(each.name, {})
    assert file.get("fixes") or file.get("notes")
    assert len(file.get("leaves_alone", [])) >= 2


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.name)
def test_every_rule_explains_itself(each: Rule) -> None:
    assert each.title.endswith(".")
    assert each.body, "its docstring says when it acts, and when it must not"


def test_no_two_rules_share_a_name() -> None:
    names = [each.name for each in RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", specimens())
def test_every_case_file_is_about_a_rule(name: str) -> None:
    file = specimens()[name]
    assert name in {each.name for each in RULES}
    assert set(file) <= set(SECTIONS)
    labels = [case["label"] for section in file.values() for case in section]
    assert len(labels) == len(set(labels))
    for section, found in file.items():
        for case in found:
            assert set(case) <= KEYS
            assert case["comment"]
            assert ("clean" in case) == (section in ("fixes", "known_failures"))
