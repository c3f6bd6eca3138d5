"""Names that are formulas, mentions, markup or scripts, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, SLACK, Keep
from .hostile_texts import FORMULA, MENTION, hostile

ESCAPED = "\u200b"
"""What the comment itself puts into a mention, so that it makes none."""
POLICIES = """
from pulumi_lumos.policies import policy

slow = policy("p\u202e", "It is \u202e lsk_abcdef123")(lambda row: False)
"""


def test_no_spreadsheet_computes_a_name(
    quickstart: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    hostile(quickstart)
    file = tmp_path / "report.csv"
    assert run("report", "--csv", "--for-review", "--excel", "--out", str(file)).code == 0
    text = file.read_bytes().decode()
    assert text.startswith('\ufeff"key","app"')
    assert f'"\'{FORMULA.replace(chr(34), chr(34) * 2)}"' in text
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    labels = {line["permission"] for line in lines}
    assert labels >= {f"'{FORMULA}", f"'{MENTION}", "a b [31m  lsk_***"}
    assert {line["decision"] for line in lines} == {""}
    assert "\r\n" in text
    assert "\x1b" not in text


def test_a_comment_mentions_nobody_and_keeps_its_shape(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    hostile(quickstart)
    more = ["--app", SALESFORCE, "--stack", "acme/prod -->"]
    text = run("report", "--markdown", "--against", before, *more).out
    assert "@\u200bacme/all" in text.replace("\\@", "@")
    assert "\\<b\\>\\|\\</b\\>" in text
    assert "#\u200b1" in text.replace("\\#", "#")
    assert "http://" not in text
    assert "www." not in text
    assert "<script>" not in text
    assert text.count("<details>") == text.count("</details>")
    first, *rest = text.splitlines()
    assert first == "<!-- pulumi-lumos report acme/prod --\\> -->"
    assert "-->" not in "".join(rest)
    assert _unclean(text) <= {ESCAPED}


@pytest.mark.parametrize("shown", [[], ["--app", SALESFORCE], ["--against"], ["--policy"]])
def test_a_page_holds_names_as_text_alone(
    quickstart: Tenant, run: RunCommand, keep: Keep, tmp_path: Path, shown: list[str]
) -> None:
    before, policies = keep(), tmp_path / "policies.py"
    hostile(quickstart)
    policies.write_text(POLICIES)
    # Against a report of all apps, the page names the app of which it compares.
    more = {"--against": [before, "--app", SALESFORCE], "--policy": [str(policies)]}
    text = run("report", "--html", *shown, *more.get("".join(shown), [])).out
    assert "&lt;/script&gt;&lt;script&gt;alert(1)//" in text
    assert text.count("<script>") == text.count("</script>") == 1
    assert _unclean(text) == set()


def test_a_terminal_is_steered_by_no_name(quickstart: Tenant, run: RunCommand, keep: Keep) -> None:
    before = keep()
    hostile(quickstart)
    for more in ([], ["--against", before, "--app", SALESFORCE]):
        assert _unclean(run("report", *more).out) == set()
    assert "\\u001b" in run("report", "--json").out


def _unclean(text: str) -> set[str]:
    """What a report holds that no name may bring into it."""
    return {one for one in ("\x1b", "\u202e", ESCAPED, "lsk_abcdef123") if one in text}


def test_the_report_says_what_a_stack_manages(
    quickstart: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    type = "pulumi-python:dynamic/lumos:AppStoreApp"
    resource: dict[str, Any] = {
        "type": type,
        "urn": f"urn:pulumi:prod::appstore::{type}::slack",
        "id": SLACK,
        "outputs": {"app_id": SLACK},
    }
    state = tmp_path / "state.json"
    state.write_text(json.dumps({"deployment": {"resources": [resource]}}))
    rows = run("report", "--json", "--stack-export", str(state)).json["rows"]
    assert {row["app"] for row in rows} == {"Slack"}
    managed = {row["permission"]: row["managed_by"] for row in rows}
    assert managed[""] == "appstore/prod"
    assert managed["Guest channels"] == "elsewhere"
    state.write_text("{}")
    assert run("report", "--stack-export", str(state)).code == 3
