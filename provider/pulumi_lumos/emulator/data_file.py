"""The file that keeps all tenants over a restart."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from . import saved_state

States: TypeAlias = "Mapping[str, dict[str, Any]]"
Tokens: TypeAlias = "Mapping[str, Sequence[Any]]"


class DataFile:
    """Keeps the tenants of one emulator in a file that only its owner may read.

    `trouble` says why the last save failed, and is empty after one that worked. The file is
    replaced in one step, so a save that fails leaves the last good one behind.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble = ""

    def load(self) -> tuple[States, Tokens]:
        """Load the state of each tenant and the tokens of people; none without a file.

        ValueError when the file is unusable.
        """
        if not self.path.exists():
            return {}, {}
        data = json.loads(self.path.read_text())
        if not isinstance(data, dict) or not isinstance(data.get("tenants"), dict):
            raise ValueError("it does not hold the tenants of an emulator")
        states = {key: saved_state.complete(state) for key, state in data["tenants"].items()}
        return states, data.get("tokens", {})

    def save(self, states: States, tokens: Tokens) -> bool:
        """Write all tenants; say once on standard error when that begins to fail.

        A full disk is the usual reason, and it may be freed: the caller tries again.
        """
        try:
            self.write(states, tokens)
        except OSError as error:
            if not self.trouble:
                reason = error.strerror or type(error).__name__
                self.trouble = f"The data file {self.path} cannot be saved ({reason})."
                _say(f"{self.trouble} The emulator tries again, and refuses writes until it can.")
            return False
        if self.trouble:
            self.trouble = ""
            _say(f"The data file {self.path} is saved again.")
        return True

    def write(self, states: States, tokens: Tokens) -> None:
        """Write all tenants, or raise OSError and leave the file as it was."""
        unfinished = self.path.with_name(self.path.name + ".new")
        # Never write to a file that a killed emulator has left, or that somebody has put there.
        unfinished.unlink(missing_ok=True)
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                json.dump({"tenants": states, "tokens": tokens}, file)
            os.replace(unfinished, self.path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - what a server says is on stderr
