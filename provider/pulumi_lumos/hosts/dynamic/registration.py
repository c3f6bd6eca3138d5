"""What a program registers for a resource beside its inputs, so that the dynamic host serves it."""

from __future__ import annotations

import pulumi
from pulumi.dynamic.dynamic import PROVIDER_KEY

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.lifecycle.kind import Kind

from ..marks import marks
from ..order import order_mark
from ..stack_state import recorded_mark
from .provider import recorded_provider


def hidden_inputs(
    kind: type[Kind], values: Values, given: Values, opts: pulumi.ResourceOptions | None
) -> Values:
    """The inputs that `check` takes out again: what only the program knows.

    `given` are the `values` with the secrets among them marked.
    """
    return {**marks(given), **order_mark(opts), **recorded_mark(kind.lifecycle, values)}


def with_provider(kind: type[Kind], inputs: Values) -> Values:
    """The inputs with the provider that the state records for the kind."""
    return {**inputs, PROVIDER_KEY: recorded_provider(kind.spec.name)}
