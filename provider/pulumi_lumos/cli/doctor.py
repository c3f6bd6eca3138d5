"""`pulumi-lumos doctor`: is everything in order, and what to do where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from pulumi_lumos.hosts.dynamic.state_file import UnreadableState

from .diagnosis import Check, of_lumos, of_this_machine
from .exit_codes import Exit
from .files import read_text
from .output import Json, fail, print_json, say
from .table import print_table

State = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Check only the recorded providers in the output of `pulumi stack export`; "
        "- reads standard input.",
    ),
]
Trust = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TYPE",
        help="With --state: a resource type of another package that you vouch for; may be "
        "repeated.",
    ),
]


def doctor(state: State = None, trust: Trust = None, json: Json = False) -> None:
    """Check the token, its rights, the API and the Pulumi side; or, with --state, a state."""
    if state is not None:
        checks = _of_state(state, frozenset(trust or ()))
    elif trust:
        fail("--trust goes with --state.", Exit.MISUSE)
    else:
        checks = [*of_this_machine(), *of_lumos()]
    well = all(check.well for check in checks)
    if json:
        print_json({"well": well, "checks": [check._asdict() for check in checks]})
    else:
        print_table(("", "check", "found", "what to do"), (check.row for check in checks))
        say("Everything is in order." if well else "Something is not in order, see above.")
    raise typer.Exit(Exit.WELL if well else Exit.FOUND)


def _of_state(source: str, trusted_types: frozenset[str]) -> Sequence[Check]:
    """What the providers recorded in a state are, without ever loading one."""
    # It loads Pulumi, which no other command needs.
    from pulumi_lumos.hosts.dynamic.recorded import untrusted

    try:
        count, found = untrusted(read_text(source, "state"), trusted_types)
    except UnreadableState as error:
        fail(f"The state {source} cannot be checked: {error}.")
    if not found:
        told = f"as published: {count} of {count}" if count else "none"
        return [Check("recorded providers", True, told)]
    advice = (
        "Do not run pulumi on this state: it would run the recorded code. Restore a trusted "
        "copy, or remove the resource from the exported file and import that."
    )
    return [Check(f"provider of {one.urn}", False, one.reason, advice) for one in found]
