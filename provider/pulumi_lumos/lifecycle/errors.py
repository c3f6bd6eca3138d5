"""What can go wrong with one resource, beyond a call that fails.

    LumosError
    ├── AlreadyExists     Lumos has an object of the same natural key
    ├── CannotAdopt       there is no one object that could be adopted as declared
    ├── Gone              the object to change is not in Lumos
    ├── HalfMade          the object is in Lumos, but not all of it as the program says
    ├── ManagedTwice      two resources of one program stand for the same object
    ├── NotThere          Lumos does not have an object that is read or imported
    ├── OtherTenant       the token opens another tenant than the one the objects are in
    ├── StillTaken        another resource of the program gives a key up only in this update
    └── Unreadable        an answer that is not the object it should be

Each text names the object and says what to do next.
"""

from __future__ import annotations

from typing import Any

from pulumi_lumos.declare.flow import State
from pulumi_lumos.declare.spec import ResourceSpec, Values
from pulumi_lumos.errors import LumosError
from pulumi_lumos.urns import name_of, type_of

ADVICE_ON_REPLACEMENT = (
    "give it delete_before_replace=True, unless it was adopted or retain_on_delete keeps it, or "
    "make its other changes first"
)


class AlreadyExists(LumosError):
    """Lumos has objects of this natural key that are not what the program would make.

    `recorded_as` is the URN under which this stack has one of them, where that is known. If a
    person forces a replacement, it may be that of the `resource` itself; the engine then asks for
    no difference, and only a refresh shows whose it is.
    """

    def __init__(
        self,
        spec: ResourceSpec,
        inputs: Values,
        ids: list[str],
        recorded_as: str = "",
        resource: str = "",
    ) -> None:
        key, article = _key(spec, inputs), "an" if spec.name[0] in "AEIOU" else "a"
        many = f"ids {', '.join(ids)}" if len(ids) > 1 else f"id {ids[0]}"
        there = f"Lumos already has {article} {spec.name} with {key} ({many})."
        if recorded_as and recorded_as == resource:
            own = f"This very resource has it and is to be replaced: {ADVICE_ON_REPLACEMENT}."
            return super().__init__(f"{there} {own}")
        replaced = f" If this very resource has it and is to be replaced, {ADVICE_ON_REPLACEMENT}."
        super().__init__(
            f"{there} {advise_alias(recorded_as)}{'' if recorded_as else replaced}"
            f"{_advise_order(spec, inputs)} "
            f"Pass adopt={'<one of the ids>' if len(ids) > 1 else True} to manage what somebody "
            f"else made, or delete it in Lumos.{_advise_name(spec, inputs)}"
        )


def advise_alias(recorded_as: str = "") -> str:
    """Advise how to keep an object that this stack has under another name or parent.

    `recorded_as` is the URN under which the stack has it, where that is known.
    """
    name = name_of(recorded_as)
    has_it = f"This stack has it as {name}: if you renamed or moved that"
    alias = f'pulumi.Alias(name="{name or "<old name>"}")'
    if "$" in type_of(recorded_as):
        # A name alone does not say in which component a resource was.
        alias = f'"{recorded_as}"'
    return (
        f"{has_it if name else 'If this stack has it under another name or parent'}, keep it with "
        f"opts=pulumi.ResourceOptions(aliases=[{alias}])."
    )


def _advise_name(spec: ResourceSpec, inputs: Values) -> str:
    """Advise how to tell an object from another one that the program does not name."""
    names = [name for name in spec.key if name not in spec.key_of(inputs)]
    return f" Where you mean another one, give it a {' and a '.join(names)}." if names else ""


def _advise_order(spec: ResourceSpec, inputs: Values) -> str:
    """Advise how to take a key that another resource gives up in the same update."""
    last = [*spec.key_of(inputs)][-1]
    if spec.fields[last].marks.replaces:
        return ""
    return f" If another resource gives up that {last} in this update, add depends_on for it."


class CannotAdopt(LumosError):
    """There is no one object that could be adopted as declared."""

    @classmethod
    def none_or_many(cls, spec: ResourceSpec, inputs: Values, ids: list[str]) -> CannotAdopt:
        """Say that `adopt` means no object, or several."""
        desired = inputs["adopt"]
        named = _key(spec, inputs) if desired is True else f"id {desired!r}"
        if ids:
            return cls(
                f"Lumos has {len(ids)} of {spec.name} with {named}; "
                f"say which to adopt: adopt= one of {', '.join(ids)}."
            )
        return cls(
            f"Lumos has no {spec.name} with {named} to adopt. "
            "Correct it in the program, or leave adopt out to make a new one."
        )

    @classmethod
    def fixed(cls, spec: ResourceSpec, id: str, names: list[str]) -> CannotAdopt:
        """Say that the object differs in fields that Lumos cannot change."""
        return cls(
            f"{spec.name} {id} cannot be adopted as declared: Lumos does not change "
            f"{', '.join(names)} of an existing object. Declare what it has, or leave that out."
        )


