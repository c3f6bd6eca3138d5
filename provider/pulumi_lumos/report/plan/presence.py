"""Refuses a plan that changes or adopts objects which this Lumos does not have.

It is of another tenant, or somebody has deleted the objects since. To skip them would say that
nobody gets more, and no one could tell that from a plan without changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_lumos.api.paths import path
from pulumi_lumos.api.threads import threads
from pulumi_lumos.declare.spec import ObjectSpec
from pulumi_lumos.errors import LumosError
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.adoption import ADOPT
from pulumi_lumos.plurals import plural
from pulumi_lumos.printable import printable
from pulumi_lumos.report.population import Population
from pulumi_lumos.report.reading import CALLS_AT_ONCE, Reader, read_store_apps

from .steps import CREATES, REPLACES, PlanStep

CHANGES_WHAT_IS_THERE = ("update", "delete", *REPLACES)
MAY_ADOPT = (*CREATES, *REPLACES)
PERMISSION = "RequestablePermission"


class PlanOfAnotherLumos(LumosError):
    """A plan changes or adopts objects that this Lumos does not have."""

    def __init__(self, count: int, first: str) -> None:
        example = f": {first}" if count == 1 else f", such as {first}"
        super().__init__(
            f"The plan changes {plural(count, 'object')} that this Lumos does not have{example}. "
            "Use the token of the stack's tenant, or make the plan anew with "
            "`pulumi preview --refresh --json`."
        )


def refuse_absent(steps: Sequence[PlanStep], population: Population, reader: Reader) -> None:
    """Raise PlanOfAnotherLumos if a step changes or adopts what is not there.

    Only what was not read with the report costs requests: a report of some apps lacks the others.
    """
    there = _Presence(population, reader)
    named = [(step, step.id) for step in steps if step.op in CHANGES_WHAT_IS_THERE]
    adopted = [(step, id) for step in steps if (id := _adopted_id(step))]
    with threads(CALLS_AT_ONCE) as pool:
        found = [
            *pool.map(there.has, [step for step, _ in named]),
            *pool.map(there.has_adopted, [step for step, _ in adopted]),
        ]
    both = zip([*named, *adopted], found, strict=True)
    absent = [one for one, is_there in both if not is_there]
    if absent:
        first, id = absent[0]
        raise PlanOfAnotherLumos(len(absent), printable(f"{first.kind} {first.name} ({id})"))


def _adopted_id(step: PlanStep) -> str:
    """The id by which a step takes an object over; "" where it names none, or none yet."""
    given = step.new.get(ADOPT) if step.op in MAY_ADOPT else None
    return given if isinstance(given, str) else ""


class _Presence:
    def __init__(self, population: Population, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[str, Mapping[str, Any]] = {
            "App": population.apps,
            "AppStoreApp": population.apps,
            PERMISSION: {**population.elsewhere, **population.permissions},
            "PreApprovalRule": population.rules,
            "AccessPolicy": population.policies,
        }

    def has(self, step: PlanStep) -> bool:
        """Whether Lumos has the object of a step."""
        if step.kind != "ProvisioningGroupAttachment":
            return self._has(step.kind, step.id)
        recorded = step.recorded
        # A refresh keeps an attachment whose successor is gone, as long as its source is there.
        ids = [recorded.get("bound_permission_id") or step.id]
        if recorded.get("mode") == "successor":
            ids.append(recorded.get("source_permission_id"))
        return any(self._has(PERMISSION, str(id or "")) for id in ids)

    def has_adopted(self, step: PlanStep) -> bool:
        """Whether Lumos has the object that a step takes over."""
        return self._has(kinds()[step.kind].lifecycle.adopts.name, _adopted_id(step))

    def _has(self, kind: str, id: str) -> bool:
        if not id or id in self._read.get(kind, ()):
            return bool(id)
        if kind == "AppStoreApp":
            return id in read_store_apps(self._reader, [id])
        spec = kinds()[kind].spec
        assert isinstance(spec, ObjectSpec)
        address = path(spec.endpoints.read.path, id=id)
        return self._reader.find(f"{kind} {id}", address) is not None
