"""Whatever a tenant holds: after an import by the file, its exported program shows no change."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pulumi
from google.protobuf.json_format import MessageToDict
from hypothesis import given
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.export.import_file import IMPORT_FILE
from pulumi_lumos.export.program import export
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.lookups.reading import Lookups

from ..drivers.adopting import FUNCTIONS, run
from ..drivers.served import Driver, configured
from .tenants import fill, opened, some_tenants, tenants

Values = dict[str, Any]

TYPE = "lumos:index:"


class Imported(NamedTuple):
    """One resource as the engine has it after `pulumi import`."""

    id: str
    state: Values
    inputs: Values


class Previewing(pulumi.runtime.Mocks):
    """In place of the engine, in the preview after an import: nothing of the program differs."""

    def __init__(
        self, driver: Driver, client: LumosClient, known: dict[tuple[str, str], Imported]
    ) -> None:
        self._driver = driver
        self._lookups = Lookups(client)
        self._known = known
        self.declared: set[tuple[str, str]] = set()
        self.differing: list[Any] = []

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        return self._lookups.get_answer(FUNCTIONS[args.token], args.args)

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Any]:
        kind = args.typ.removeprefix(TYPE)
        if kind == args.typ:
            return "", {}
        self.declared.add((kind, args.name))
        one = self._known[kind, args.name]
        given = {name: value for name, value in args.inputs.items() if value is not None}
        checked = self._driver.checked(kind, given, one.inputs, args.name)
        new = MessageToDict(checked.inputs)
        diff = self._driver.diff(kind, one.id, one.state, one.inputs, new, args.name)
        if checked.failures or diff.changes != diff.DIFF_NONE or new != one.inputs:
            self.differing.append((args.name, checked.failures, diff, one.inputs, new))
        return one.id, one.state


@some_tenants
@given(drawn=tenants)
def test_any_tenant_is_imported_as_it_is(emulator: EmulatorProcess, drawn: Values) -> None:
    with opened(emulator) as (tenant, client, folder):
        fill(tenant, drawn)
        before = tenant.state()
        tenant.forget_requests()
        export(client, Lookups(client).search(APP), folder, import_file=True)
        with configured(tenant) as driver:
            known = {key: read(driver, *key, id) for key, id in listed(folder).items()}
        with configured(tenant) as driver, patch.dict(os.environ, LUMOS_HOST="packaged"):
            engine = Previewing(driver, client, known)
            run(folder, engine)
        assert engine.differing == []
        assert engine.declared == known.keys()
        assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
        assert tenant.state() == before


def listed(folder: Path) -> dict[tuple[str, str], str]:
    """The id of each resource of the import file, by kind and name."""
    resources = json.loads((folder / IMPORT_FILE).read_text(encoding="utf-8"))["resources"]
    return {(one["type"].removeprefix(TYPE), one["name"]): one["id"] for one in resources}


def read(driver: Driver, kind: str, name: str, id: str) -> Imported:
    """What `pulumi import` records of an object: what the read gives, as the check leaves it."""
    state, inputs = driver.read(kind, id, name)
    checked = driver.checked(kind, inputs, inputs, name)
    assert not checked.failures
    return Imported(id, state, MessageToDict(checked.inputs))
