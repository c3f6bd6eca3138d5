"""The words a field is declared with: `field(...)`, `computed(...)` and their marks.

One line declares a field for good: the constructor argument, the typed output, validation, diff,
request body and reference page all derive from it. The string below says what the field means:
editors show it, and the reference page does (see `docs`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, Union, overload

from .flow import Answer

T = TypeVar("T")

if TYPE_CHECKING:
    from pulumi import Input as Input
    from pulumi import Output as Output
else:
    # The command line and the emulator read declarations too, and load no Pulumi.
    class Output(Generic[T]):
        """Stands for `pulumi.Output` in a declaration."""

    Input = Union[T, Awaitable[T], Output[T]]  # noqa: UP007, as Pulumi spells it
    """Stands for `pulumi.Input` in a declaration."""

OptionalInput = Union[Input[T], None]  # noqa: UP007, Input holds a string that | refuses
"""What a program may give for a nested field: a value, an Output of it, or nothing."""

InputList = Union[Sequence[Input[T]], Input[Sequence[T]], None]  # noqa: UP007, as above
"""What a program may give for a nested list: each item, or the whole list, may be an Output."""


class _Absent:
    """Tells "nothing declared" from None, which is a value Lumos knows (null)."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Any = _Absent()


@dataclass(frozen=True)
class Collection:
    """Objects of Lumos that others point at.

    noun: what people call one of them.
    path: the address of their list; one of them is at `<path>/<id>`.
    called: the property by which people know one.
    filter: the list's query parameter that limits what may be named. A field of the reference, or
        of the resource that holds it, has the same name and gives the value.
    query: goes with every call.
    exact: the list's query parameter that makes a search exact; "" where there is none.
    in_pages: whether Lumos answers the list page by page, or whole and never one by one.
    active: the `status` of one that can act.
    scopes: the `filter` of other collections that takes the id of one of these.
    hint: what to think of first when one is not there.
    """

    noun: str
    path: str
    called: str = "name"
    filter: str = ""
    query: tuple[tuple[str, str], ...] = ()
    exact: str = "exact_match"
    in_pages: bool = True
    active: str = ""
    scopes: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Awaited:
    """What has to be there before Lumos takes a field: what people call it, and what tells it."""

    noun: str
    is_it: Callable[[Answer], bool]


@dataclass(frozen=True)
class Marks:
    """What is special about a field.

    default: what Lumos assumes when the field is missing from an object that is sent. PATCH
        schemas declare such defaults too, so the field travels along with a change beside it.
    replaces: a change makes a new object, because Lumos cannot change the field in place.
    unordered: the items of the list are a set; their order is never a difference.
    secret: the value is kept encrypted in the Pulumi state.
    reset: what clears the field when the program stops giving it; else the default; else null.
    removed: what people notice when the program stops giving the field, where clearing it hides
        something from them or opens something to them.
    option: the field steers this provider and is never sent to Lumos; what happens when a program
        no longer gives it, for the reference page.
    required_by_patch: Lumos's PATCH demands the field, so it goes along with every change.
    described_by: the property beside the field, in Lumos's answer and among the outputs, that is
        false where Lumos holds more than the field can say; it is neither compared nor sent then.
    waits_for: Lumos takes the field only once the app has such an object; where it refuses, the
        field is sent as soon as the same run has made one.
    waits_with: the option of the resource that makes it wait for an object which Lumos has yet to
        learn of; an object that Lumos itself has no id for is no mistake then.
    refers_to: the objects of which this one field names one by its id.
    hook_type: the type that the webhook named here has to be of.
    answered_as: the name under which Lumos answers the field, if not its own.
    write_only: Lumos never answers the field, so the state keeps what the program gave last, and
        nobody can see a change of it. Leaving it out changes nothing in Lumos.
    connects: the field connects an object to something else, and goes, with all others so marked,
        by the call `connect` of the kind.
    at: where in Lumos's answer a computed field stands, if not under its own name ("links.self").
    """

    default: Any = ABSENT
    replaces: bool = False
    unordered: bool = False
    secret: bool = False
    reset: Any = ABSENT
    removed: str = ""
    option: str = ""
    required_by_patch: bool = False
    described_by: str = ""
    waits_for: Awaited | None = None
    waits_with: str = ""
    refers_to: Collection | None = None
    hook_type: str = ""
    answered_as: str = ""
    write_only: bool = False
    connects: bool = False
    at: str = ""

    @property
    def cleared(self) -> Any:
        """The value that clears the field in Lumos."""
        if self.reset is not ABSENT:
            return self.reset
        return None if self.default is ABSENT else self.default


class Field(Generic[T]):
    """A field of a resource: the constructor takes an Input of T, reading gives an Output of T."""

    def __init__(self, marks: Marks, *, computed: bool = False) -> None:
        self.marks = marks
        self.computed = computed
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        # A program's class that takes over a field by another name is refused. Until then it must
        # not rename the field of its first class, which every later resource reads.
        self.name = self.name or name

    @overload
    def __get__(self, instance: None, owner: type) -> Field[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Output[T]: ...
    def __get__(self, instance: object | None, owner: type) -> Field[T] | Output[T]:
        if instance is None:
            return self
        # Pulumi keeps a resource's outputs in its instance dictionary.
        output: Output[T] = instance.__dict__[self.name]
        return output

    def __set__(self, instance: object, value: Input[T]) -> None:
        raise AttributeError(f"{self.name} can only be given to the constructor")


Computed = Field
"""A field that only Lumos sets."""


def field(
    *,
    default: Any = ABSENT,
    replaces: bool = False,
    unordered: bool = False,
    secret: bool = False,
    reset: Any = ABSENT,
    removed: str = "",
    option: str = "",
    required_by_patch: bool = False,
    described_by: str = "",
    waits_for: Awaited | None = None,
    waits_with: str = "",
    refers_to: Collection | None = None,
    hook_type: str = "",
    answered_as: str = "",
    write_only: bool = False,
    connects: bool = False,
) -> Any:
    """Declare a field that the program sets; `default=` makes it optional. See `Marks`."""
    return Field(
        Marks(
            default=default,
            replaces=replaces,
            unordered=unordered,
            secret=secret,
            reset=reset,
            removed=removed,
            option=option,
            required_by_patch=required_by_patch,
            described_by=described_by,
            waits_for=waits_for,
            waits_with=waits_with,
            refers_to=refers_to,
            hook_type=hook_type,
            answered_as=answered_as,
            write_only=write_only,
            connects=connects,
        )
    )


def computed(*, at: str = "", init: Literal[False] = False) -> Any:
    """Declare a field that only Lumos sets: an output of the resource, never an argument."""
    return Field(Marks(at=at), computed=True)
