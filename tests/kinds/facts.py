"""Facts about a kind that the tests need and its declaration does not give."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from ..drivers.tenant import Tenant

Values = dict[str, Any]


class KindFacts(ABC):
    """Example values of a kind, and how people meet its objects in Lumos."""

    samples: ClassVar[tuple[Values, ...]]
    """An object is made with the first and changed to each next. The second changes what the first
    sets; the third leaves out what it can, so that it is cleared."""
    samples_cannot_change: ClassVar[dict[str, str]] = {}
    """The fields that no sample changes, each with the reason."""
    names_groups = True
    """Whether the samples name groups, which can be spelled in two ways."""
    fallbacks: ClassVar[Values] = {}
    """What an object has where the program leaves a field out, if not the field's own value."""

    needed_beside_required: ClassVar[tuple[str, ...]] = ()
    """The optional fields that every program has to give by a rule of the kind."""
    in_the_way: ClassVar[tuple[str, ...]] = ()
    """The apps that the demo company has in the AppStore and the samples put there."""

    @abstractmethod
    def held(self, tenant: Tenant, state: Values, id: str) -> Values:
        """The object in Lumos, under the names that the kind's inputs have."""

    @abstractmethod
    def is_there(self, tenant: Tenant, state: Values, id: str) -> bool:
        """Whether Lumos has the object."""

    @abstractmethod
    def vanish(self, tenant: Tenant, state: Values, id: str) -> None:
        """Somebody removes the object by hand."""

    @abstractmethod
    def edit_by_hand(self, tenant: Tenant, state: Values, id: str) -> str:
        """Somebody changes one field of the first sample; the line that a preview shows of it."""

    @abstractmethod
    def add_unconfigured(self, tenant: Tenant) -> Values:
        """An object with nothing but what every one of its kind has."""

    @abstractmethod
    def adopted(self, tenant: Tenant) -> Values:
        """What a program says to adopt an object, so that the state remembers all it can."""

    def add_twin(self, tenant: Tenant, id: str) -> str:
        """Add another object of the same natural key; its id."""
        raise AssertionError("Lumos has one object of each key of this kind")
