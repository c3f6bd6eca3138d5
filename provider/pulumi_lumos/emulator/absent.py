"""The mark of a field that a request left out."""

from typing import Any

ABSENT: Any = None
"""Default of optional wire fields without a declared default.

Pydantic does not validate defaults, so a field typed `str` refuses a null that is sent and
yet may be left out: Lumos tells "absent" from "null", and so must its models.
"""
