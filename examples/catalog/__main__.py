"""A catalog of many apps from a table: what each offers, into which Okta group, who approves."""

import csv
from collections import defaultdict
from pathlib import Path

import pulumi
import pulumi_lumos as lumos

Row = dict[str, str]


class CatalogApp(pulumi.ComponentResource):
    """One app in the AppStore with all its permissions."""

    def __init__(self, name: str, rows: list[Row], admin_id: str) -> None:
        super().__init__("acme:lumos:CatalogApp", name)
        below = pulumi.ResourceOptions(parent=self)
        self.app = lumos.AppStoreApp(
            name,
            app_id=lumos.get_app(name=name).id,
            request_flow={
                "discoverability": "FULL",
                "require_manager_approval": True,
                "admins": {"users": [{"id": admin_id}]},
            },
            provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"},
            opts=below,
        )
        # Pulumi knows a permission by its key, so that its label may change.
        self.permissions = [
            lumos.RequestablePermission(
                row["key"],
                app_id=self.app.app_id,
                label=row["permission"],
                request_config={
                    "appstore_visibility": "VISIBLE",
                    "request_fulfillment_config": fulfillment(row),
                    "request_approval_config": approval(row),
                },
                opts=below,
            )
            for row in rows
        ]
        self.register_outputs({"admin_url": self.app.admin_url})


def fulfillment(row: Row) -> lumos.RequestFulfillmentConfig:
    """How a grant of one row is carried out."""
    config: lumos.RequestFulfillmentConfig = {"provisioning_group": okta_group(row["okta_group"])}
    if durations := [one for one in row["durations"].split(";") if one]:
        config["time_based_access_override"] = True
        config["time_based_access"] = durations
    return config


def approval(row: Row) -> lumos.RequestApprovalConfig:
    """Who approves one row: the app's own approvers, which is the manager, unless it names some."""
    if not row["approvers"]:
        return {}
    config: lumos.RequestApprovalConfig = {
        "request_approval_config_override": True,
        "approvers": {"groups": [okta_group(row["approvers"])]},
    }
    if row["second_approvers"]:
        config["require_additional_approval"] = True
        config["approvers_stage_2"] = {"groups": [okta_group(row["second_approvers"])]}
    return config


def okta_group(name: str) -> lumos.GroupRef:
    """A group of Okta, by name."""
    return {"app_id": okta.id, "id": lumos.get_group(app_id=okta.id, name=name).id}


rows_by_app: dict[str, list[Row]] = defaultdict(list)
with (Path(__file__).parent / "catalog.csv").open(newline="") as table:
    for row in csv.DictReader(table):
        rows_by_app[row["app"]].append(row)

okta = lumos.get_app(name="Okta")
admin = lumos.get_user(email=pulumi.Config().require("adminEmail"))
for app_name, rows in rows_by_app.items():
    CatalogApp(app_name, rows, admin.id)
