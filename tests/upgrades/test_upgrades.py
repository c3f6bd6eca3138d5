"""Stacks of every release so far, under the present code."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.kinds import kinds

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from .recording import Recording, recordings

UNRELEASED = {"AccessPolicy", "App"}
"""The kinds that no release has yet; recording one empties this."""

every_release = pytest.mark.parametrize(
    "recording", recordings(), ids=lambda recording: recording.version
)


@contextmanager
def stack_of(recording: Recording, folder: Path, pulumi_folder: str) -> Iterator[Stack]:
    """The stack as the release has left it, with the Lumos of that time."""
    with (
        EmulatorProcess(seed=recording.tenant) as emulator,
        closing(Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")) as tenant,
    ):
        stack = Stack(folder, pulumi_folder, tenant)
        stack.program(recording.program)
        stack.pulumi("stack", "import", "--file", str(recording.state))
        yield stack


@pytest.mark.slow
@pytest.mark.engine
@every_release
def test_the_stack_of_a_release_has_no_changes_and_can_be_destroyed(
    recording: Recording, tmp_path: Path, pulumi_folder: str
) -> None:
    with stack_of(recording, tmp_path, pulumi_folder) as stack:
        stack.preview("--expect-no-changes")
        assert stack.tenant.requests() == []
        stack.preview("--refresh", "--expect-no-changes")
        stack.destroy()
        assert stack.resources() == []


@pytest.mark.slow
@pytest.mark.engine
@every_release
def test_the_stack_of_a_release_moves_to_the_packaged_host_without_a_change(
    recording: Recording, tmp_path: Path, pulumi_folder: str
) -> None:
    with stack_of(recording, tmp_path, pulumi_folder) as stack:
        stack.use_packaged_host()
        stack.preview("--expect-no-changes")
        stack.up()
        assert stack.tenant.requests("POST", "PATCH", "DELETE") == []
        assert all(one["type"].startswith("lumos:index:") for one in stack.resources())
        stack.preview("--refresh", "--expect-no-changes")
        stack.destroy()
        assert stack.resources() == []


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("refreshed", [False, True], ids=["moved", "refreshed"])
@every_release
def test_the_stack_of_a_release_comes_back_from_the_packaged_host_without_a_change(
    recording: Recording, refreshed: bool, tmp_path: Path, pulumi_folder: str
) -> None:
    with stack_of(recording, tmp_path, pulumi_folder) as stack:
        recorded = {one["urn"]: one["id"] for one in stack.resources()}
        stack.use_packaged_host()
        stack.up()
        if refreshed:
            stack.refresh("--expect-no-changes")
        stack.use_dynamic_host()
        stack.up()
        assert {one["urn"]: one["id"] for one in stack.resources()} == recorded
        stack.preview("--expect-no-changes")
        stack.preview("--refresh", "--expect-no-changes")
        assert stack.tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
        stack.destroy()
        assert stack.resources() == []


def test_the_newest_recording_holds_every_kind_that_it_could() -> None:
    assert recordings()[-1].kinds == set(kinds()) - UNRELEASED
