"""Which host serves the resources of a program: the dynamic one, or the packaged provider."""

from __future__ import annotations

import os

import pulumi

from pulumi_lumos.hosts.chosen import DYNAMIC_HOST, HOST_SETTING, HOST_VARIABLE, PACKAGED_HOST
from pulumi_lumos.hosts.names import PACKAGE
from pulumi_lumos.hosts.resource_types import packaged_type
from pulumi_lumos.hosts.texts import text

from .inputs import listed
from .run import this_run


def choose_host(kind: str, opts: pulumi.ResourceOptions | None) -> str:
    """The host of a resource; raises RunError if the setting names no host.

    A provider that the program makes itself is packaged, whatever the setting says.
    """
    if has_own_provider(kind, opts):
        return PACKAGED_HOST
    return this_run().remember(choose_host, _of_the_program)


def has_own_provider(kind: str, opts: pulumi.ResourceOptions | None) -> bool:
    """Whether a resource gets a provider of its own, from its options or from its parent."""
    if opts is None:
        return False
    given = [opts.provider, *listed(opts.providers)]
    if any(isinstance(one, pulumi.ProviderResource) and one.package == PACKAGE for one in given):
        return True
    return (
        isinstance(opts.parent, pulumi.Resource)
        and opts.parent.get_provider(packaged_type(kind)) is not None
    )


def _of_the_program() -> str:
    source = f"lumos:{HOST_SETTING}"
    said: str | None = pulumi.runtime.get_config(source)
    if said is None:
        source, said = HOST_VARIABLE, os.environ.get(HOST_VARIABLE) or None
    if said is None:
        return DYNAMIC_HOST
    if said not in (DYNAMIC_HOST, PACKAGED_HOST):
        raise pulumi.RunError(text(f"{source} must be {DYNAMIC_HOST} or {PACKAGED_HOST}."))
    return said
