"""Names that are formulas, mentions, markup or scripts, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SLACK, Keep
from .hostile_texts import FORMULA, MENTION, hostile


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
    assert labels >= {f"'{FORMULA}", f"'{MENTION}", "a b [31m"}
    assert {line["decision"] for line in lines} == {""}
    assert "\r\n" in text
    assert "\x1b" not in text


def test_a_comment_mentions_nobody_and_keeps_its_shape(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    hostile(quickstart)
    text = run("report", "--markdown", "--against", before, "--stack", "acme/prod -->").out
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


def test_a_page_holds_names_as_text_alone(quickstart: Tenant, run: RunCommand) -> None:
    hostile(quickstart)
    text = run("report", "--html").out
    assert "&lt;/script&gt;&lt;script&gt;alert(1)//" in text
    assert text.count("<script>") == text.count("</script>") == 1
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_terminal_is_steered_by_no_name(quickstart: Tenant, run: RunCommand) -> None:
    hostile(quickstart)
    found = run("report")
    assert "\x1b" not in found.out
    assert "\u202e" not in found.out
    assert "\\u001b" in run("report", "--json").out


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
