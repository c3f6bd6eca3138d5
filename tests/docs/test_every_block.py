"""Every block of code of every page is held by a test, which this list names."""

from __future__ import annotations

import re

import pytest

from ..repository import ROOT
from .pages import PAGES

HELD_BY = {
    "CONTRIBUTING.md": "docs/test_pages.py",
    "README.md": "docs/test_pages.py",
    "docs/_index.md": "docs/test_registry_pages.py",
    "docs/installation-configuration.md": "engine/test_packaged_host.py",
    "benchmarks/README.md": "benchmarks/test_command.py",
    "docs/access-client.md": "access/test_page.py",
    "docs/automation-api.md": "docs/test_automation_api.py",
    "docs/cli.md": "docs/test_cli.py",
    "docs/click-ops.md": "docs/test_followed_pages.py",
    "docs/concepts.md": "docs/test_followed_pages.py",
    "docs/emulator-requests.md": "docs/test_emulator_page.py",
    "docs/emulator.md": "docs/test_emulator_page.py",
    "docs/get-started.md": "docs/test_get_started.py",
    "docs/large-tenants.md": "docs/test_followed_pages.py",
    "docs/hosts.md": "engine/test_packaged_host.py",
    "docs/how-it-works.md": "engine/test_how_it_works_page.py",
    "docs/index.md": "docs/test_followed_pages.py",
    "docs/off-boarding.md": "docs/test_followed_pages.py",
    "docs/renaming.md": "docs/test_followed_pages.py",
    "docs/tenants.md": "docs/test_followed_pages.py",
    "docs/upgrade.md": "docs/test_followed_pages.py",
    "docs/lookups.md": "docs/test_lookups.py",
    "docs/migrate-from-terraform.md": "terraform/test_page.py",
    "docs/network.md": "docs/test_network_page.py",
    "docs/policies.md": "docs/test_policies_page.py",
    "docs/provisioning-groups.md": "engine/test_provisioning_groups_page.py",
    "docs/request-to-access.md": "access/test_arrows.py",
    "docs/review-access.md": "docs/test_review_access_page.py",
    "docs/secrets.md": "docs/test_followed_pages.py",
    "docs/testing.md": "docs/test_testing_page.py",
    "docs/troubleshooting.md": "docs/test_troubleshooting.py",
    "examples/alongside/README.md": "examples/test_alongside.py",
    "examples/catalog/README.md": "examples/test_catalog.py",
    "examples/portal/README.md": "portal/test_page.py",
    "examples/promotion/README.md": "examples/test_promotion.py",
    "examples/yaml/README.md": "examples/test_yaml.py",
    "tools/pulumi/README.md": "tools/test_install.py",
}
REFERENCE = "docs/reference/"
"""Generated pages, whose examples are files that tests/reference/test_examples.py runs."""
BLOCK = re.compile(r"^ *```\w", re.M)
BESIDE = [*ROOT.glob("examples/*/README.md"), ROOT / "benchmarks/README.md"]
WITH_CODE = [
    path.relative_to(ROOT).as_posix()
    for path in [*PAGES, *BESIDE, ROOT / "tools/pulumi/README.md"]
    if BLOCK.search(path.read_text(encoding="utf-8"))
]


def test_every_page_with_code_is_held_by_a_test() -> None:
    assert {path for path in WITH_CODE if not path.startswith(REFERENCE)} == set(HELD_BY)


@pytest.mark.parametrize("page", HELD_BY)
def test_the_test_that_holds_a_page_reads_it_or_its_folder(page: str) -> None:
    test = (ROOT / "tests" / HELD_BY[page]).read_text(encoding="utf-8")
    *_, folder, name = ["", *page.split("/")]
    assert name in test or f'"{folder}"' in test or folder == "benchmarks"
