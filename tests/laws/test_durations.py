"""The durations that this package knows are those of the vendor's document."""

from __future__ import annotations

import re

from pulumi_lumos.kinds.durations import LISTED

from .vendor import document


def test_the_listed_durations_are_those_of_an_access_request() -> None:
    schemas = document()["components"]["schemas"]
    length = schemas["CreateAccessRequestInput"]["properties"]["access_length"]
    assert re.findall(r"'([^']+)'", length["description"]) == list(LISTED)
