"""The catalog in a local Lumos, through the real Pulumi engine: run it with `pytest`."""

import csv
from pathlib import Path

from pulumi import automation
from pulumi_lumos.pytest_plugin import LumosEmulator

HERE = Path(__file__).parent
PERMISSIONS = "/appstore/requestable_permissions"


def test_every_row_of_the_table_can_be_requested(
    stack: automation.Stack, lumos_emulator: LumosEmulator
) -> None:
    stack.up()
    stack.preview(expect_no_changes=True)
    with (HERE / "catalog.csv").open(newline="") as table:
        desired = {(row["permission"], row["okta_group"]) for row in csv.DictReader(table)}
    offered = {
        (permission["label"], group["name"])
        for permission in lumos_emulator.objects(PERMISSIONS)
        if permission["request_config"]["appstore_visibility"] == "VISIBLE"
        if (
            group := permission["request_config"]["request_fulfillment_config"][
                "provisioning_group"
            ]
        )
    }
    assert desired <= offered
    stack.destroy()


def test_a_corrected_label_keeps_the_permission(
    stack: automation.Stack, lumos_emulator: LumosEmulator
) -> None:
    stack.up()
    before = {one["id"]: one["label"] for one in lumos_emulator.objects(PERMISSIONS)}
    table = Path(stack.workspace.work_dir) / "catalog.csv"
    table.write_text(table.read_text().replace(",Maintainer,", ",Repository maintainer,"))
    lumos_emulator.forget_requests()
    stack.up()
    after = {one["id"]: one["label"] for one in lumos_emulator.objects(PERMISSIONS)}
    changed = [(before[id], after[id]) for id in before if after[id] != before[id]]
    assert changed == [("Maintainer", "Repository maintainer")]
    assert lumos_emulator.requests("POST", "DELETE") == []
    stack.destroy()
