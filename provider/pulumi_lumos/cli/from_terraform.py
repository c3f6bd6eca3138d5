"""`pulumi-lumos export --from-terraform`: the state it reads, and what it says in the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.export.choice import AnotherLumos
from pulumi_lumos.export.migration import ADDRESSES, Migration, migrate
from pulumi_lumos.export.terraform_state import TerraformState, UnusableState, read_state
from pulumi_lumos.lookups.people import Track
from pulumi_lumos.plurals import plural

from .files import read_text
from .output import fail, say


def open_state(source: str) -> TerraformState:
    """Read the state of a file, or of standard input as `-`; end the command if it is unusable."""
    text = read_text(source, "Terraform state")
    try:
        return read_state(text, "on standard input" if source == "-" else source)
    except UnusableState as error:
        fail(str(error))


def run_migration(
    client: LumosClient,
    state: TerraformState,
    apps: Sequence[Values],
    folder: Path,
    resume: bool,
    track: Track[Any],
) -> Migration:
    """Write the program; end the command if the objects are in another Lumos."""
    try:
        return migrate(client, state, apps, folder, resume=resume, track=track)
    except AnotherLumos as error:
        fail(str(error))


def tell(state: TerraformState, migration: Migration) -> None:
    """Say what stays with Terraform, what to set, and how Terraform forgets the rest."""
    for one in migration.left_behind:
        say(f"Not exported: {one.address}: {one.reason}.")
    if migration.to_set:
        say(
            "Before `pulumi preview`, give the stack the secrets that Terraform has and Lumos "
            "never answers. Put the values of Terraform in place of each ..., and leave out the "
            "names that it does not give:"
        )
        for setting in migration.to_set:
            say(setting.command)
    if state.data_sources or state.other_providers:
        sources = plural(state.data_sources, "data source")
        others = plural(state.other_providers, "object")
        say(f"Ignored: {sources} of Lumos and {others} of other providers.")
    if migration.adopted:
        say(f"Last, after `pulumi up`: `terraform state rm` what {ADDRESSES} lists.")


def report(state: TerraformState, migration: Migration) -> Values:
    """Return what `tell` says, as data for other programs."""
    return {
        "adopted": [
            {"address": one.address, "kind": one.kind, "id": one.id} for one in migration.adopted
        ],
        "to_set": [
            {**one._asdict(), "secret": True, "command": one.command} for one in migration.to_set
        ],
        "left_behind": [one._asdict() for one in migration.left_behind],
        "data_sources": state.data_sources,
        "other_providers": state.other_providers,
    }
