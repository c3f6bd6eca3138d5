"""A host that is killed at any change it makes leaves what the next one can finish.

`tests/faults/test_attachment.py` asks the same of every request of many more attachments; here it
is a real process that ends.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.kinds.provisioning_group_attachment.declaration import ProvisioningGroupAttachment
from pulumi_lumos.kinds.requestable_permission.lifecycle import bound_group

from ..answers import every_answer
from ..drivers.cut_off import company, run
from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..kinds.values import by_id, by_source_id
from ..patience import wait_until

Values = dict[str, Any]

KIND = "ProvisioningGroupAttachment"
SALES = seed_ids.SALESFORCE_APP_ID
lifecycle = ProvisioningGroupAttachment.lifecycle
STALL_SECONDS = 600.0


@pytest.mark.slow
@every_answer
@pytest.mark.parametrize("step", ["create", "update", "delete"])
def test_a_host_that_is_killed_after_any_change_leaves_what_the_next_one_finishes(
    step: str,
    equal_labels: str,
    patch_applies_defaults: bool,
    emulator: EmulatorProcess,
    host_of: type[DynamicHost],
) -> None:
    switches = {"equal_labels": equal_labels, "patch_applies_defaults": patch_applies_defaults}
    with company(emulator.url, switches) as tenant:
        attachment = Attachment(tenant, step, host_of)
        attachment.finish()
        desired = attachment.held()
        methods = [request["method"] for request in tenant.requests()]
    changes = [number for number, method in enumerate(methods, 1) if method != "GET"]
    assert len(changes) == {"allow": 2, "refuse": 3 if step == "delete" else 4}[equal_labels]
    for number in changes:
        with company(emulator.url, switches) as tenant:
            attachment = Attachment(tenant, step, host_of)
            attachment.killed_after(number)
            attachment.finish()
            assert attachment.held() == desired, f"killed after request {number}"


class Attachment:
    """An attachment of a permission that people see, before the step that is to be cut off."""

    def __init__(self, tenant: Tenant, step: str, host_of: type[DynamicHost]) -> None:
        self.tenant = tenant
        self.host_of = host_of
        self.step = step
        source = tenant.add_permission(SALES, "Admin", appstore_visibility="VISIBLE")
        self.given = {"permission": source["id"], "group": by_source_id("Salesforce Admins")}
        self.id, self.state = source["id"], {}
        if step != "create":
            made = run(tenant, lambda call: lifecycle.create(call, Inputs(self.given)))
            self.id, self.state = made
        tenant.forget_requests()

    def take_the_step(self, host: DynamicHost) -> None:
        """What the engine asks of a host, with the state that it has."""
        if self.step == "create":
            host.create(KIND, self.given)
        elif self.step == "update":
            host.update(KIND, self.id, self.state, {**self.given, "group": by_id("IT")})
        else:
            host.delete(KIND, self.id, self.state)

    def finish(self) -> None:
        """Take the step with a host that has seen nothing before."""
        with self.host_of(settings_for(self.tenant)) as host:
            self.take_the_step(host)

    def killed_after(self, number: int) -> None:
        """Take the step with a host that is killed before it has the answer to a request."""
        self.tenant.fault("stall", nth=[number], when="after", seconds=STALL_SECONDS)
        with self.host_of(settings_for(self.tenant)) as host, ThreadPoolExecutor(1) as thread:
            step = thread.submit(self.take_the_step, host)
            self._wait_for_the_stall()
            host.kill()
            with pytest.raises(Failed):
                step.result()
        self.tenant.call("DELETE", "/_emulator/faults")

    def _wait_for_the_stall(self) -> None:
        # The emulator counts a strike and carries the request out in one step of its own.
        wait_until(
            lambda: self.tenant.call("GET", "/_emulator/faults")[0]["struck"],
            "Lumos holds an answer back",
        )

    def held(self) -> list[tuple[str, str, str | None]]:
        """What Lumos holds in the end: label, visibility and group of each permission."""
        source = self.given["permission"]
        return [
            (
                one["label"].replace(source[:8], "source"),
                one["request_config"]["appstore_visibility"],
                (bound_group(one) or {}).get("name"),
            )
            for one in self.tenant.permissions(SALES)
        ]
