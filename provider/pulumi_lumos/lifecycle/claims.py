"""Which resource of a program has which natural key, judged by their inputs alone.

So two of one key are found without asking Lumos, in a preview too, where neither has been made or
renamed yet.
"""

from __future__ import annotations

from collections import defaultdict
from threading import Lock

from pulumi_lumos.declare.spec import ResourceSpec, Values

Key = tuple[str, tuple[tuple[str, str], ...]]
"""A kind, and the fields that name an object of it, each with its value as text."""


def key_of(spec: ResourceSpec, inputs: Values) -> Key:
    """The natural key of the object that these inputs mean."""
    return spec.name, tuple((name, str(value)) for name, value in spec.key_of(inputs).items())


class Claims:
    """The natural keys that the resources of this run have by their inputs."""

    def __init__(self) -> None:
        self._by_key: dict[Key, dict[str, bool]] = defaultdict(dict)
        self._by_owner: dict[str, Key] = {}
        self._lock = Lock()

    def claim_key(self, key: Key, owner: str, *, anew: bool) -> str | None:
        """Enter the key of a resource; return another resource that must not have it too.

        Two resources may have one key since earlier runs, as adopted twins have. It is wrong only
        to take a key `anew`, whichever of the two the engine checks first.
        """
        with self._lock:
            before = self._by_owner.get(owner)
            if before is not None:
                # The engine checks a resource twice where it is to be replaced.
                self._by_key[before].pop(owner, None)
            others = self._by_key[key]
            wrong = next((one for one, is_new in others.items() if anew or is_new), None)
            others[owner] = anew
            self._by_owner[owner] = key
            return wrong

    def key_of(self, owner: str) -> Key | None:
        """The key that a resource has by its inputs, if that is known."""
        return self._by_owner.get(owner)
