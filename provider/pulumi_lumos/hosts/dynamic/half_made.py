"""Lets the engine record an object that is in Lumos although its create or update failed.

The Python host has no way to say that (Node's has), but an error leaves it with the trailing
metadata of the call's context.
"""

from __future__ import annotations

import asyncio
from typing import Any

from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi.runtime import rpc

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.hosts.init_failed import attach_details
from pulumi_lumos.hosts.texts import text
from pulumi_lumos.lifecycle.errors import HalfMade

from .request import get_caller


def record_half_made(half: HalfMade, state: Values, inputs: Values) -> None:
    """Hand an object to the engine beside the error that is about to be raised.

    `state` is what to record of it, `inputs` are those of the call, with Pulumi's own.
    """
    recorded = _struct({**state, PROVIDER_KEY: inputs[PROVIDER_KEY]})
    attach_details(get_caller().context, half.id, recorded, _struct(inputs), text(str(half)))


def _struct(values: Values) -> Any:
    """Values as the host writes them."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(rpc.serialize_properties(values, {}))
    finally:
        loop.close()
