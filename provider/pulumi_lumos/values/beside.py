"""What a program says beside the inputs of a resource, and what a preview makes of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Beside:
    """Facts about a resource that are not inputs, such as which values are secret.

    secret: the property paths whose values the program has marked as secrets, without the places
    of items in lists; what stands below one is secret too.
    is_imported: whether this run imports the resource, so that its old inputs are all that Lumos
    has, and not what a program once gave.
    """

    secret: tuple[str, ...] = ()
    is_imported: bool = False

    def hides(self, path: str) -> bool:
        """Whether the value at a property path is a secret, or has one in it."""
        return any(
            f"{path}.".startswith(f"{one}.") or f"{one}.".startswith(f"{path}.")
            for one in self.secret
        )


NOTHING = Beside()
