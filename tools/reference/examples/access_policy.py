"""Engineers have Slack's guest channels from their first day, without asking."""

import pulumi_lumos as lumos

slack = lumos.get_app(name="Slack")
guests = lumos.get_permission(app_id=slack.id, label="Guest channels")

policy = lumos.AccessPolicy(
    "engineers",
    name="Engineers start with guest channels",
    business_justification="Engineers work with partners from their first day.",
    status="PUBLISHED",
    is_enabled=True,
    apps=[{"id": slack.id, "is_preapproved": True, "permissions": [{"id": guests.id}]}],
    access_condition={
        "and": [
            {
                "attribute": {
                    "label": "Department",
                    "value": 'identity.custom_attributes["Department"]',
                },
                "in": [{"label": "Engineering", "value": "Engineering"}],
            }
        ]
    },
)
