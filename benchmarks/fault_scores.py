"""How the vendor's Terraform provider ends under the faults of a POST, beside pulumi-lumos.

    python -m benchmarks.fault_scores FOLDER_OF_THE_PROVIDER

Each makes one permission while the POST goes wrong, then runs a second time without the fault.
Two are right where they end with one permission and no difference.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

import httpx
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from . import programs
from .engines import Failed, Pulumi, Terraform

PERMISSIONS = "/appstore/requestable_permissions"
AFTER: dict[str, Any] = {"when": "after"}
FAULTS: dict[str, dict[str, Any]] = {
    "429 with Retry-After: 1": {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}},
    "502, not carried out": {"kind": "status", "status": 502},
    "502, carried out": {"kind": "status", "status": 502, **AFTER},
    "503, carried out": {"kind": "status", "status": 503, **AFTER},
    "connection reset, carried out": {"kind": "reset", **AFTER},
    "half an answer": {"kind": "truncate"},
    "a web page with status 200": {
        "kind": "body",
        "status": 200,
        "body_text": "<html>oops</html>",
        "content_type": "text/html",
    },
    "an empty object": {"kind": "body", "body_text": "{}"},
    "no answer for 45 s, carried out": {"kind": "stall", "seconds": 45, **AFTER},
}


def main(provider: Path) -> None:
    """Print a table with a row for each fault."""
    print("| Fault of the POST | pulumi-lumos | Terraform |\n|---|---|---|")
    with EmulatorProcess() as emulator:
        for name, fault in FAULTS.items():
            ends = [_end(emulator.url, engine, fault, provider) for engine in ("ours", "theirs")]
            print(f"| {name} | {' | '.join(ends)} |", flush=True)


def _end(url: str, engine: str, fault: dict[str, Any], provider: Path) -> str:
    token = f"lsk_{uuid.uuid4().hex}"
    lumos = {"LUMOS_SERVER_URL": url, "LUMOS_ACCESS_TOKEN": token}
    with (
        httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}) as http,
        tempfile.TemporaryDirectory() as folder,
    ):
        run: Pulumi | Terraform
        if engine == "ours":
            run = Pulumi(Path(folder), programs.ours, 1, **lumos)
        else:
            run = Terraform(Path(folder), programs.terraform, 1, provider, **lumos)
        once = {"method": "POST", "path": f"^{PERMISSIONS}$", "nth": [1], **fault}
        http.post("/_emulator/faults", json=once).raise_for_status()
        first = _outcome(run)
        http.delete("/_emulator/faults")
        second = _outcome(run)
        listed = http.get(PERMISSIONS, params={"app_id": seed_ids.SALESFORCE_APP_ID}).json()
        there = listed["total"]
    made = "1 permission" if there == 1 else f"**{there} permissions**"
    return f"{first}, then {second}: {made}"


def _outcome(run: Pulumi | Terraform) -> str:
    with contextlib.suppress(Failed):
        run.step("create")
        return "succeeds"
    return "fails"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
