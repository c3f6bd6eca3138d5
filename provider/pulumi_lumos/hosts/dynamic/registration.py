"""What a program registers for a resource beside its inputs, so that the dynamic host serves it."""

from __future__ import annotations

import pulumi
from pulumi.dynamic.dynamic import PROVIDER_KEY

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.hosts.marks import marks
from pulumi_lumos.hosts.order import order_mark
from pulumi_lumos.hosts.registration import Registration, with_type
from pulumi_lumos.hosts.resource_types import dynamic_type, packaged_type
from pulumi_lumos.hosts.stack_state import recorded_mark
from pulumi_lumos.lifecycle.kind import Kind

from .provider import recorded_provider


def hidden_inputs(
    kind: type[Kind], values: Values, given: Values, opts: pulumi.ResourceOptions | None
) -> Values:
    """The inputs that `check` takes out again: what only the program knows.

    `given` are the `values` with the secrets among them marked.
    """
    return {**marks(given), **order_mark(opts), **recorded_mark(kind.lifecycle, values, opts)}


def registration(
    kind: type[Kind],
    resource_name: str,
    inputs: Values,
    opts: pulumi.ResourceOptions | None,
) -> Registration:
    """What to register so that the dynamic host serves a resource.

    The inputs get the provider that the state records for the kind. A stack of the packaged host
    has the resource under another type. Without its alias, a run whose shell lacks `LUMOS_HOST`
    would take the object over, and then delete it as that of the other type.
    """
    name = kind.spec.name
    given = {**inputs, PROVIDER_KEY: recorded_provider(name)}
    found = with_type(opts, resource_name, packaged_type(name))
    return Registration(dynamic_type(name), given, found)
