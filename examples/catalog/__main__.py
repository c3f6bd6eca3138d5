"""A catalog of many apps from a table: what each offers, through which Okta group, how long."""

import csv
from collections import defaultdict
from pathlib import Path

import pulumi
import pulumi_lumos as lumos

Row = dict[str, str]


class CatalogApp(pulumi.ComponentResource):
    """One app in the AppStore with all its permissions."""

    def __init__(self, name: str, rows: list[Row], okta_id: str, admin_id: str) -> None:
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
                    "request_fulfillment_config": fulfillment(row, okta_id),
                },
                opts=below,
            )
            for row in rows
        ]
        self.register_outputs({"admin_url": self.app.admin_url})


def fulfillment(row: Row, okta_id: str) -> lumos.RequestFulfillmentConfig:
    """How a grant of one row is carried out."""
    group = lumos.get_group(app_id=okta_id, name=row["okta_group"])
    config: lumos.RequestFulfillmentConfig = {
        "provisioning_group": {"app_id": okta_id, "id": group.id}
    }
    if durations := [one for one in row["durations"].split(";") if one]:
        config["time_based_access_override"] = True
        config["time_based_access"] = durations
    return config


rows_by_app: dict[str, list[Row]] = defaultdict(list)
with (Path(__file__).parent / "catalog.csv").open(newline="") as table:
    for row in csv.DictReader(table):
        rows_by_app[row["app"]].append(row)

okta = lumos.get_app(name="Okta")
admin = lumos.get_user(email=pulumi.Config().require("adminEmail"))
for app_name, rows in rows_by_app.items():
    CatalogApp(app_name, rows, okta.id, admin.id)
