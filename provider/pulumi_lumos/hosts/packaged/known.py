"""What one provider process remembers of resources from call to call."""

from __future__ import annotations

from threading import Lock


class Known:
    """What one provider process remembers of the resources it was asked about."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._imported: set[str] = set()
        self._foreseen: set[str] = set()

    def note_imported(self, urn: str) -> None:
        """Note that a resource is imported: it was read, and no state of it is known."""
        with self._lock:
            self._imported.add(urn)

    def is_imported(self, urn: str) -> bool:
        """Whether a resource was imported, so that only what the program gives is compared."""
        return urn in self._imported

    def note_foreseen(self, urn: str) -> None:
        """Note that a check has looked at what the resource names."""
        with self._lock:
            self._foreseen.add(urn)

    def is_foreseen(self, urn: str) -> bool:
        """Whether a check has looked at what the resource names."""
        return urn in self._foreseen
