"""The reference pages describe everything that a state holds, as the real dynamic host gives it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import SECRETS_MARK
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.tenancy import TENANT

from tools.reference.__main__ import FOLDER, pages
from tools.reference.lists import file_name

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import host
from ..drivers.forked_host import ForkedHost
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS, make_room, samples

__all__ = ["host"]


@pytest.fixture
def host_of() -> type[DynamicHost]:
    """The pages show what the dynamic host keeps; the packaged one has a schema of its own."""
    return ForkedHost


SALES, OKTA = seed_ids.SALESFORCE_APP_ID, seed_ids.OKTA_APP_ID
SECRET_PATHS = ["name", "label", "justification", "provisioning", "request_config"]
NAME = re.compile(r"^(?:\| |- )`(\w+)`", re.M)


def described(kind: str) -> tuple[set[str], set[str]]:
    """The outputs that a page describes: those for programs, and those for the resource alone."""
    page = pages()[FOLDER / f"{file_name(kind)}.md"]
    section = page.partition("## Outputs")[2].partition("\n## ")[0]
    for_programs, _, remembered = section.partition("The state may hold more")
    return set(NAME.findall(for_programs)), set(NAME.findall(remembered))


@pytest.mark.parametrize("kind", KINDS)
def test_every_output_of_a_state_is_described(kind: str, tenant: Tenant, host: DynamicHost) -> None:
    spec: Any = kinds()[kind].spec
    for_programs, remembered = described(kind)
    make_room(tenant, kind)
    _, made = host.create(kind, samples(kind)[0], name="made")
    assert set(made) - set(spec.fields) <= for_programs | {TENANT}
    given = FACTS[kind].adopted(tenant)
    said = host.check(kind, {}, {**given, SECRETS_MARK: SECRET_PATHS}, "taken")
    assert said.failures == {} and SECRETS_MARK not in said.inputs
    _, taken = host.create(kind, given, name="taken")
    assert set(taken) - set(spec.fields) - for_programs == remembered
    assert {"id", "group_ids"} <= for_programs
