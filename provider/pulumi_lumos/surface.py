"""Where an error appears decides what it may advise: a command does not read a stack's settings."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Surface:
    """Where an error appears, with the words that are true there: what is read, what can be run.

    `authenticate` says how to give a token, `stale` where an old one may come from. `giver`
    is what gives the values of a request, `rights` what to do about a token without the right.
    `again` is what to run after a failure, `refreshed` what to run when Lumos has changed. The
    other fields name settings as they are read there.
    """

    authenticate: str
    stale: str
    giver: str
    rights: str
    again: str
    refreshed: str
    server_url: str
    deadline: str
    max_concurrency: str


STORED_IN_PLAIN_TEXT = (
    "lumos:accessToken is stored in plain text in this stack's configuration; make it a secret: "
    "pulumi config set --secret lumos:accessToken"
)
IN_A_STACK = Surface(
    authenticate=(
        "`pulumi config set --secret lumos:accessToken` or `export LUMOS_ACCESS_TOKEN=<the token>`"
    ),
    stale=(
        "; `pulumi refresh` and `pulumi destroy` use the token saved in the state at the last `up`,"
        " unless they are given `--run-program`"
    ),
    giver="program",
    rights="use one of a Lumos administrator who may change this app",
    again="`pulumi up`",
    refreshed="`pulumi up --refresh`",
    server_url="`lumos:serverUrl`",
    deadline="`lumos:deadline`",
    max_concurrency="`lumos:maxConcurrency`",
)
"""A program of Pulumi and the engine that runs it: they read the stack and the environment."""

IN_AN_EXPLICIT_PROVIDER = replace(
    IN_A_STACK,
    authenticate=(
        "the `accessToken` of this provider (`access_token` in Python) or "
        "`export LUMOS_ACCESS_TOKEN=<the token>`"
    ),
    server_url="`serverUrl` of its provider (`server_url` in Python)",
    deadline="`deadline` of its provider",
    max_concurrency="`maxConcurrency` of its provider (`max_concurrency` in Python)",
)
"""A provider that a program makes itself, as for a second tenant: it reads no stack's settings."""

ON_THE_COMMAND_LINE = Surface(
    authenticate="`export LUMOS_ACCESS_TOKEN=<the token>`",
    stale="",
    giver="command",
    rights="use one of a Lumos administrator who may change this app",
    again="the command",
    refreshed="the command again",
    server_url="`LUMOS_SERVER_URL`",
    deadline="`LUMOS_DEADLINE`",
    max_concurrency="`LUMOS_MAX_CONCURRENCY`",
)
"""The commands of `pulumi-lumos`, which read the environment alone."""

IN_A_PROGRAM = Surface(
    authenticate="the settings of the program or `export LUMOS_ACCESS_TOKEN=<the token>`",
    stale="",
    giver="program",
    rights="use one of somebody whom Lumos allows this",
    again="it again",
    refreshed="it again",
    server_url="`server_url`",
    deadline="`deadline_seconds`",
    max_concurrency="`max_concurrency`",
)
"""A program that uses `pulumi_lumos.access`, and gives the settings itself."""
