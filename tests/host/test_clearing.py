"""What clearing a field sends is what Lumos has of an object that nobody has configured."""

from __future__ import annotations

import pytest

from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS
from .held import at, declared, same

MUST_BE_GIVEN = {
    "access_condition": "a policy is for somebody or for everyone",
    "category": "a custom app has one, and null brings back the first",
    "description": "a custom app has one, and null brings back the first",
}
"""Fields that an object has in any case, with the reason."""


@pytest.mark.parametrize("kind", KINDS)
def test_clearing_sends_the_value_of_an_object_that_nobody_has_configured(
    kind: str, tenant: Tenant
) -> None:
    live = FACTS[kind].add_unconfigured(tenant)
    cleared = {
        path: field.clearing
        for path, field in declared(kind).items()
        if not field.required
        and path not in MUST_BE_GIVEN
        and not field.marks.option
        # Lumos fills in the service and the instance of the app.
        and path not in ("app_class_id", "app_instance_id")
    }
    wrong = {path: at(live, path) for path in cleared if not same(cleared[path], at(live, path))}
    assert wrong == {}
