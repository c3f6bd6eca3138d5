"""Two permissions of one program that would end with one label, through the real engine."""

from __future__ import annotations

import re

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

PROGRAM = """
for name, label in {labels!r}.items():
    lumos.RequestablePermission(name, app_id=seed_ids.SALESFORCE_APP_ID, label=label)
"""


@pytest.mark.slow
def test_equal_labels_are_wrong_in_the_preview_when_made_and_when_changed_and_cost_no_request(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(PROGRAM.format(labels={"one": "Admin", "two": "Admin"}))
    assert_refused(stack)
    stack.program(PROGRAM.format(labels={"one": "Admin", "two": "Reader"}))
    stack.up()
    stack.program(PROGRAM.format(labels={"one": "Admin", "two": "Admin"}))
    tenant.forget_requests()
    assert_refused(stack)
    assert tenant.requests() == []


def assert_refused(stack: Stack) -> None:
    """The preview stops at one of the two, whichever the engine is told of second."""
    shown = " ".join(stack.up_stopped_by_its_preview().split())
    assert re.search("The resources (one and two|two and one) stand for the same", shown)
    assert "Remove one of them from the program, or give it another label." in shown
