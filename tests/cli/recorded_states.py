"""States as the engine keeps them."""

from __future__ import annotations

import copy
import json
from typing import Any

from ..drivers.dynamic_host import serialized
from ..laws.promises import PROVIDERS, TYPE_TOKENS


def resource(kind: str, **changed: Any) -> dict[str, Any]:
    """A resource as states have it."""
    type = TYPE_TOKENS.get(kind, kind)
    recorded = {"__provider": PROVIDERS.get(kind, serialized("AppStoreApp")), "label": "Admin"}
    urn = f"urn:pulumi:dev::appstore::{type}::it"
    given = {"urn": urn, "type": type, "inputs": recorded, "outputs": recorded, **changed}
    return copy.deepcopy(given)


def state(*resources: dict[str, Any], **more: Any) -> str:
    """What `pulumi stack export` prints."""
    stack = {"urn": "urn:pulumi:dev::appstore::pulumi:pulumi:Stack::it", "type": "pulumi:Stack"}
    return json.dumps({"version": 3, "deployment": {"resources": [stack, *resources], **more}})
