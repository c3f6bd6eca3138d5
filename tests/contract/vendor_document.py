"""The vendor's OpenAPI document, which is not ours to publish and so not in this repository."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pulumi_lumos.emulator import routes

from ..repository import ROOT

BESIDE = ROOT.parent / "shared" / "lumos-api" / "openapi.json"
FAMILIES = {
    route.path.split("/")[1]
    for family in routes.FAMILIES
    for route in family.routes
    if isinstance(route, APIRoute)
}
LEFT_OUT = "/accounts/upload"
"""Below one of the families, but not emulated."""
MISSING = (
    "THE EMULATOR IS NOT CHECKED AGAINST LUMOS: save the OpenAPI document of "
    "https://developers.lumos.com and name the file in LUMOS_OPENAPI."
)


def load() -> dict[str, Any]:
    """The document, cut down to the emulated paths."""
    document = whole()
    paths = document["paths"].items()
    document["paths"] = {
        path: item
        for path, item in paths
        if path.split("/")[1] in FAMILIES and not path.startswith(LEFT_OUT)
    }
    return document


def whole() -> dict[str, Any]:
    """The document as the vendor publishes it.

    Read from the file LUMOS_OPENAPI names (it must be readable), else from beside the checkout;
    where neither is there the module that asks is skipped.
    """
    named = os.environ.get("LUMOS_OPENAPI")
    if not named and not BESIDE.exists():
        pytest.skip(MISSING, allow_module_level=True)
    document: dict[str, Any] = json.loads(Path(named or BESIDE).read_text(encoding="utf-8"))
    return document
