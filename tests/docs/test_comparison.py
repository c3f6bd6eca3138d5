"""docs/comparison.md: every claim about this package names tests, and the tests are there."""

from __future__ import annotations

import re

from .test_pages import ROOT

PAGE = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
CLAIMS = PAGE.partition("## Where pulumi-lumos does more")[2].partition("\n## ")[0]
ROWS = [line.strip("| ").split(" | ") for line in CLAIMS.splitlines() if line.startswith("| ")][1:]
TEST = re.compile(r"\[`(test_\w+)`\]\(\.\./(tests/\S+\.py)\)")
SOURCE = re.compile(
    r"\(https://github\.com/teamlumos/terraform-provider-lumos/(?:blob|tree)/([^/)]+)"
)
NUMBERS = re.compile(r"\d[\d,]*\.\d+")


def test_every_claim_names_a_test_and_what_was_read_or_measured() -> None:
    assert len(ROWS) > 10
    for row in ROWS:
        claim, ours, held_by, theirs = row
        assert ours and theirs
        assert TEST.sub("", held_by).strip(", ") == "", claim
        assert TEST.findall(held_by), claim
        assert SOURCE.search(theirs), claim


def test_all_that_was_read_is_of_one_commit() -> None:
    (commit,) = set(SOURCE.findall(PAGE))
    assert re.fullmatch("[0-9a-f]{40}", commit)


def test_the_tests_that_are_named_are_tests() -> None:
    for name, path in set(TEST.findall(CLAIMS)):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^def {name}\(", text, re.M), f"{path} has no {name}"


def test_every_measured_number_is_one_of_the_benchmarks() -> None:
    measured = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    shown = NUMBERS.findall(re.sub(r"\(.*?\)", "", PAGE))
    assert shown
    assert [number for number in shown if not re.search(rf"\b{number}\b", measured)] == []
