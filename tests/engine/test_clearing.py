"""A field that leaves the program is cleared in Lumos, and the preview shows it going."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..host.held import at, declared, same
from ..kinds import FACTS
from .one_field_each import OneField, Values, one_field_each

pytestmark = pytest.mark.engine


def declare(stack: Stack, resources: dict[str, tuple[str, Values]]) -> None:
    """Write a program with these resources."""
    stack.program(
        f"for name, (kind, given) in {resources!r}.items():\n"
        "    getattr(lumos, kind)(name, **given)\n"
    )


@pytest.mark.slow
def test_every_optional_field_is_set_and_cleared(tenant: Tenant, stack: Stack) -> None:
    stack.environment["PULUMI_SKIP_CHECKPOINTS"] = "true"
    everything = one_field_each(tenant)
    declare(stack, {one.name: (one.kind, one.given) for one in everything})
    stack.up()
    before = {
        one.name: FACTS[one.kind].held(tenant, *state) for one, state in recorded(stack, everything)
    }
    for one in everything:
        value = at(before[one.name], one.path)
        assert one.field.marks.option or same(at(one.given, one.path), value), (one.path, value)

    declare(stack, {one.name: (one.kind, one.cleared) for one in everything})
    preview = stack.preview("--diff")
    shown = sections(preview)
    assert_removals_are_put_into_words(everything, preview)
    for one in everything:
        removed = stack.spelled(one.path.split(".")[-1])
        assert re.search(rf"^ *- +{re.escape(removed)}\b", shown[one.name], re.M), (
            one.path,
            shown[one.name],
        )
    tenant.forget_requests()
    stack.up()
    for one, state in recorded(stack, everything):
        live = FACTS[one.kind].held(tenant, *state)
        for path in one.gone:
            field = declared(one.kind)[path]
            desired = one.fallback.get(path, field.clearing)
            if path in one.fallback or not field.marks.option:
                assert same(desired, at(live, path)), f"{one.kind} {path} is {at(live, path)!r}"
            if not field.marks.option and not field.marks.replaces:
                assert cleared_by(tenant, state, path) == [field.clearing], f"{one.kind} {path}"
    stack.preview("--refresh", "--expect-no-changes")


def assert_removals_are_put_into_words(everything: list[OneField], preview: str) -> None:
    """The preview says at the resource what a removal hides from people or opens to them."""
    noticed = Counter(
        f"{path.rpartition('.')[2]}: no longer given, so Lumos goes back to "
        f"{json.dumps(field.clearing)}: {field.marks.removed}"
        for one in everything
        for path in one.gone
        if (field := declared(one.kind)[path]).marks.removed
        and not same(at(one.given, path), field.clearing)
    )
    assert len(noticed) > 15
    assert {text: told_of(text, preview) for text in noticed} == dict(noticed)


def told_of(text: str, preview: str) -> int:
    """The number of resources for which a preview says a text: it prints a text of several once."""
    line = rf"warning: (?:[\w.]+\.)?{re.escape(text)}(?: \((\d+) resources: .*\))?$"
    return sum(int(found[1] or 1) for found in re.finditer(line, preview, re.M))


def recorded(stack: Stack, everything: list[OneField]) -> list[tuple[OneField, tuple[Values, str]]]:
    """Each resource with its outputs and id in the state."""
    found = {item["urn"].split("::")[-1]: item for item in stack.resources()}
    return [(o, (found[o.name]["outputs"], found[o.name]["id"])) for o in everything]


def sections(printed: str) -> dict[str, str]:
    """What a preview prints of each resource, by the resource's name."""
    parts = re.split(r"\[urn=[^\]]*::([^\]:]+)\]", printed)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def cleared_by(tenant: Tenant, state: tuple[Values, str], path: str) -> list[Any]:
    """What requests have sent to the object at a path."""
    outputs, id = state
    object_id = outputs.get("bound_permission_id", id)
    sent = [r["body"] for r in tenant.requests("PATCH", "PUT") if f"/{object_id}" in r["path"]]
    return [at(body, path) for body in sent]
