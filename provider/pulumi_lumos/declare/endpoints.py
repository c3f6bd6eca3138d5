"""Where the objects of a kind live in the API: the calls that make, read, change and list them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
"""The methods that the client can send."""
METHODS_OF = {
    "create": ("POST", "PUT"),
    "read": ("GET",),
    "update": ("PATCH", "PUT"),
    "delete": ("DELETE",),
    "list": ("GET",),
    "connect": ("POST", "PATCH", "PUT"),
}
"""The methods that each operation of a kind may have."""
OF_ONE_OBJECT = {"read", "update", "delete", "connect"}
"""The operations whose path names the object by `{id}`; the other paths name nothing."""


@dataclass(frozen=True)
class Operation:
    """One call to Lumos: method and path, with `{id}` for the object's id.

    Raises TypeError for a method that the client cannot send, so when a kind is declared.
    """

    method: str
    path: str

    @classmethod
    def parse(cls, call: str) -> Operation:
        """The operation that a declaration writes as "PATCH /apps/{id}"; raises TypeError."""
        method, _, path = call.partition(" ")
        return cls(method, path)

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            desired = ", ".join(METHODS)
            raise TypeError(f"{self.method} {self.path}: the client sends only {desired}")


@dataclass(frozen=True)
class Endpoints:
    """Where an object is made, read, changed, deleted and listed.

    Raises TypeError for a method that does something else, and for a path that names what the
    client does not fill in, so when a kind is declared.

    An update by PUT sends the whole object: beside what the program manages, what Lumos has.

    query: goes with each of these calls but the delete.
    list_query: goes with the list alone.
    search: the list's query parameter that finds objects by name.
    exact: the list's query parameter that makes a search exact; "" where there is none.
    connect: sends the fields that are marked `connects`, with all other changes; it also brings
        back an object that counts as gone (`ObjectSpec.gone`).
    export_query: finds in the list what a program could have made.
    """

    create: Operation
    read: Operation
    update: Operation
    delete: Operation
    list: Operation
    query: Mapping[str, str] = field(default_factory=dict)
    list_query: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    exact: str = ""
    connect: Operation | None = None
    export_query: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, methods in METHODS_OF.items():
            operation: Operation | None = getattr(self, name)
            if operation is None:
                continue
            if operation.method not in methods:
                desired = " or ".join(methods)
                raise TypeError(f"{operation.method} {operation.path}: {name} sends {desired}")
            named = ["id"] if name in OF_ONE_OBJECT else []
            if re.findall(r"\{(.*?)\}", operation.path) != named:
                desired = "{id} and nothing else" if named else "nothing"
                raise TypeError(f"{operation.method} {operation.path}: {name} names {desired}")

    @classmethod
    def at(
        cls,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        list_query: Mapping[str, str] | None = None,
        search: str = "",
        exact: str = "exact_match",
        export_query: Mapping[str, str] | None = None,
        **given: str,
    ) -> Endpoints:
        """The usual five below one path; `given` names the ones that differ ("PATCH /a/{id}")."""
        one = f"{path}/{{id}}"
        calls = {
            "create": f"POST {path}",
            "read": f"GET {one}",
            "update": f"PATCH {one}",
            "delete": f"DELETE {one}",
            "list": f"GET {path}",
            **given,
        }
        operations = {name: Operation.parse(call) for name, call in calls.items()}
        return cls(
            **operations,
            query=query or {},
            list_query={**(query or {}), **(list_query or {})},
            search=search,
            exact=exact,
            export_query=export_query or {},
        )