class Gone(LumosError):
    """The object to change is not in Lumos.

    `remembered` is the tenant of the state that has it, where that was made with another token.
    """

    def __init__(self, spec: ResourceSpec, id: str, remembered: Values | None = None) -> None:
        first = (
            f"The state was made with another token, in the Lumos of {_name(remembered)}. "
            if remembered
            else ""
        )
        super().__init__(
            f"{first}{spec.name} {id} is not in Lumos: somebody deleted it there, or the token "
            "opens another tenant. If it was deleted, run `pulumi up --refresh` to make it again."
        )
        self.spec = spec
        self.id = id


class HalfMade(LumosError):
    """A create or an update did only a part of its work, or may have: the object is in Lumos.

    `id` and `state` are what Pulumi has to record of it, so that the next run goes on from there.
    """

    def __init__(self, spec: ResourceSpec, id: str, state: State, reason: LumosError) -> None:
        super().__init__(
            f"{spec.name} {id} is in Lumos, but perhaps not yet as declared: {reason} "
            "The next `pulumi up` looks at it and goes on from there."
        )
        self.spec = spec
        self.id = id
        self.state = state


class ManagedTwice(LumosError):
    """Two resources of one program stand for the same object."""

    def __init__(
        self, spec: ResourceSpec, id: str, one: str, other: str, or_else: str = ""
    ) -> None:
        names = " and ".join(name_of(urn) for urn in (one, other))
        super().__init__(
            f"The resources {names} stand for the same {spec.name} {id}. "
            f"Remove one of them from the program{or_else}."
        )

    @classmethod
    def by_key(cls, spec: ResourceSpec, inputs: Values, one: str, other: str) -> ManagedTwice:
        """Say that both have the same natural key, whether Lumos has such an object or not."""
        or_else = f", or give it another {[*spec.key_of(inputs)][-1]}"
        if names := [name for name in spec.key if name not in spec.key_of(inputs)]:
            or_else = f", or give each a {' and a '.join(names)}"
        return cls(spec, f"with {_key(spec, inputs)}", one, other, or_else)


class NotThere(LumosError):
    """Lumos does not have an object that the program reads with `get`, or that is imported.

    `why` says what else has the id, and `instead` what to do then.
    """

    def __init__(self, spec: ResourceSpec, id: str, why: str = "", instead: str = "") -> None:
        advice = "Correct the id, or find the object by its name with a lookup."
        super().__init__(
            f"Lumos has no {spec.name} with the id {id!r}{why and f', because {why}'}. "
            f"{instead or advice}"
        )


class OtherTenant(LumosError):
    """The token opens another tenant of Lumos than the one the stack's objects are in.

    Both are given as a state remembers a tenant.
    """

    def __init__(self, remembered: Values, opened: Values) -> None:
        here, there = _name(remembered), _name(opened)
        if here == there:
            here, there = (
                f"{here}, token {remembered['token']}",
                f"{there}, token {opened['token']}",
            )
        super().__init__(
            f"This stack's objects are in the Lumos of {here}, but the token opens the Lumos of "
            f"{there}, which has none of them. Nothing was changed. Give the token of the stack's "
            "own tenant. If somebody has deleted all of these objects, run "
            "`LUMOS_TENANT_CHECK=off pulumi up --refresh` once."
        )


def _name(tenant: Values) -> str:
    """Name a tenant for people: by a person, and by its address."""
    return f"{tenant['email'] or tenant['user_id'] or 'somebody'} at {tenant['server_url']}"


class StillTaken(LumosError):
    """A resource takes a key that another one of the program gives up in the same update.

    `one` takes it, `other` has it until then; nothing says yet that `other` comes first.
    """

    def __init__(self, spec: ResourceSpec, inputs: Values, one: str, other: str) -> None:
        taker, holder = name_of(one), name_of(other)
        last = [*spec.key_of(inputs)][-1]
        super().__init__(
            f"The resource {holder} has the {last} {inputs.get(last)!r} until this update changes "
            f"it: add depends_on=[<the resource {holder}>] to the options of {taker}, so that "
            f"{holder} is changed first."
        )


class Unreadable(LumosError):
    """An answer lacks fields that every object of its kind has; the change may have been made."""

    in_doubt = True

    def __init__(self, spec: ResourceSpec, answer: Any, id: str) -> None:
        asked_for = f"{spec.name} {id}" if id else f"a new {spec.name}"
        seen = type(answer).__name__
        if isinstance(answer, dict):
            seen = f"its fields are {', '.join(sorted(answer)[:5])}" if answer else "it is empty"
        super().__init__(
            f"Lumos answered for {asked_for} with something else ({seen}). "
            "Look at the object in Lumos before you run `pulumi up` again."
        )


def _key(spec: ResourceSpec, inputs: Values) -> str:
    return ", ".join(f"{name} {value!r}" for name, value in spec.key_of(inputs).items())
