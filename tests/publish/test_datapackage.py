"""The Data Package holds, and describes the files that stand beside it."""

import importlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from papers.records import Records
from publish.schema import TABLES

MakePaper = Callable[..., Records]
Publish = Callable[..., Path]


def test_every_csv_file_of_the_contract_is_described(publish: Publish, paper: MakePaper) -> None:
    package = json.loads((publish(paper()) / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [resource["path"] for resource in package["resources"]] == [f"{table.name}.csv" for table in TABLES]
    for resource in package["resources"]:
        assert resource["dialect"]["lineTerminator"] == "\r\n"
        assert resource["hash"].startswith("sha256:")
        assert all(field["description"] for field in resource["schema"]["fields"])
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert fields["archived"]["trueValues"] == ["true"]
    assert fields["status"]["constraints"]["enum"][0] == "ok"
    assert fields["pages"]["unit"] == "pages"


@pytest.mark.filterwarnings("ignore")  # frictionless and what it imports warn of their own future
def test_frictionless_finds_package_and_data_valid(publish: Publish, paper: MakePaper, unread: Records) -> None:
    frictionless = importlib.import_module("frictionless")
    out = publish(paper("a"), paper("b"), unread)
    report = frictionless.Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])
    assert len(report.tasks) == len(TABLES)


@pytest.mark.filterwarnings("ignore")
def test_frictionless_sees_a_file_that_was_changed_later(publish: Publish, paper: MakePaper) -> None:
    frictionless = importlib.import_module("frictionless")
    out = publish(paper("a"))
    figures = out / "figures.csv"
    figures.write_bytes(figures.read_bytes().replace(b"1109000", b"1109001"))
    assert not frictionless.Package(str(out / "datapackage.json")).validate().valid
