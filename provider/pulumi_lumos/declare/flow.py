"""The forms in which the fields of an object flow, a type of its own each.

At run time each is a dict of fields by name, in Lumos's own spelling. To type checkers they differ,
so that nobody hands a state to what takes inputs.
"""

from __future__ import annotations

from typing import Any, NewType

Inputs = NewType("Inputs", dict[str, Any])
"""What a program gives of a resource."""

State = NewType("State", dict[str, Any])
"""What Pulumi records of a resource: its outputs."""

Answer = NewType("Answer", dict[str, Any])
"""An object as Lumos answered it, with its `id` and each field under its own name."""

Body = NewType("Body", dict[str, Any])
"""What a request sends."""
