"""The warnings that people see at the end of a preview about new values of a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pulumi_lumos import AppStoreApp, PreApprovalRule, ProvisioningGroupAttachment
from pulumi_lumos import RequestablePermission as Permission
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import Diagnostics
from pulumi_lumos.lifecycle.run import Run

from ..drivers.tenant import Tenant
from ..kinds.values import GRACE, LINUS, by_id

Values = dict[str, Any]
SLACK, GITHUB = seed_ids.SLACK_APP_ID, seed_ids.GITHUB_APP_ID
SOMEBODY: Values = {"users": [GRACE]}
NOBODY: Values = {"users": [], "groups": []}
VISIBLE: Values = {"appstore_visibility": "VISIBLE"}
OWN: Values = {"request_approval_config_override": True, "approvers": SOMEBODY}
NOT_THERE = "the app GitHub is not in the AppStore"
UNAPPROVED = "the app Slack has no approvers"


class Preview:
    """One preview: what resources check, and what is shown of it in the end."""

    def __init__(self, client: LumosClient) -> None:
        self._said: dict[str, Callable[[], bool]] = {}
        self.run = Run(lambda: client)

    def _warn(self, text: str, _: str = "", unless: Callable[[], bool] = lambda: False) -> None:
        self._said[text] = unless

    def _info(self, *_said: object) -> None:
        """Other tests check information."""

    def check(self, kind: Any, new: Values, old: Values | None = None) -> None:
        """A resource of the program, which has no mistakes."""
        tell = Diagnostics(self._warn, self._info, self._info)
        call = Call(self.run, str(new), tell)
        _, problems = kind.lifecycle.check(call, old or {}, new, preview=True)
        assert problems == []

    @property
    def warnings(self) -> str:
        """What is shown when all resources have been checked."""
        return "\n".join(text for text, unless in self._said.items() if not unless())


@pytest.fixture
def preview(tenant: Tenant) -> Iterator[Preview]:
    client = LumosClient(Settings(tenant.token, tenant.url))
    yield Preview(client)
    client.close()


def app(app_id: str, **flow: Any) -> Values:
    flow = {"admins": SOMEBODY, **flow}
    return {"app_id": app_id, "request_flow": flow, "adopt": app_id == SLACK}


def permission(app_id: str, approval: Values | None = None, **config: Any) -> Values:
    approving = {"request_approval_config": approval} if approval else {}
    return {"app_id": app_id, "label": "Reader", "request_config": {**approving, **config}}


RULE: Values = {
    "app_id": GITHUB,
    "justification": "Everybody reads.",
    "preapproved_groups": [by_id("Everyone")],
}


def test_what_belongs_to_an_app_that_is_not_in_the_store_is_warned_of(
    tenant: Tenant, preview: Preview
) -> None:
    source = tenant.add_permission(GITHUB, "Source", **VISIBLE)
    preview.check(Permission, permission(GITHUB, OWN, **VISIBLE))
    preview.check(PreApprovalRule, RULE)
    attached = {"permission": source["id"], "group": by_id("IT")}
    preview.check(ProvisioningGroupAttachment, attached)
    assert f"request_config.appstore_visibility: {NOT_THERE}" in preview.warnings
    assert f"app_id: {NOT_THERE}, so nobody asks for what" in preview.warnings
    assert f"permission: {NOT_THERE}, so nobody sees the successor" in preview.warnings
    assert tenant.calls().count(f"GET /apps/{GITHUB}/settings") == 1


@pytest.mark.parametrize("app_comes_first", [True, False])
def test_an_app_that_the_same_program_adds_is_there_in_any_order(
    app_comes_first: bool, preview: Preview
) -> None:
    checks: list[Callable[[], None]] = [
        lambda: preview.check(AppStoreApp, app(GITHUB, approvers=SOMEBODY)),
        lambda: preview.check(Permission, permission(GITHUB, **VISIBLE)),
        lambda: preview.check(PreApprovalRule, RULE),
    ]
    for check in checks if app_comes_first else reversed(checks):
        check()
    assert preview.warnings == ""


def test_what_is_hidden_or_was_said_before_is_not_warned_of(preview: Preview) -> None:
    preview.check(Permission, permission(GITHUB, OWN))
    before = permission(GITHUB, OWN, **VISIBLE)
    preview.check(Permission, {**before, "label": "Writer"}, before)
    preview.check(Permission, permission(SLACK, OWN, **VISIBLE))
    assert preview.warnings == ""


def test_a_token_that_may_not_look_is_no_warning(tenant: Tenant, preview: Preview) -> None:
    tenant.fault("status", status=403, path=f"/apps/{GITHUB}/settings")
    preview.check(Permission, permission(GITHUB, **VISIBLE))
    assert preview.warnings == ""


def test_an_app_that_loses_its_last_approver_or_never_had_one_is_warned_of(
    preview: Preview,
) -> None:
    preview.check(AppStoreApp, app(GITHUB))
    assert "request_flow.approvers: nobody approves" in preview.warnings
    for before, after, warned in (
        (app(SLACK, approvers=SOMEBODY), app(SLACK, approvers=NOBODY), True),
        (app(SLACK, require_manager_approval=True), app(SLACK, approvers=NOBODY), True),
        (app(SLACK, approvers=NOBODY), app(SLACK, approvers=NOBODY, discoverability="FULL"), False),
        (app(SLACK), app(SLACK, discoverability="FULL"), False),
    ):
        preview._said.clear()
        preview.check(AppStoreApp, after, before)
        assert ("nobody approves" in preview.warnings) == warned


def test_a_permission_that_falls_back_on_an_app_without_approvers_is_warned_of(
    preview: Preview,
) -> None:
    preview.check(Permission, permission(SLACK, **VISIBLE), permission(SLACK, OWN, **VISIBLE))
    assert f"request_config.request_approval_config: {UNAPPROVED}" in preview.warnings


def test_a_new_permission_of_such_an_app_is_warned_of_but_where_the_app_itself_is(
    preview: Preview,
) -> None:
    preview.check(Permission, permission(SLACK, **VISIBLE))
    assert UNAPPROVED in preview.warnings
    preview.check(AppStoreApp, app(SLACK, approvers=NOBODY))
    assert UNAPPROVED not in preview.warnings
    assert "request_flow.approvers: nobody approves" in preview.warnings


@pytest.mark.parametrize(
    ("declared", "warned"),
    [
        (app(SLACK, approvers=SOMEBODY), False),
        (app(SLACK, require_manager_approval=True), False),
        (app(SLACK, approvers=NOBODY), True),
        (app(SLACK), True),
    ],
)
def test_what_the_program_says_of_the_app_counts_before_what_lumos_has(
    declared: Values, warned: bool, preview: Preview
) -> None:
    preview.check(Permission, permission(SLACK, **VISIBLE), permission(SLACK, OWN, **VISIBLE))
    preview.check(AppStoreApp, declared)
    assert (UNAPPROVED in preview.warnings) == warned


def test_an_app_with_approvers_in_lumos_is_no_warning(tenant: Tenant, preview: Preview) -> None:
    tenant.edit_settings(SLACK, request_flow={"approvers": SOMEBODY})
    preview.check(Permission, permission(SLACK, **VISIBLE))
    preview.check(Permission, permission(SLACK, **VISIBLE), permission(SLACK, OWN, **VISIBLE))
    (warning,) = preview.warnings.splitlines()
    assert warning.endswith("goes back to null: the approvers of the app decide")


def test_an_adopted_permission_may_have_approvers_of_its_own(preview: Preview) -> None:
    adopted = {**permission(SLACK, **VISIBLE), "adopt": seed_ids.SLACK_PERMISSION_ID}
    preview.check(Permission, {**adopted, "label": "Guest channels"})
    assert UNAPPROVED not in preview.warnings


def test_stages_that_a_change_merges_are_warned_of(preview: Preview) -> None:
    approval: Values = {**OWN, "approvers_stage_2": {"users": [LINUS]}}
    two = permission(GITHUB, {**approval, "require_additional_approval": True})
    preview.check(Permission, {**two, "label": "Writer"})
    assert preview.warnings == ""
    one = permission(GITHUB, {**OWN, "require_additional_approval": False})
    preview.check(Permission, one, two)
    merges = "request_config.request_approval_config.require_additional_approval: where Lumos has "
    assert f"{merges}approvers of stage" in preview.warnings
