"""Takes over from Terraform what the vendor's provider manages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.lookups.people import Track, untracked
from pulumi_lumos.lookups.reading import Lookups

from .asked import StackSetting, read_settings_to_give
from .choice import Choice, read_choice
from .folder import check_empty, write_file
from .kept import declared_in
from .program import Written, export
from .tenant import Ref, reading
from .terraform_state import LeftBehind, Managed, TerraformState

ADDRESSES = "terraform-addresses.txt"
"""The file, beside the program, that lists what Terraform should forget, an address a line."""
GONE_FROM_LUMOS = "Lumos no longer has it; `terraform apply -refresh-only` drops it from the state"
UNTOUCHED = (
    "the module {} was in the folder before and does not declare it; export into another folder, "
    "or delete that module first"
)
REFUSED = "this package cannot declare it as it is; a comment in the program says why"


class Migration(NamedTuple):
    """What the program takes over, what it does not, and the settings that its stack needs."""

    written: list[Written]
    adopted: list[Managed]
    left_behind: list[LeftBehind]
    to_set: list[StackSetting]


def migrate(
    client: LumosClient,
    state: TerraformState,
    apps: Sequence[Values],
    folder: Path,
    *,
    resume: bool = False,
    track: Track[Any] = untracked,
) -> Migration:
    """Write the program that adopts what Terraform manages, of some apps or of all.

    Raises AnotherLumos, NotEmpty, OSError and ApiError.
    """
    check_empty(folder, resume)
    app_ids = {str(app["id"]) for app in apps}
    managed = [one for one in state.managed if not apps or one.app_id in app_ids]
    choice = read_choice(client, managed, track)
    every = Lookups(client).search(APP)
    written = export(
        client, choice.apps, folder, beside=every, choice=choice, resume=resume, track=track
    )
    declared = {ref for one in written for ref in one.declared or ()}
    was_there = [one for one in written if one.declared is None]
    kept = _kept(was_there, choice)
    found = choice.found
    adopted = [one for one in managed if one.ref in declared | kept]
    gone = [LeftBehind(one.address, GONE_FROM_LUMOS) for one in managed if one.ref not in found]
    modules = {each.ref: one.path.name for one in was_there for each in choice.of(one.app_id)}
    reasons = {ref: UNTOUCHED.format(name) for ref, name in modules.items()}
    lacking = found.keys() - declared - kept
    refused = [
        LeftBehind(one.address, reasons.get(one.ref, REFUSED))
        for one in managed
        if one.ref in lacking
    ]
    _write_addresses(folder / ADDRESSES, state, adopted, refused)
    to_set = _to_set(client, managed, choice, written)
    return Migration(written, adopted, [*state.left_behind, *gone, *refused], to_set)


def _kept(was_there: Sequence[Written], choice: Choice) -> set[Ref]:
    """The chosen objects that modules declare which the folder already had."""
    return {
        ref
        for one in was_there
        for ref in declared_in(one.path.read_bytes(), choice.of(one.app_id))
    }


def _to_set(
    client: LumosClient, managed: Sequence[Managed], choice: Choice, written: Sequence[Written]
) -> list[StackSetting]:
    """The settings that all modules read, also those that an earlier run has written."""
    modules = [one.path.read_text(encoding="utf-8", errors="replace") for one in written]
    asked = read_settings_to_give(reading(client), managed, choice.found, choice.names)
    return [one for one in asked if any(f'("{one.key}")' in text for text in modules)]


def _write_addresses(
    path: Path,
    state: TerraformState,
    adopted: Sequence[Managed],
    refused: Sequence[LeftBehind],
) -> None:
    """List what Terraform should forget, also what an earlier run listed and the state still has.

    `terraform state rm` stops at an address that the state does not have.
    """
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    taken_over = {*text.splitlines(), *(one.address for one in adopted)}
    listed = taken_over - {one.address for one in refused}
    lines = [one.address for one in state.managed if one.address in listed]
    if not lines and not path.exists():
        return
    write_file(path, "".join(f"{line}\n" for line in lines))
