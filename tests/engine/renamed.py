"""A program whose resources have other names and parents."""

from __future__ import annotations

RESOURCES = """
ROOT = pulumi.ROOT_STACK_RESOURCE
team = pulumi.ComponentResource("acme:index:Team", "team") if {in_team} else None


def named(name):
    aliases = [pulumi.Alias(name=name), pulumi.Alias(name=name, parent=ROOT)]
    opts = pulumi.ResourceOptions(parent=team, aliases=aliases if {aliases} else None)
    return {{"resource_name": f"{prefix}{{name}}", "opts": opts}}


app = lumos.AppStoreApp(
    **named("app"),
    app_id=seed_ids.SALESFORCE_APP_ID,
    custom_request_instructions="{text}",
    adopt={adopt},
)
admin = lumos.RequestablePermission(
    **named("admin"),
    app_id=seed_ids.SALESFORCE_APP_ID,
    label="Admin",
    request_config={{"request_fulfillment_config": {{"manual_instructions": "{text}"}}}},
    adopt={adopt},
)
rule = lumos.PreApprovalRule(
    **named("rule"),
    app_id=seed_ids.SLACK_APP_ID,
    justification="Engineers",
    time_based_access=["{duration}"],
    preapproved_groups=[{{
        "app_id": seed_ids.OKTA_APP_ID, "id": seed_ids.OKTA_GROUPS["Engineering"].id
    }}],
    adopt={adopt},
)
"""

ATTACHMENT = """
lumos.ProvisioningGroupAttachment(
    **named("attachment"),
    permission=seed_ids.SLACK_PERMISSION_ID,
    group={"app_id": seed_ids.OKTA_APP_ID, "id": seed_ids.OKTA_GROUPS["IT"].id},
)
"""


def program(
    prefix: str,
    *,
    aliases: bool = False,
    in_team: bool = False,
    adopt: bool | None = None,
    text: str = "Ask.",
    duration: str = "2 hours",
) -> str:
    """A resource of each kind, whose names begin with the prefix."""
    return (
        RESOURCES.format(
            prefix=prefix,
            aliases=aliases,
            in_team=in_team,
            adopt=adopt,
            text=text,
            duration=duration,
        )
        + ATTACHMENT
    )
