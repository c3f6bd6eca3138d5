"""The settings of one provider: of the stack, or of a provider that a program makes itself."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

from google.protobuf import struct_pb2

from pulumi_lumos.config import TOKEN, Settings
from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.hosts.chosen import HOST_SETTING, HOST_VARIABLE, PACKAGED_HOST
from pulumi_lumos.hosts.misspelt import KEYS, misspelt, misspelt_in_stack
from pulumi_lumos.surface import IN_A_STACK, IN_AN_EXPLICIT_PROVIDER, STORED_IN_PLAIN_TEXT, Surface
from pulumi_lumos.urns import name_of

from .properties import Properties, read

NO_TYPES = Properties({})
"""A setting is read as it is given: a text, or what the engine makes of one."""
DEFAULT = re.compile(r"default(_\d+_\d+_\d+(_.*)?|_[\w.]+_/.*)?")
"""What the engine calls the default provider of a stack, with its version and its download URL.

Of a URL such as `https://a.example`, it makes `https_/a.example` (pulumi: `DefaultName` of
`pkg/resource/deploy/providers/provider.go`). A program may call its own provider `default_eu`.
"""


class ProviderSettings:
    """What a provider is given, before it is known whether that can be used.

    `urn` tells the default provider of a stack, which reads its configuration, from one that a
    program makes.
    """

    def __init__(self, urn: str, given: struct_pb2.Struct) -> None:
        self._is_default = bool(DEFAULT.fullmatch(name_of(urn)))
        found = read(NO_TYPES, given)
        self._values = found.values
        self._secret = found.secret

    @property
    def surface(self) -> Surface:
        """Where errors appear."""
        return IN_A_STACK if self._is_default else IN_AN_EXPLICIT_PROVIDER

    @property
    def is_of_python(self) -> bool:
        """Whether a Python program has chosen this host, so that texts are spelled for it."""
        return PACKAGED_HOST in (self._values.get(HOST_SETTING), os.environ.get(HOST_VARIABLE))

    def load(self) -> Settings:
        """Read the settings; raise ConfigError."""
        return Settings.load(self._find, os.environ, self.surface)

    def problems(self) -> list[Problem]:
        """Find everything wrong, each with the setting that it is about."""
        find = misspelt_in_stack if self._is_default else misspelt
        return [*find(self._values), *self._unusable()]

    def _find(self, key: str) -> str | None:
        value = self._values.get(key)
        return None if value is None else _as_text(value)

    @property
    def plain_token(self) -> str | None:
        """What to do about a token that is no secret; the engine says so only to `Configure`."""
        if self._values.get(TOKEN) in (None, UNKNOWN) or TOKEN in self._secret:
            return None
        if not self._is_default:
            return "the access token is plain text, which the state would show; give a secret"
        return STORED_IN_PLAIN_TEXT

    def _unusable(self) -> Iterator[Problem]:
        given: Callable[[str], str | None] = self._find
        for key, setting in KEYS.items():
            if self._values.get(key) is not UNKNOWN:
                mistake = setting.read(given, os.environ, self.surface).mistake
                if mistake:
                    yield key, mistake.removeprefix(f"lumos:{key} ")


def is_changed(old: struct_pb2.Struct, new: struct_pb2.Struct) -> bool:
    """Whether the settings of a provider differ; its objects stay managed either way."""
    return _settings(old) != _settings(new)


def _settings(given: struct_pb2.Struct) -> Values:
    return {name: value for name, value in read(NO_TYPES, given).values.items() if name in KEYS}


def _as_text(value: Any) -> str:
    """A setting as the configuration of a stack writes it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
