"""Hidden inputs: what the program tells `check`, and no state ever holds.

Pulumi's dynamic host knows neither whether a run is a preview nor which inputs are secrets: the
engine takes the marks of secrets off before it asks a provider. The program knows both.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from typing import Any

import pulumi

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.values.beside import Beside

from .mocks import is_preview, mocks

PREVIEW_MARK = "__preview"
"""The hidden input that says that this run is a preview."""
SECRETS_MARK = "__secrets"
"""The hidden input that names the secrets among the inputs."""


def marks(values: Values) -> Values:
    """The hidden inputs of a resource with these inputs; none where a program is tested."""
    if mocks() is not None:
        return {}
    outputs = [*_outputs(values, "")]
    found: Values = {SECRETS_MARK: _SecretPaths(outputs)} if outputs else {}
    return {PREVIEW_MARK: True, **found} if is_preview() else found


def take_marks(inputs: Values) -> tuple[bool, Beside]:
    """Take the hidden inputs out; return whether this is a preview, and the other facts."""
    preview = bool(inputs.pop(PREVIEW_MARK, False))
    return preview, Beside(secret=tuple(inputs.pop(SECRETS_MARK, ())))


class _SecretPaths:
    """Waits for some Outputs, and lists the paths of those that are secrets; None without any.

    Not a coroutine: one that is never waited for, after an error of the program, is a warning.
    """

    def __init__(self, outputs: list[tuple[str, pulumi.Output[Any]]]) -> None:
        self._outputs = outputs

    def __await__(self) -> Generator[Any, None, list[str] | None]:
        return self._found().__await__()

    async def _found(self) -> list[str] | None:
        are_secret = await asyncio.gather(*(output.is_secret() for _, output in self._outputs))
        named = zip(self._outputs, are_secret, strict=True)
        return sorted({path for (path, _), is_secret in named if is_secret}) or None


def _outputs(value: Any, at: str) -> Iterator[tuple[str, pulumi.Output[Any]]]:
    """The Outputs within a value, each with its property path; items of lists have none."""
    if isinstance(value, pulumi.Output):
        yield at, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _outputs(item, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for item in value:
            yield from _outputs(item, at)
