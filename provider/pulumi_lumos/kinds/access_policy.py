"""A policy that gives some people apps and permissions without a request of theirs.

Facts of the Lumos API that shaped this file (schemas AccessPolicyInput and AccessPolicyOutput):

- The only change is a PUT, which replaces the whole policy. So what a program does not manage goes
  along as Lumos has it.
- A policy is for everyone or for the people of a condition. With `is_everyone_condition` Lumos
  ignores the condition, whatever it says. So a program that gives a condition manages both.
- The list has no filter for an app, and its filter for a name finds parts of names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from typing_extensions import Required, TypedDict

from pulumi_lumos.declare.fields import Field, Input, InputList, OptionalInput, field
from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.declare.reading import identified_by, rule
from pulumi_lumos.declare.spec import Json, Problem
from pulumi_lumos.lifecycle.adoption import ADOPTED_REMAINS
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle

from .base import Resource
from .labels import is_one_line
from .shapes import APPS, PermissionRef

Condition = Annotated[Mapping[str, Any], Json(sets=frozenset({"and", "or", "in"}))]
"""A condition of Lumos, as free JSON: `and`, `or` and `in` take lists in any order."""


@identified_by(("id",), refers_to=APPS)
class AccessPolicyApp(TypedDict, total=False):
    """An app that a policy gives, or some permissions of it."""

    id: Required[Annotated[Input[str], field()]]
    """ID of the app in Lumos."""
    is_preapproved: Annotated[
        OptionalInput[bool], field(reset=False, removed="people wait for approval again")
    ]
    """Whether people get it without approval."""
    permissions: Annotated[
        InputList[PermissionRef],
        field(unordered=True, removed="the policy gives the app itself, not single permissions"),
    ]
    """The permissions of this app that the policy gives; none means the app itself."""


class AccessPolicyLifecycle(ObjectLifecycle):
    """A policy with a condition is for the people of that condition alone."""

    def check(
        self, call: Call, old: Inputs, new: Inputs, *, preview: bool
    ) -> tuple[Inputs, list[Problem]]:
        """Check the inputs; beside a condition, add that the policy is not for everyone.

        Lumos ignores the condition of a policy that is for everyone. Somebody who makes it so by
        hand gives everyone access, so the program has to see it.
        """
        if new.get("access_condition") is not None:
            new = Inputs({"is_everyone_condition": False, **new})
        return super().check(call, old, new, preview=preview)


@is_one_line("name")
class AccessPolicy(
    Resource,
    at="/access_policies",
    update="PUT /access_policies/{id}",
    key=("name",),
    listed_by="",
    search="name",
    exact="",
    lifecycle=AccessPolicyLifecycle,
):
    """A policy that gives people apps and permissions from the start, without a request."""

    name: Field[str] = field()
    """What people call the policy."""
    business_justification: Field[str] = field()
    """Why the policy exists."""
    status: Field[Literal["DRAFT", "PUBLISHED"] | None] = field(
        default=None, reset="DRAFT", removed="the policy is a draft again"
    )
    """Whether the policy is a draft or published."""
    is_enabled: Field[bool | None] = field(
        default=None, reset=False, removed="the policy gives nobody anything any more"
    )
    """Whether the policy is in force."""
    apps: Field[Sequence[AccessPolicyApp]] = field(unordered=True)
    """The apps that the policy gives, at least one."""
    access_condition: Field[Condition | None] = field(default=None)
    """The people whom the policy is for: a condition of Lumos, as an object of JSON. The order of
    its keys, and of the lists of `and`, `or` and `in`, is no difference."""
    is_everyone_condition: Field[bool | None] = field(default=False)
    """Whether the policy is for everyone."""
    adopt: Field[bool | str | None] = field(default=None, option=ADOPTED_REMAINS)
    """Take over an object that exists in Lumos: True for the object with the same key, or the id of
    an object. Deletion then gives it back as it was found."""


@rule(AccessPolicy, "Give exactly one of `access_condition` and `is_everyone_condition=True`.")
def _one_audience(access_condition: Any, is_everyone_condition: Any) -> Iterator[Problem]:
    if is_everyone_condition and access_condition is not None:
        yield "access_condition", "leave it out, or is_everyone_condition: Lumos ignores it then"
    elif not is_everyone_condition and not access_condition:
        yield (
            "access_condition",
            "say whom the policy is for, or set is_everyone_condition to True for everyone",
        )


@rule(AccessPolicy, "`apps` names at least one app.")
def _gives_something(apps: Any) -> Iterator[Problem]:
    if apps is not None and not apps:
        yield "apps", "name at least one app that the policy gives"
