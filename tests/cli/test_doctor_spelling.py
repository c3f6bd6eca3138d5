"""The doctor passes no state that Pulumi reads otherwise than Python does.

Pulumi is written in Go: it takes a key for a field in any case, and merges a key that stands twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..drivers.command import RunCommand
from ..drivers.workspace import Workspace
from ..laws.promises import PROVIDERS, TYPE_TOKENS
from .recorded_states import resource

KIND = "AppStoreApp"
EVIL = "QSBwcm92aWRlciBvZiBzb21lYm9keSBlbHNl"
STACK = "urn:pulumi:dev::appstore::pulumi:pulumi:Stack::appstore-dev"
HOST = "urn:pulumi:dev::appstore::pulumi:providers:pulumi-python::default"
HOST_ID = "7a1c7a3e-0000-4000-8000-000000000000"
AROUND = (
    {"urn": STACK, "custom": False, "type": "pulumi:pulumi:Stack"},
    {"urn": HOST, "custom": True, "type": "pulumi:providers:pulumi-python", "id": HOST_ID},
)


def text_of(
    one: dict[str, Any], *, providers: dict[str, str] | None = None, before: str = ""
) -> str:
    """A state with one resource; `before` is text at the start of its deployment."""
    made = {
        **one,
        **(providers or {}),
        "custom": True,
        "id": "a1",
        "provider": f"{HOST}::{HOST_ID}",
    }
    resources = json.dumps([*AROUND, made])
    return f'{{"version": 3, "deployment": {{{before}"resources": {resources}}}}}'


GOOD = resource(KIND)
BAD = resource(KIND, inputs={"__provider": EVIL})
ELSE = json.dumps({"__provider": EVIL})


def with_(field: str) -> str:
    """A resource that looks good and has one more field in front, which records a provider."""
    kept = {} if field.lower() not in ("inputs", "outputs") else {field.lower(): {"label": "x"}}
    return text_of(resource(KIND, **kept)).replace(
        '"inputs": {', f'"{field}": {ELSE}, "inputs": {{', 1
    )


def operations(name: str) -> str:
    return f'"{name}": [{{"type": "creating", "resource": {json.dumps(BAD)}}}], '


READ = {
    "inputs": text_of(BAD),
    "Resources": text_of(BAD).replace('"resources"', '"Resources"'),
    "a long s": text_of(BAD).replace('"resources"', '"re\u017fources"'),
    "an escaped name": text_of(BAD).replace('"resources"', '"\\u0072esources"'),
    "Inputs": text_of(BAD).replace('"inputs"', '"Inputs"'),
    "OUTPUTS": with_("OUTPUTS"),
    "doubled inputs": with_("inputs"),
    "doubled outputs": with_("outputs"),
    "doubled resources": text_of(BAD, before='"resources": [], '),
    "a second Deployment": text_of(GOOD)[:-1]
    + text_of(BAD)[len('{"version": 3') :].replace('"deployment"', '"Deployment"'),
    "a second deployment": text_of(GOOD)[:-1] + text_of(BAD)[len('{"version": 3') :],
}
"""States whose bad provider Pulumi reads."""
NOT_READ = {
    "olds": with_("olds"),
    "defaults": with_("defaults"),
    "pendingOperations": text_of(GOOD, before=operations("pendingOperations")),
    "a nested deployment": text_of(
        GOOD, before='"deployment": {"resources": [' + json.dumps(BAD) + "]}, "
    ),
}
"""States in which a release of Pulumi might look for one some day."""


@pytest.mark.parametrize("spelling", [*READ, *NOT_READ])
def test_no_spelling_hides_a_provider(run: RunCommand, spelling: str) -> None:
    done = run("doctor", "--state", "-", stdin={**READ, **NOT_READ}[spelling])
    assert done.code in (1, 3), done.out
    assert "in order.\n" not in done.out.replace("not in order", "")


@pytest.mark.parametrize(
    ("spelling", "reason"),
    [
        ("Resources", "it has the key 'Resources', which Pulumi reads as 'resources'"),
        ("doubled outputs", "one of its objects has the key 'outputs' twice"),
        ("a second Deployment", "it has the key 'Deployment', which Pulumi reads as 'deployment'"),
    ],
)
def test_a_refused_spelling_is_reported(run: RunCommand, spelling: str, reason: str) -> None:
    done = run("doctor", "--state", "-", stdin=READ[spelling])
    assert (done.code, done.out) == (3, "")
    assert done.errors == f"The state - cannot be checked: {reason}.\n"


def test_a_provider_that_pulumi_does_not_read_is_reported(run: RunCommand) -> None:
    done = run("doctor", "--state", "-", "--json", stdin=NOT_READ["olds"])
    assert [check["found"] for check in done.json["checks"]] == [
        "it is recorded in a place of the file where Pulumi records none"
    ]


def test_keys_of_other_resources_may_be_as_they_like(run: RunCommand) -> None:
    """Within the inputs of a resource the case of a key counts, for Pulumi too."""
    tags = {"Name": "a", "name": "b", "Resources": [], "resources": []}
    other = {"urn": "urn:x", "type": "aws:s3:Bucket", "inputs": {**tags, "tags": tags}}
    assert run("doctor", "--state", "-", stdin=text_of(other)).code == 0
    assert run("doctor", "--state", "-", stdin=text_of(GOOD)).code == 0


@pytest.fixture
def as_pulumi_reads(tmp_path: Path, pulumi_folder: str) -> Callable[[str], str]:
    """Gives a state as Pulumi understands it: imported, then exported."""
    workspace = Workspace(tmp_path / "appstore", pulumi_folder)
    workspace.program.mkdir()
    (workspace.program / "Pulumi.yaml").write_text("name: appstore\nruntime: python\n")
    workspace.run("pulumi", "stack", "init", "dev")
    file = workspace.program / "state.json"

    def read(text: str) -> str:
        file.write_text(text, encoding="utf-8")
        workspace.run("pulumi", "stack", "import", "--force", "--file", str(file))
        return workspace.run("pulumi", "stack", "export")

    return read


@pytest.mark.slow
@pytest.mark.engine
def test_pulumi_reads_these_spellings_and_not_the_others(
    as_pulumi_reads: Callable[[str], str],
) -> None:
    read = {name: EVIL in as_pulumi_reads(text) for name, text in {**READ, **NOT_READ}.items()}
    assert read == {**dict.fromkeys(READ, True), **dict.fromkeys(NOT_READ, False)}
    good = as_pulumi_reads(text_of(GOOD))
    assert re.findall('"__provider": "(.+)"', good) == [PROVIDERS[KIND]] * 2
    assert TYPE_TOKENS[KIND] in good
