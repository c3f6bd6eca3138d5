"""Runs the Pulumi CLI as a person would, and knows from the engine's events what it did."""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

STACK_TYPE = "pulumi:pulumi:Stack"
STOP_WITHIN_SECONDS = 20

Steps = Mapping[str, set[str]]
"""The names of the resources behind each operation, as in {"update": {"admin"}}."""


class StepFailedError(Exception):
    """The demo cannot go on; the message says what was expected and what happened."""


class Engine:
    """The Pulumi CLI in the folder of a project, with everything it keeps in another folder."""

    def __init__(self, project: Path, home: Path, server_url: str, access_token: str) -> None:
        self._project = project
        self._events = home / "events.json"
        backend = home / "state"
        backend.mkdir()
        # Nothing of the user's own Pulumi or Lumos may get into the demo, nor the reverse.
        ours = ("PULUMI_", "LUMOS_")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        self._environment = inherited | {
            "LUMOS_ACCESS_TOKEN": access_token,
            "LUMOS_SERVER_URL": server_url,
            "NO_PROXY": "127.0.0.1",
            "PULUMI_BACKEND_URL": backend.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "a demo keeps no secrets",
            "PULUMI_DEBUG_COMMANDS": "true",  # or the CLI has no --event-log
            "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
            "PULUMI_HOME": str(home / "pulumi"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }

    def select(self, stack: str) -> None:
        """Make the stack that all further commands are about."""
        self._run("stack", "init", stack)

    def steps(self, *command: str) -> Steps:
        """Run a command that plans or changes resources; return what it did.

        Raises StepFailedError when the CLI fails. Its own output goes to the terminal.
        """
        self._events.unlink(missing_ok=True)
        self._run(*command, "--event-log", str(self._events), shown=command)
        found = defaultdict(set)
        for operation, name in self._operations():
            found[operation].add(name)
        return dict(found)

    def _operations(self) -> Iterator[tuple[str, str]]:
        for line in self._events.read_text(encoding="utf-8").splitlines():
            step: dict[str, Any] = json.loads(line).get("resourcePreEvent", {}).get("metadata", {})
            if step and step["type"] != STACK_TYPE and step["op"] not in ("same", "refresh"):
                yield step["op"], step["urn"].rpartition("::")[2]

    def _run(self, *command: str, shown: tuple[str, ...] = ()) -> None:
        spoken = " ".join(("pulumi", *(shown or command)))
        print(f"$ {spoken}", flush=True)
        # What rich reads too: where the output is kept, as in a recording, it may be coloured.
        colour = ("--color", "always") if os.environ.get("FORCE_COLOR") else ()
        process = subprocess.Popen(
            ["pulumi", *command, *colour],
            cwd=self._project,
            env=self._environment,
            stdin=subprocess.DEVNULL,
        )
        try:
            code = process.wait()
        except BaseException:
            # Asked to end, the CLI ends the processes that it has started.
            process.terminate()
            process.wait(STOP_WITHIN_SECONDS)
            raise
        if code != 0:
            raise StepFailedError(f"`{spoken}` failed with exit code {code}; its output is above.")
