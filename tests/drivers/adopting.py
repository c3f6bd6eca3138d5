"""Runs an exported program as the engine does: lookups by Lumos, resources by the dynamic host."""

from __future__ import annotations

import contextvars
import runpy
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pulumi
from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi.runtime.rpc import unwrap_rpc_secret
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.export.references import LOOKUPS
from pulumi_lumos.hosts.marks import PREVIEW_MARK
from pulumi_lumos.hosts.names import function_token
from pulumi_lumos.lookups.reading import Lookups

from .dynamic_host import DynamicHost

Values = dict[str, Any]

FUNCTIONS = {function_token(kind.function): kind for kind in LOOKUPS.values()}


class Made(NamedTuple):
    """One resource as the engine has it after `up`."""

    kind: str
    name: str
    id: str
    inputs: Values
    state: Values


class Engine(pulumi.runtime.Mocks):
    """In place of the engine: asks the real host and the emulator."""

    def __init__(self, host: DynamicHost, client: LumosClient) -> None:
        self._host = host
        self._lookups = Lookups(client)
        self.made: list[Made] = []

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        return self._lookups.get_answer(FUNCTIONS[args.token], args.args)

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Any]:
        if not args.typ.startswith("pulumi-python:dynamic"):
            return "", {}
        kind = args.typ.rsplit(":", 1)[1]
        given = {
            name: unwrap_rpc_secret(v)
            for name, v in args.inputs.items()
            if v is not None and name != PROVIDER_KEY
        }
        checked = self._host.check(kind, {}, {**given, PREVIEW_MARK: True}, args.name)
        assert checked.failures == {}, (args.name, given)
        id, state = self._host.create(kind, checked.inputs, args.name)
        self.made.append(Made(kind, args.name, id, checked.inputs, state))
        return id, state


def run(folder: Path, engine: pulumi.runtime.Mocks, config: Values | None = None) -> None:
    """Run the program in a folder, whose modules are forgotten afterwards.

    `config` is the configuration of its stack, by the names that the program has for it.
    """

    def program() -> None:
        runpy.run_path(str(folder / "__main__.py"))

    def in_folder() -> None:
        pulumi.runtime.set_mocks(engine)
        project = pulumi.get_project()
        for name, value in (config or {}).items():
            pulumi.runtime.set_config(f"{project}:{name}", value)
        pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]

    sys.path.insert(0, str(folder))
    try:
        contextvars.copy_context().run(in_folder)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.split(".")[0] == "apps"]:
            del sys.modules[name]
