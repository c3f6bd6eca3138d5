"""What a program registers for a resource, and how a stack moves from one host to the other.

The type of a resource names its host. So a program registers the type that the other host gives as
an alias: the engine finds the resource of the state, and nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pulumi

from pulumi_lumos.declare.spec import Values


class Registration(NamedTuple):
    """The type, the inputs and the options that the engine gets."""

    type: str
    inputs: Values
    opts: pulumi.ResourceOptions | None


def with_type(
    opts: pulumi.ResourceOptions | None, resource_name: str, type: str
) -> pulumi.ResourceOptions:
    """The options, with which a resource is also found under another type."""
    aliases = [*_aliases(opts, resource_name, type)]
    return pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(aliases=aliases))


def _aliases(
    opts: pulumi.ResourceOptions | None, resource_name: str, type: str
) -> Iterator[str | pulumi.Alias]:
    """The resource under another type, by its name and by the aliases that the program gives.

    Without a parent, the URN is known. Pulumi's SDK makes three outputs of a URN, and nine of an
    Alias.
    """
    if opts is None or opts.parent is None:
        yield f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{type}::{resource_name}"
    else:
        yield pulumi.Alias(type_=type)
    known = opts.aliases if opts and isinstance(opts.aliases, list) else []
    for alias in known:
        given: dict[str, Any] = vars(alias) if isinstance(alias, pulumi.Alias) else {}
        if given.get("type_") is ...:
            said = {name: value for name, value in given.items() if value is not ...}
            yield pulumi.Alias(**{**said, "type_": type})
