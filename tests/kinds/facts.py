"""Facts about a kind that the tests need and its declaration does not give."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from pulumi_lumos.emulator import seed_ids

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

    has_lists = True
    """Whether the first sample has a list, whose order can be another one."""
    has_twins = True
    """Whether Lumos takes several objects of one natural key."""
    is_one_object = True
    """Whether each resource is an object of its own, which it makes and removes."""
    objects_read = 1
    """How many objects of Lumos a resource is made of."""
    belongs_to_an_app = True
    """Whether an object is of one app; others name theirs in a list."""
    one_to_an_app = False
    """Whether an app has one such object at most, which is a part of the app."""
    stands_on_a_permission = False
    """Whether a resource changes a permission that nothing else may manage."""
    fixed_once_made: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """The fields below others that no change of an object reaches."""
    never_cleared: ClassVar[tuple[str, ...]] = ()
    """The optional fields that a rule demands in the samples' case."""
    left_to_other_tests: ClassVar[dict[tuple[str, ...], str]] = {}
    """The fields that random programs cannot give, each with the reason."""
    never_configured: ClassVar[Values] = {}
    """What names an object that nobody has ever configured, if the first sample does not."""
    of_another_kind = seed_ids.AWS_APP_ID
    """The id of something in the demo company that is of another kind."""
    made_again = "+ 1 created"
    """What an update says that makes a vanished object again."""

    @abstractmethod
    def held(self, tenant: Tenant, state: Values, id: str) -> Values:
        """The object in Lumos, under the names that the kind's inputs have."""

    @abstractmethod
    def is_there(self, tenant: Tenant, state: Values, id: str) -> bool:
        """Whether Lumos has the object."""

    @abstractmethod
    def vanish(self, tenant: Tenant, state: Values, id: str) -> None:
        """Somebody removes the object by hand."""

    def vanish_for_good(self, tenant: Tenant, state: Values, id: str) -> None:
        """Somebody removes all that the resource is made of."""
        self.vanish(tenant, state, id)

    @abstractmethod
    def edit_by_hand(self, tenant: Tenant, state: Values, id: str) -> str:
        """Somebody changes one field of the first sample; the line that a preview shows of it."""

    @abstractmethod
    def add_unconfigured(self, tenant: Tenant) -> Values:
        """An object with nothing but what every one of its kind has."""

    @abstractmethod
    def adopted(self, tenant: Tenant) -> Values:
        """What a program says to adopt an object, so that the state remembers all it can."""

    @abstractmethod
    def exported(self, state: Values) -> Values:
        """All that an export takes of the state of a tenant, by its id."""

    def in_terraform(self, id: str, held: Values) -> Values:
        """The attributes that a state of Terraform has of an object as `exported` gives it."""
        return {"id": id, "app_id": held.get("app_id")}

    def add_twin(self, tenant: Tenant, id: str) -> str:
        """Add another object of the same natural key; its id."""
        raise AssertionError("Lumos has one object of each key of this kind")
