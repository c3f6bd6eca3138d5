"""Lets the engine record an object that is in Lumos although its create or update failed.

The Python host has no way to say that (Node's has), but an error leaves it with the trailing
metadata of the call's context. Where that context is not found, the error goes out by itself; its
text names the object, and the next `pulumi up` finds it by its natural key.
"""

from __future__ import annotations

import asyncio
from typing import Any

from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi.runtime import rpc

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.lifecycle.errors import HalfMade

from ..init_failed import attach_details
from ..texts import text
from .request import calling_context


def record_half_made(half: HalfMade, state: Values, inputs: Values) -> bool:
    """Hand an object to the engine beside the error that is about to be raised.

    `state` is what to record of it, `inputs` are those of the call, with Pulumi's own. Says
    whether that was possible.
    """
    context = calling_context()
    if context is None:
        return False
    recorded = _struct({**state, PROVIDER_KEY: inputs[PROVIDER_KEY]})
    attach_details(context, half.id, recorded, _struct(inputs), text(str(half)))
    return True


def _struct(values: Values) -> Any:
    """Values as the host writes them."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(rpc.serialize_properties(values, {}))
    finally:
        loop.close()
