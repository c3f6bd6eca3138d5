"""A key, such as a label, that one resource gives up and another takes in the same update."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pulumi_lumos.declare.spec import ResourceSpec
from pulumi_lumos.kinds import kinds

from ..answers import each_answer_to_equal_labels
from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..kinds import KINDS, Values, samples

NewRun = Callable[..., Run]


def _spec(kind: str) -> ResourceSpec:
    spec: ResourceSpec = kinds()[kind].spec
    return spec


MOVING = [kind for kind in KINDS if not _spec(kind).fields[_spec(kind).key[-1]].marks.replaces]
moving = pytest.mark.parametrize("kind", MOVING)


def first(kind: str) -> tuple[Values, Values]:
    """What a resource `a` gives in the first run, and in the second where it has another key."""
    given = samples(kind)[0]
    return given, {**given, _spec(kind).key[-1]: "Another"}


def expected(kind: str) -> str:
    last = _spec(kind).key[-1]
    return (
        f"The resource a has the {last} {samples(kind)[0][last]!r} until this update changes it: "
        "add depends_on=[<the resource a>] to the options of c, so that a is changed first."
    )


def test_some_kinds_have_keys_that_change() -> None:
    assert MOVING == ["AccessPolicy", "App", "PreApprovalRule", "RequestablePermission"]


@moving
@pytest.mark.parametrize("refreshed", [True, False])
def test_one_sentence_says_to_add_depends_on(
    kind: str, refreshed: bool, tenant: Tenant, new_run: NewRun
) -> None:
    old, new = first(kind)
    id, state = new_run().create(kind, old, "a")
    before, run = tenant.state(), new_run()
    if refreshed:
        run.refresh(kind, id, state, "a")
    assert run.check(kind, old, new, "a", preview=True) == {}
    assert run.diff(kind, id, state, new, "a").changed
    assert run.check(kind, {}, old, "c", preview=True) == {_spec(kind).key[-1]: expected(kind)}
    assert tenant.state() == before


@moving
def test_the_sentence_comes_too_where_the_taker_is_checked_first(
    kind: str, new_run: NewRun
) -> None:
    old, new = first(kind)
    id, state = new_run().create(kind, old, "a")
    run = new_run()
    assert run.check(kind, {}, old, "c", preview=True) == {}
    assert run.check(kind, old, new, "a", preview=True) == {}
    with pytest.raises(Exception, match="until this update changes it") as failed:
        run.diff(kind, id, state, new, "a")
    assert str(failed.value) == expected(kind)


@moving
@each_answer_to_equal_labels
def test_with_depends_on_both_have_their_keys_in_one_run(
    kind: str, equal_labels: str, tenant: Tenant, new_run: NewRun
) -> None:
    tenant.switch(equal_labels=equal_labels)
    old, new = first(kind)
    id, state = new_run().create(kind, old, "a")
    preview = new_run()
    preview.of_stack.ownership.note_order("b", ["a"])
    preview.of_stack.ownership.note_order("c", ["b"])
    assert preview.check(kind, old, new, "a", preview=True) == {}
    assert preview.diff(kind, id, state, new, "a").changed
    assert preview.check(kind, {}, old, "c", preview=True) == {}

    run = new_run()
    run.of_stack.ownership.note_order("c", ["a"])
    assert run.check(kind, old, new, "a") == {}
    assert run.diff(kind, id, state, new, "a").changed
    now = run.update(kind, id, state, new)
    other, made = run.create(kind, old, "c")
    assert other != id
    last = new_run()
    last.refresh(kind, id, now, "a")
    last.refresh(kind, other, made, "c")


@each_answer_to_equal_labels
def test_a_label_is_taken_from_a_permission_that_is_replaced(
    equal_labels: str, tenant: Tenant, new_run: NewRun
) -> None:
    """The old permission is deleted last, so it is still there when the other one is made."""
    kind = "RequestablePermission"
    tenant.switch(equal_labels=equal_labels)
    old = {"app_id": samples(kind)[0]["app_id"], "label": "Reader"}
    new = {**old, "app_id": samples("AppStoreApp")[0]["app_id"]}
    id, state = new_run().create(kind, old, "a")
    run = new_run()
    run.of_stack.ownership.note_order("c", ["a"])
    assert run.check(kind, old, new, "a") == {}
    assert run.diff(kind, id, state, new, "a").replaces == ["app_id"]
    run.create(kind, new, "a")
    other, _ = run.create(kind, old, "c")
    run.delete(kind, id, state, "a")
    (left,) = tenant.permissions(old["app_id"])
    assert (left["id"], left["label"]) == (other, "Reader")


def test_two_resources_that_keep_one_key_still_stand_for_one_object(new_run: NewRun) -> None:
    kind = "RequestablePermission"
    given = samples(kind)[0]
    id, state = new_run().create(kind, given, "a")
    run = new_run()
    assert run.check(kind, given, given, "a") == {}
    assert not run.diff(kind, id, state, given, "a").changed
    run.of_stack.ownership.note_order("c", ["a"])
    (reason,) = run.check(kind, {}, given, "c").values()
    assert "stand for the same" in reason
