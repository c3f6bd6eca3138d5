"""docs/comparison.md: every claim about this package names tests, and the tests are there."""

from __future__ import annotations

import re

from ..repository import ROOT
from .pages import TEST

PAGE = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
CLAIMS = PAGE.partition("## Where pulumi-lumos does more")[2].partition("\n## ")[0]
ROWS = [line.strip("| ").split(" | ") for line in CLAIMS.splitlines() if line.startswith("| ")][1:]
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


def measured(title: str) -> dict[str, dict[str, str]]:
    """The newest table of the benchmarks with a title: the cells of each step by their column."""
    page = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    table = page.partition(f"\n**{title}**")[2].split("\n\n")[1]
    head, _, *rows = [line.strip("| ").split(" | ") for line in table.splitlines()]
    return {row[0]: dict(zip(head, row, strict=False)) for row in rows}


def test_the_seconds_of_small_stacks_are_those_of_the_benchmarks() -> None:
    create = measured("100 permissions, 50 ms latency, default file backend")["create"]
    (row,) = re.findall(r"^\| Small stacks \|.*$", PAGE, re.M)
    assert NUMBERS.findall(row) == [create["TF s"], create["seconds"]]


def test_the_seconds_of_large_stacks_are_those_of_the_benchmarks() -> None:
    once = measured("1000 permissions, 50 ms latency, skip-checkpoints file backend")
    always = measured("1000 permissions, 50 ms latency, default file backend")
    shown = NUMBERS.findall(PAGE.partition("## Speed of large stacks")[2])
    assert shown == [
        *(once[step][column] for column in ("seconds", "TF s") for step in ("create", "destroy")),
        always["create"]["seconds"],
    ]
