"""The same catalog as a Pulumi program of ours, of the null provider, and for Terraform."""

from __future__ import annotations

from pulumi_lumos.emulator import seed_ids

GROUP = seed_ids.OKTA_GROUPS["Salesforce Admins"]
APP_ID = seed_ids.SALESFORCE_APP_ID

PULUMI = """
from {module} import {resource}

for number in range({size}):
    {resource}(
        f"permission-{{number}}",
        app_id="{app_id}",
        label=f"{prefix}Permission {{number}}{suffix}",
        request_config={{
            "appstore_visibility": "HIDDEN",
            "request_fulfillment_config": {{
                "provisioning_group": {{"app_id": "{group_app_id}", "id": "{group_id}"}},
            }},
        }},
    )
"""

TERRAFORM = """
terraform {{
  required_providers {{
    lumos = {{ source = "teamlumos/lumos" }}
  }}
}}

resource "lumos_requestable_permission" "permission" {{
  count  = {size}
  app_id = "{app_id}"
  label  = "{prefix}Permission ${{count.index}}{suffix}"
  request_config = {{
    appstore_visibility = "HIDDEN"
    request_fulfillment_config = {{
      provisioning_group = {{ app_id = "{group_app_id}", id = "{group_id}" }}
    }}
  }}
}}
"""


def _filled(template: str, size: int, changed: bool, prefix: str = "", **names: str) -> str:
    return template.format(
        prefix=prefix,
        size=size,
        app_id=APP_ID,
        group_app_id=GROUP.app_id,
        group_id=GROUP.id,
        suffix=" (changed)" if changed else "",
        **names,
    )


def ours(size: int, changed: bool, prefix: str = "") -> str:
    """Permissions of pulumi-lumos; `prefix` begins their labels, to tell those of stacks apart."""
    names = {"module": "pulumi_lumos", "resource": "RequestablePermission"}
    return _filled(PULUMI, size, changed, prefix, **names)


def null(size: int, changed: bool) -> str:
    """The same state without a provider behind it."""
    return _filled(
        PULUMI, size, changed, module="benchmarks.null_provider", resource="NullPermission"
    )


def terraform(size: int, changed: bool) -> str:
    """Permissions of the vendor's Terraform provider."""
    return _filled(TERRAFORM, size, changed)
