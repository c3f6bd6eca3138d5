"""What a program says beside the inputs of a resource, and what a preview makes of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Beside:
    """Facts about a resource that are not inputs, such as which values are secret.

    secret: the property paths whose values the program has marked as secrets, without the places
    of items in lists; what stands below one is secret too.
    """

    secret: tuple[str, ...] = ()

    def hides(self, path: str) -> bool:
        """Whether the value at a property path is a secret, or has one in it."""
        return any(
            f"{path}.".startswith(f"{one}.") or f"{one}.".startswith(f"{path}.")
            for one in self.secret
        )


NOTHING = Beside()
