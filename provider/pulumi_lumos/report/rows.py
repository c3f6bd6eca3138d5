"""One row for each offer: every app of the AppStore and every permission of one.

Lumos answers the values in force, also those that a permission inherits
(`include_inherited_configs`); override flags say which values are the permission's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pulumi_lumos.printable import printable

from .model import Admins, Given, Into, Offered, Row, Rule, Unknown
from .parts import (
    NotUnderstood,
    admins_of,
    asks_of,
    durations_of,
    given_of,
    into_of,
    optional_webhook,
    rule_of,
    stages_of,
)
from .population import Population, Values, by_app
from .reading import name_of_app

ENTIRE_WORKFLOW = "response_describes_entire_approval_workflow"
"""False in an answer where Lumos holds stages that its API does not show (API document)."""


NOT_THERE_YET = "urn:"
"""The beginning of the id of an object that only a plan knows: the URN of its resource."""


def rows_of(population: Population) -> tuple[Row, ...]:
    """The rows in their one order: by app, the app first, then by label and id."""
    permissions = by_app(population.permissions.values())
    grants = _Grants(population)
    rows = []
    for app_id, app in population.apps.items():
        with _about(f"the app {name_of_app(app)} ({app_id})"):
            app_row = _of_app(population, app, grants)
            rows.append(app_row)
            rows += [
                _of_permission(population, app_row, one, grants) for one in permissions[app_id]
            ]
    return tuple(sorted(rows, key=_place))


@contextmanager
def _about(what: str) -> Iterator[None]:
    """Name the object of an answer that cannot be understood."""
    try:
        yield
    except NotUnderstood as error:
        told = f"What Lumos answers about {what} cannot be understood: it has {error}."
        raise NotUnderstood(printable(told)) from None


def _place(row: Row) -> tuple[Any, ...]:
    app = (row.app.casefold(), row.app_id, not row.is_app)
    return (*app, row.permission.casefold(), row.permission, row.permission_id)


class _Grants:
    """The rules and policies, by the row that they are about."""

    def __init__(self, population: Population) -> None:
        self._of_all: dict[str, list[Rule]] = defaultdict(list)
        self._of_one: dict[str, list[Rule]] = defaultdict(list)
        self._given: dict[str, list[Given]] = defaultdict(list)
        for rule in sorted(population.rules.values(), key=_by_name):
            self._add_rule(rule)
        for policy in sorted(population.policies.values(), key=_by_name):
            if policy.get("status") == "PUBLISHED" and policy.get("is_enabled"):
                self._add_policy(policy)

    def _add_rule(self, values: Values) -> None:
        with _about(f"the pre-approval rule {values['id']}"):
            rule = rule_of(values)
        if not rule.permissions:
            self._of_all[str(values["app_id"])].append(rule)
        for id in rule.permissions:
            # A permission that is not known yet may be any, so the rule covers this one too.
            place = self._of_all if isinstance(id, Unknown) else self._of_one
            place[str(values["app_id"]) if isinstance(id, Unknown) else id].append(rule)

    def _add_policy(self, policy: Values) -> None:
        for app in policy.get("apps") or ():
            named = [str(one["id"]) for one in app.get("permissions") or ()]
            for key in named or [str(app["id"])]:
                self._given[key].append(given_of(policy, app))

    def rules(self, app_id: str, permission_id: str = "") -> tuple[Rule, ...]:
        """The rules that cover an app as a whole, or a permission of it."""
        own = self._of_one.get(permission_id, []) if permission_id else []
        return tuple([*self._of_all.get(app_id, []), *own])

    def given(self, id: str) -> tuple[Given, ...]:
        """The policies that give an app as a whole, or a permission."""
        return tuple(self._given.get(id, ()))


def _by_name(item: Values) -> tuple[str, str]:
    return str(item.get("name") or item.get("justification") or "").casefold(), str(item["id"])


def _of_app(population: Population, app: Values, grants: _Grants) -> Row:
    app_id = str(app["id"])
    settings = population.settings[app_id]
    flow, provisioning = _part(settings, "request_flow"), _part(settings, "provisioning")
    how = str(provisioning.get("groups_provisioning") or "DIRECT_TO_USER")
    admins = admins_of(flow.get("admins"))
    manager = flow.get("require_manager_approval")
    return Row(
        key=app_id,
        app_id=app_id,
        app=name_of_app(app),
        permission_id="",
        permission="",
        kind="APP",
        type="APP",
        provisioning=how,
        visible=True,
        offered=_offered_app(settings, how),
        found=str(flow.get("discoverability") or "FULL"),
        redirect_url=str(settings.get("redirect_url") or ""),
        asks=asks_of(flow.get("allowed_groups")),
        decides=stages_of(manager, flow.get("approvers"), flow.get("approvers_stage_2")),
        decides_complete=flow.get(ENTIRE_WORKFLOW) is not False,
        durations=durations_of(provisioning.get("time_based_access")),
        default_duration=str(provisioning.get("default_time_based_access_option") or ""),
        into=_known_into(into_of(provisioning)),
        without_approval=grants.rules(app_id),
        given=grants.given(app_id),
        checked_by=optional_webhook(flow.get("request_validation_inline_webhook")),
        taken_away_by=optional_webhook(provisioning.get("access_removal_inline_webhook")),
        admins=Admins(groups=(admins,)) if isinstance(admins, Unknown) else admins,
        own=(),
        disconnected=bool(app.get("disconnected")),
        sync_status=str(app.get("sync_status") or ""),
        managed_by=_managed_by(population, app_id),
    )


def _part(values: Values, name: str) -> Values:
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return f"({value.unknown})" if isinstance(value, Unknown) else str(value or "")


def _known_into(into: Into | Unknown) -> Into:
    return Into(manual_steps=False, group=into) if isinstance(into, Unknown) else into


def _managed_by(population: Population, id: str) -> str:
    if population.managed is None:
        return "not read"
    return population.managed.get(id, "elsewhere")


def _offered_app(settings: Values, how: str) -> Offered:
    if settings.get("redirect_url"):
        return "ELSEWHERE"
    return "BY_PERMISSION" if how == "GROUPS_AND_VISIBLE" else "YES"


def _offered_permission(app: Row, visible: bool) -> Offered:
    if not visible or app.provisioning == "DIRECT_TO_USER":
        return "NOT_OFFERED"
    if app.offered == "ELSEWHERE":
        return "ELSEWHERE"
    return "YES" if app.provisioning == "GROUPS_AND_VISIBLE" else "WITH_THE_APP"


def _of_permission(population: Population, app: Row, answer: Values, grants: _Grants) -> Row:
    id = str(answer["id"])
    config = _part(answer, "request_config")
    approval = _part(config, "request_approval_config")
    fulfillment = _part(config, "request_fulfillment_config")
    visible = config.get("appstore_visibility") == "VISIBLE"
    manager = approval.get("manager_approval")
    into = _known_into(into_of(fulfillment))
    checked = optional_webhook(config.get("request_validation_inline_webhook"))
    removed = optional_webhook(config.get("access_removal_inline_webhook"))
    return Row(
        key=id if id.startswith(NOT_THERE_YET) else f"{app.app_id}/{id}",
        app_id=app.app_id,
        app=app.app,
        permission_id=id,
        permission=_text(answer.get("label")) or id,
        kind="PERMISSION",
        type=str(answer.get("type") or "NATIVE"),
        provisioning=app.provisioning,
        visible=visible,
        offered=_offered_permission(app, visible),
        found=app.found,
        redirect_url=app.redirect_url,
        asks=asks_of(config.get("allowed_groups")),
        decides=stages_of(manager, approval.get("approvers"), approval.get("approvers_stage_2")),
        decides_complete=approval.get(ENTIRE_WORKFLOW) is not False,
        durations=durations_of(fulfillment.get("time_based_access")),
        default_duration="",
        into=into,
        without_approval=grants.rules(app.app_id, id),
        given=grants.given(id),
        checked_by=checked,
        taken_away_by=removed,
        admins=app.admins,
        own=_own(config, app, into, (checked, removed)),
        disconnected=app.disconnected,
        sync_status=app.sync_status,
        managed_by=_managed_by(population, id),
    )


def _own(config: Values, app: Row, into: Into, webhooks: tuple[Any, Any]) -> tuple[str, ...]:
    """The aspects that are the permission's own; webhooks and manual steps have no flag."""
    approval = _part(config, "request_approval_config")
    fulfillment = _part(config, "request_fulfillment_config")
    found = {
        "asks": config.get("allowed_groups_override"),
        "decides": approval.get("request_approval_config_override"),
        "for": fulfillment.get("time_based_access_override"),
        "into": into != app.into,
        "checks": webhooks != (app.checked_by, app.taken_away_by),
    }
    return tuple(name for name, is_own in found.items() if is_own)
