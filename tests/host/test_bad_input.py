"""Every mistake a program can make is named by its path, in the program and in the preview."""

from __future__ import annotations

from collections.abc import Iterator

import pulumi_lumos
import pytest
from pulumi.runtime import rpc
from pulumi_lumos import InvalidInputs
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from .bad_input import Values, every_case, lumos

__all__ = ["lumos"]


@pytest.fixture(scope="module")
def checking(lumos: Tenant, host_of: type[DynamicHost]) -> Iterator[DynamicHost]:
    """A host that is only asked to check, so that all cases can share it."""
    with host_of(settings_for(lumos)) as running:
        yield running


@every_case
def test_a_mistake_in_a_program_is_refused_where_it_is_made(
    resource: tuple[str, Values], paths: set[str]
) -> None:
    kind, given = resource
    with pytest.raises(InvalidInputs) as refused:
        getattr(pulumi_lumos, kind)("it", **given)
    assert {path for path, _ in refused.value.problems} == paths
    assert "test_bad_input.py" in str(refused.value)


def test_a_null_within_free_json_is_refused_and_never_left_out() -> None:
    """Pulumi keeps none, and a condition without one of its parts is another condition."""
    with pytest.raises(InvalidInputs) as refused:
        pulumi_lumos.AccessPolicy(
            "it",
            name="Sales",
            business_justification="Sales sells",
            apps=[{"id": seed_ids.SALESFORCE_APP_ID}],
            access_condition={"and": [{"department": None}], "city": None},
        )
    paths = {path for path, _ in refused.value.problems}
    assert paths == {"access_condition.and[0].department", "access_condition.city"}


@every_case
def test_a_mistake_that_comes_from_elsewhere_fails_the_check(
    resource: tuple[str, Values], paths: set[str], lumos: Tenant, checking: DynamicHost
) -> None:
    kind, given = resource
    lumos.forget_requests()
    assert set(checking.check(kind, {}, given).failures) == paths
    assert {request["method"] for request in lumos.requests()} <= {"GET"}


@every_case
def test_what_is_not_known_yet_is_no_mistake(
    resource: tuple[str, Values], paths: set[str], checking: DynamicHost
) -> None:
    kind, given = resource
    unknown = dict.fromkeys([*given, *_required(kind)], rpc.UNKNOWN)
    assert checking.check(kind, {}, unknown).failures == {}


def _required(kind: str) -> list[str]:
    fields = kinds()[kind].spec.fields
    return [name for name, field in fields.items() if field.required]
