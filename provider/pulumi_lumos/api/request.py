"""One request: what is sent, and what may be printed of the answer to it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pulumi_lumos.printable import printable

from .echoes import HIDDEN, Echoes, leaves
from .errors import Unsendable

Query = Mapping[str, "str | bool | int | list[str]"]
_MAX_DETAIL = 500
_MAX_READ = 20 * _MAX_DETAIL


@dataclass(frozen=True)
class Request:
    """One request. Its `repr`, which tracebacks may show, holds no token and no values."""

    method: str
    path: str
    token: str = field(repr=False)
    query: Query | None = field(default=None, repr=False)
    body: Any = field(default=None, repr=False)
    has_secrets: bool = True

    @property
    def changes_something(self) -> bool:
        return self.method != "GET"

    def content(self) -> bytes | None:
        """The body as JSON; None where there is none. Raises Unsendable, for the query too."""
        try:
            for _, value in leaves(self.query or {}):
                str(value).encode()
            if self.body is None:
                return None
            dumped = json.dumps(
                self.body, ensure_ascii=False, allow_nan=False, separators=(",", ":")
            )
            return dumped.encode()
        except ValueError:
            raise self._unsendable() from None

    def too_long(self) -> Unsendable:
        """The error for an address beyond all measure."""
        texts = [(len(value), at) for at, value in leaves(self.query) if isinstance(value, str)]
        length, at = max(texts, default=(len(self.path), "the path"))
        return Unsendable(
            f"{self.method} {self.path[:100]} cannot be sent: {at} has {length:,} characters, more"
            " than an address can hold. Give a shorter text."
        )

    def clean(self, text: str) -> str:
        """Text of an answer, made fit for people: short, on one line, and without secrets.

        Lumos may repeat what it was sent. Any of that may be a secret of the program, and Pulumi
        does not tell a dynamic provider which (`acceptSecrets` is off), so none of it is shown
        unless the request says that it has no secrets but the token.
        """
        text = text[:_MAX_READ].replace(self.token, HIDDEN)
        text = printable(self._echoes.hide(text) if self.has_secrets else text)
        return text if len(text) <= _MAX_DETAIL else f"{text[:_MAX_DETAIL]}..."

    @cached_property
    def _echoes(self) -> Echoes:
        return Echoes(self.query, self.body)

    def _unsendable(self) -> Unsendable:
        sent = [*leaves(self.query), *leaves(self.body)]
        at = next((at for at, value in sent if not _is_sendable(value)), "a name in its body")
        return Unsendable(
            f"{self.method} {self.path} cannot be sent: {at} holds half of a character (a lone"
            " surrogate) or a number that is not finite. Correct it."
        )


def _is_sendable(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True
