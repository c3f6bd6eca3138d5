"""What a program registers for a resource so that the packaged provider serves it.

Nothing here speaks the protocol: a program that declares loads no gRPC server.
"""

from __future__ import annotations

import pulumi

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.hosts.marks import PREVIEW_MARK
from pulumi_lumos.hosts.mocks import is_preview
from pulumi_lumos.hosts.names import to_wire
from pulumi_lumos.hosts.order import order_mark
from pulumi_lumos.hosts.registration import Registration, with_type
from pulumi_lumos.hosts.resource_types import dynamic_type, packaged_type
from pulumi_lumos.hosts.stack_state import recorded_mark
from pulumi_lumos.lifecycle.kind import Kind


def hidden_inputs(kind: type[Kind], values: Values, opts: pulumi.ResourceOptions | None) -> Values:
    """The inputs that `Check` takes out again: what only the program knows."""
    preview: Values = {PREVIEW_MARK: True} if is_preview() else {}
    return {**preview, **order_mark(opts), **recorded_mark(kind.lifecycle, values, opts)}


def registration(
    kind: type[Kind], resource_name: str, inputs: Values, opts: pulumi.ResourceOptions | None
) -> Registration:
    """What to register; a stack of the dynamic host has the resource under another type."""
    name = kind.spec.name
    found = with_type(opts, resource_name, dynamic_type(name))
    if found.hide_diffs:
        # The only option with property paths that Pulumi's SDK does not spell for the provider.
        found.hide_diffs = [to_wire(kind, path) for path in found.hide_diffs]
    return Registration(packaged_type(name), inputs, found)
