"""A program's own class that extends a kind, to set defaults of its company."""

from __future__ import annotations

from pulumi_lumos.declare.fields import Field


def check_subclass(kind: type) -> None:
    """Raise TypeError for a class attribute that looks like a default and has no effect."""
    spec = getattr(kind, "spec", None)
    if spec is None:
        raise TypeError(f"{kind.__name__} declares a kind: give at=, where it lives in the API")
    known = {*spec.fields, *spec.computed}
    if names := [name for name in vars(kind) if name in known]:
        raise TypeError(
            f"{kind.__name__} has the class attribute {names[0]}, which sets no default; "
            f"define __init__ and pass {names[0]} to super().__init__"
        )
    if names := [name for name, value in vars(kind).items() if isinstance(value, Field)]:
        raise TypeError(f"{kind.__name__} declares {names[0]}, which Lumos does not know")
