"""What a program gives for a resource, before Pulumi takes it over."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import Any

import pulumi

from ..declare.spec import Problem, Values
from ..declare.unknown import UNKNOWN


class InvalidInputs(pulumi.RunError, ValueError):
    """A program gives a resource something that cannot be right.

    `problems` holds each mistake as (property path, sentence).
    """

    def __init__(self, kind: str, resource_name: str, problems: list[Problem]) -> None:
        where = _line_of_the_program()
        lines = "".join(f"\n  {path or kind}: {reason}" for path, reason in problems)
        super().__init__(f"{kind} {resource_name!r}{where} is not valid:{lines}")
        self.problems = problems


def plain(value: Any) -> Any:
    """A value as Pulumi takes it: mappings as dicts, sequences as lists, without None."""
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items() if item is not None}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [plain(item) for item in value]
    return value


def known(value: Any) -> Any:
    """A value as validation sees it: what another resource will give is unknown."""
    if isinstance(value, dict):
        return {name: known(item) for name, item in value.items()}
    if isinstance(value, list):
        return [known(item) for item in value]
    return UNKNOWN if isinstance(value, pulumi.Output) or inspect.isawaitable(value) else value


def refuse_plain_token() -> None:
    """A token set without --secret lies readable in the stack file and in the state."""
    key = "lumos:accessToken"
    if pulumi.runtime.get_config(key) and not pulumi.runtime.is_config_secret(key):
        raise pulumi.RunError(
            "lumos:accessToken is stored in plain text in this stack's configuration; "
            "make it a secret: pulumi config set --secret lumos:accessToken"
        )


def secret(values: Values, names: list[str]) -> Values:
    """The values with some marked as secrets for Pulumi."""
    return {
        name: pulumi.Output.secret(value) if name in names else value
        for name, value in values.items()
    }


def _line_of_the_program() -> str:
    package = __name__.split(".")[0]
    frame: FrameType | None = sys._getframe(1)
    while frame and frame.f_globals.get("__name__", "").split(".")[0] == package:
        frame = frame.f_back
    return f" ({os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno})" if frame else ""
