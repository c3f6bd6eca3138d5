"""Functions by which a program names what exists in Lumos, instead of writing ids down.

They read when the program runs, in the preview too, with the settings of the stack, or with those
of the provider that `opts` gives, which is another tenant. Each gives exactly one object, or stops
the program with an error that lists what may have been meant. What one run has read, the next one
reads anew.

`opts=pulumi.InvokeOutputOptions(depends_on=...)` of an `_output` function waits until the same run
has made what it names, and then asks Lumos anew.
"""

from __future__ import annotations

from typing import Any, TypeVar

import pulumi

from pulumi_lumos.config import Settings
from pulumi_lumos.hosts.names import declared_within
from pulumi_lumos.program.function import FunctionCall, function, later
from pulumi_lumos.program.other_tenant import Options
from pulumi_lumos.program.run import client_of_run, this_run

from . import kinds
from .errors import WrongArguments
from .kinds import LookupKind
from .reading import Lookups, check
from .results import (
    GetAccessPolicyResult,
    GetAppResult,
    GetGroupResult,
    GetInlineWebhookResult,
    GetPermissionResult,
    GetUserResult,
    result,
)
from .types import types_of

R = TypeVar("R")
Text = pulumi.Input[str] | None
Given = dict[str, Any]


def get_access_policy(
    *, id: str | None = None, name: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetAccessPolicyResult:
    """The access policy of an id or a name.

    From `GET /access_policies`, schema AccessPolicyOutput.
    """
    return _get(kinds.ACCESS_POLICY, opts, id=id, name=name)


def get_access_policy_output(
    *, id: Text = None, name: Text = None, opts: Options | None = None
) -> pulumi.Output[GetAccessPolicyResult]:
    """`get_access_policy` for what other resources give, which a preview may not know yet."""
    return _get_later(kinds.ACCESS_POLICY, opts, id=id, name=name)


def get_app(
    *, id: str | None = None, name: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetAppResult:
    """The app of an id, or of the name that people see (`user_friendly_label`).

    From `GET /apps`, schema App; apps that are not in the AppStore are found too.
    """
    return _get(kinds.APP, opts, id=id, name=name)


def get_app_output(
    *, id: Text = None, name: Text = None, opts: Options | None = None
) -> pulumi.Output[GetAppResult]:
    """`get_app` for what other resources give, which a preview may not know yet."""
    return _get_later(kinds.APP, opts, id=id, name=name)


def get_group(
    *,
    id: str | None = None,
    name: str | None = None,
    integration_specific_id: str | None = None,
    app_id: str | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> GetGroupResult:
    """The group of an id, a name or an id in the app that owns it.

    `app_id` looks only among the groups that this app owns. From `GET /groups`, schema Group.
    """
    return _get(
        kinds.GROUP,
        opts,
        id=id,
        name=name,
        integration_specific_id=integration_specific_id,
        app_id=app_id,
    )


def get_group_output(
    *,
    id: Text = None,
    name: Text = None,
    integration_specific_id: Text = None,
    app_id: Text = None,
    opts: Options | None = None,
) -> pulumi.Output[GetGroupResult]:
    """`get_group` for what other resources give, which a preview may not know yet."""
    return _get_later(
        kinds.GROUP,
        opts,
        id=id,
        name=name,
        integration_specific_id=integration_specific_id,
        app_id=app_id,
    )


def get_user(
    *, id: str | None = None, email: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetUserResult:
    """The person of an id or an email address.

    From `GET /users`, schema User; `status` says whether the person is ACTIVE.
    """
    return _get(kinds.USER, opts, id=id, email=email)


def get_user_output(
    *, id: Text = None, email: Text = None, opts: Options | None = None
) -> pulumi.Output[GetUserResult]:
    """`get_user` for what other resources give, which a preview may not know yet."""
    return _get_later(kinds.USER, opts, id=id, email=email)


def get_permission(
    *,
    id: str | None = None,
    app_id: str | None = None,
    label: str | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> GetPermissionResult:
    """The permission of an id, or of a label within an app.

    From `GET /appstore/requestable_permissions`, schema RequestablePermissionOutput.
    """
    return _get(kinds.PERMISSION, opts, id=id, app_id=app_id, label=label)


def get_permission_output(
    *, id: Text = None, app_id: Text = None, label: Text = None, opts: Options | None = None
) -> pulumi.Output[GetPermissionResult]:
    """`get_permission` for what other resources give, which a preview may not know yet."""
    return _get_later(kinds.PERMISSION, opts, id=id, app_id=app_id, label=label)


def get_inline_webhook(
    *, id: str | None = None, name: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetInlineWebhookResult:
    """The inline webhook of an id or a name.

    From `GET /inline_webhooks`, schema InlineWebhook.
    """
    return _get(kinds.INLINE_WEBHOOK, opts, id=id, name=name)


def get_inline_webhook_output(
    *, id: Text = None, name: Text = None, opts: Options | None = None
) -> pulumi.Output[GetInlineWebhookResult]:
    """`get_inline_webhook` for what other resources give, which a preview may not know yet."""
    return _get_later(kinds.INLINE_WEBHOOK, opts, id=id, name=name)


def _given(**arguments: Any) -> Given:
    return {name: value for name, value in arguments.items() if value is not None}


def _get(kind: LookupKind[R], opts: Options | None, **arguments: Any) -> R:
    return _found(kind, _given(**arguments), FunctionCall.now(opts))


def _get_later(kind: LookupKind[R], opts: Options | None, **arguments: Any) -> pulumi.Output[R]:
    return later(
        kind.function,
        lambda given, call: _found(kind, given, call),
        _given(**arguments),
        opts,
    )


def _found(kind: LookupKind[R], given: Given, call: FunctionCall) -> R:
    return function(
        kind.function,
        given,
        call,
        check=lambda: check(kind, given),
        ask=lambda settings: _lookups(settings).get(kind, given, anew=call.anew),
        understand=lambda answer: _understood(kind, given, answer),
    )


def _understood(kind: LookupKind[R], given: Given, answer: Given) -> R:
    """The answer of a provider, or of a test's mocks, which may leave fields out.

    An argument stands for a field that is left out.
    """
    asked = {kind.keys[name].field if name in kind.keys else name: given[name] for name in given}
    types = types_of(kind)
    declared = {name: declared_within(types.get(name), value) for name, value in answer.items()}
    found = {**asked, **declared}
    if not found.get("id"):
        raise WrongArguments("the mocks must answer this call with at least an id.")
    return result(kind.result, found)


def _lookups(settings: Settings) -> Lookups:
    """Return what this run has read so far."""
    client = client_of_run(settings)
    return this_run().remember((Lookups, settings), lambda: Lookups(client))
