"""Reads the steps of a plan that concern Lumos, by the declared names, whichever host made it.

It reads no step of another package, which may hold secrets, and no `__provider`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.names import PROVIDER_PROPERTY
from pulumi_lumos.hosts.resource_types import kind_of_type
from pulumi_lumos.report.in_states import declared
from pulumi_lumos.report.model import Unknown
from pulumi_lumos.report.population import Values
from pulumi_lumos.urns import name_of, type_of

UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What Pulumi writes for a value that only `up` can tell (SDK, `rpc.UNKNOWN`)."""
CREATES = ("create", "import")
REPLACES = ("replace", "import-replacement")
NOTHING = ("same", "refresh", "read", "read-replacement", "read-discard", "remove-pending-replace")
PARTS_OF_REPLACE = ("create-replacement", "delete-replaced", "discard-replaced", "discard")
KNOWN = (*CREATES, *REPLACES, *NOTHING, *PARTS_OF_REPLACE, "update", "delete")


class BadPlan(LumosError):
    """A file is not a plan of Pulumi; the text says why, and how to write one."""


@dataclass(frozen=True)
class PlanStep:
    """One step: the old inputs, the new inputs, and the state that the last `up` recorded."""

    op: str
    urn: str
    kind: str
    id: str
    old: Values
    new: Values
    recorded: Values
    is_kept: bool

    @property
    def name(self) -> str:
        """What the program calls the resource."""
        return name_of(self.urn)


def read_steps(text: str) -> tuple[PlanStep, ...]:
    """Read the steps that change something in Lumos, in their order. Raises BadPlan."""
    return tuple(step for step in _steps(_plan_in(text)) if step.op not in NOTHING)


def _plan_in(text: str) -> list[Any]:
    """The `steps` of the output, before which Pulumi may have printed a warning."""
    start = text.find("{")
    try:
        plan = json.JSONDecoder().raw_decode(text[start:])[0] if start >= 0 else None
    except (ValueError, RecursionError):
        plan = None
    if not isinstance(plan, Mapping) or "changeSummary" not in plan:
        raise BadPlan(
            "it is not output of `pulumi preview --refresh --json`, which writes the plan as one "
            "JSON object."
        )
    errors = [one for one in plan.get("diagnostics") or () if one.get("severity") == "error"]
    if errors:
        raise BadPlan("the preview ended with errors. Run `pulumi preview` to see them.")
    steps = plan.get("steps") or []
    return steps if isinstance(steps, list) else []


def _steps(steps: list[Any]) -> Iterator[PlanStep]:
    known = {str(step.get("urn")): step for step in steps if isinstance(step, Mapping)}
    for step in steps:
        kind = _kind(step)
        if not kind:
            continue
        old, new = step.get("oldState") or {}, step.get("newState") or {}
        given = _known(kind, new.get("inputs"))
        depends = declared(kind, new.get("propertyDependencies"))
        yield PlanStep(
            op=str(step.get("op")),
            urn=str(step.get("urn")),
            kind=kind,
            id=str(old.get("id") or ""),
            old=_known(kind, old.get("inputs")),
            new={name: _value(given[name], _why(name, depends, known)) for name in given},
            recorded=_known(kind, old.get("outputs")),
            is_kept=bool(old.get("retainOnDelete")) or _goes_with(old, known),
        )


def _kind(step: Any) -> str:
    if not isinstance(step, Mapping):
        return ""
    type = str((step.get("newState") or step.get("oldState") or {}).get("type") or "")
    return kind_of_type(type)


def _known(kind: str, values: Any) -> Values:
    found = declared(kind, values)
    found.pop(PROVIDER_PROPERTY, None)
    return found


def _goes_with(old: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether the engine only forgets the object, because its `deleted_with` is deleted."""
    other = known.get(str(old.get("deletedWith") or ""))
    return bool(other and other.get("op") == "delete")


@dataclass(frozen=True, slots=True)
class Later(Unknown):
    """A value that one resource of the plan gives; `urn` is that resource, if it is exactly one."""

    urn: str = ""


def _why(name: str, depends: Mapping[str, Any], known: Mapping[str, Any]) -> Later:
    """Say why a value is not known: name the resources that it depends on."""
    named = depends.get(name) or []
    urns = sorted({str(urn) for urn in named if str(urn) in known})
    if len(urns) != 1:
        return Later(f"{name} is not known before up")
    type = type_of(urns[0]).rpartition("$")[2]
    return Later(f"not known before up: {type} {name_of(urns[0])}", urns[0])


def _value(value: Any, why: Later) -> Any:
    if value == UNKNOWN_TEXT:
        return why
    if isinstance(value, Mapping):
        return {str(name): _value(item, why) for name, item in value.items()}
    if isinstance(value, list):
        return [_value(item, why) for item in value]
    return value
