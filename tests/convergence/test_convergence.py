"""Whatever a program says and whoever edits Lumos by hand: after `up` there is nothing left to do.

Programs are random, and so are the answers to the questions that Lumos's document leaves open.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pulumi_lumos.emulator.process import EmulatorProcess

from ..answers import every_answer
from ..drivers.either_host import settings_for
from ..drivers.forked_host import LAG_SECONDS, HurriedForkedHost, HurriedForkedPackagedHost
from ..drivers.in_process import InProcess
from ..drivers.played_engine import Host, PlayedEngine
from ..drivers.tenant import Tenant
from .tried import EXAMPLES, SWITCHES
from .values import app_of, edited, edits_by_hand, programs
from .world import WITH_PERMISSIONS, Values, furnish, granted_by_groups, places, show

STEPS = 6
SEARCH = settings(
    max_examples=EXAMPLES or 3,
    stateful_step_count=STEPS,
    derandomize=not EXAMPLES,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


ONE_ANSWER = {"equal_labels": "refuse", "patch_applies_defaults": True}
NewHost = Callable[[Tenant], Host]


class Convergence(RuleBasedStateMachine):
    """One stack and one Lumos, changed at random."""

    emulator: EmulatorProcess
    answers: ClassVar[dict[str, Any]]
    host: ClassVar[NewHost]

    @initialize(switches=SWITCHES, data=st.data())
    def open(self, switches: dict[str, Any], data: st.DataObject) -> None:
        """A company, furnished, with its own answers to the open questions."""
        self.tenant = Tenant(self.emulator.url, f"lsk_{uuid.uuid4().hex}")
        self.always_shown = furnish(self.tenant)
        self.tenant.switch(**switches, **self.answers)
        self.places = places(self.tenant)
        self.there_before = set(self.tenant.state()["permissions"])
        self.engine = PlayedEngine()
        self.program: dict[str, tuple[str, Values]] = {}
        for name, place in self.places.items():
            if data.draw(st.booleans()):
                self.program[name] = (place.kind, data.draw(programs(place)))

    @rule(data=st.data())
    def change_the_program(self, data: st.DataObject) -> None:
        """The program changes, then `pulumi up`."""
        self._change_the_program(data)
        self._up(refresh=data.draw(st.booleans()))

    @rule(data=st.data())
    @precondition(lambda self: self.engine.state)
    def change_lumos_by_hand(self, data: st.DataObject) -> None:
        """Somebody changes Lumos, and the program perhaps too, then `pulumi up --refresh`."""
        for name in list(self.engine.state):
            self._change_lumos(data, name)
        if data.draw(st.booleans()):
            self._change_the_program(data)
        self._up(refresh=True)

    def _change_the_program(self, data: st.DataObject) -> None:
        """Some resources are declared anew, given one field otherwise, or removed."""
        program = self.program
        for name, place in self.places.items():
            act = data.draw(st.sampled_from(["edit", "edit", "declare", "remove", "keep"]))
            if act == "remove":
                program.pop(name, None)
            elif act == "declare" or (act == "edit" and name not in program):
                program[name] = (place.kind, data.draw(programs(place)))
            elif act == "edit":
                given = data.draw(edited(place, program[name][1]))
                program[name] = (place.kind, given)

    def _change_lumos(self, data: st.DataObject, name: str) -> None:
        """Somebody changes or deletes an object, if Lumos lets them, or neither."""
        recorded, place = self.engine.state[name], self.places[name]
        act = data.draw(st.sampled_from(["update", "update", "update", "delete", ""]))
        if not act:
            return
        body = data.draw(edits_by_hand(place, app_of(place, recorded.inputs)))
        operation = getattr(place.endpoints, act)
        id = recorded.outputs.get("bound_permission_id", recorded.id)
        path = operation.path.format(id=id)
        with suppress(AssertionError):
            if operation.method == "PUT":
                body = {**self.tenant.call("GET", path), **body}
            self.tenant.call(operation.method, path, body if act == "update" else None)

    def _up(self, *, refresh: bool) -> None:
        """`pulumi up` with its preview; after it there is nothing left to do."""
        if any(granted_by_groups(given) for _, given in self.program.values()):
            show(self.tenant, self.always_shown)
        with self._host() as preview:
            shown = PlayedEngine()
            shown.state = dict(self.engine.state)
            if refresh:
                assert shown.refresh(preview) == []
            shown.preview(preview, self.program)
        with self._host() as update:
            if refresh:
                assert self.engine.refresh(update) == []
            assert self.engine.up(update, self.program) == []
        self._delete_what_was_hidden()
        with self._host() as later:
            assert self.engine.preview(later, self.program) == []
            assert self.engine.changes(later, self.program) == []

    def _host(self) -> Host:
        return type(self).host(self.tenant)

    def _delete_what_was_hidden(self) -> None:
        """Somebody deletes what was hidden instead of deleted, so that its label is free again."""
        kept = {recorded.id for recorded in self.engine.state.values()}
        permissions = [p for p in self.places.values() if p.kind == "RequestablePermission"]
        names = tuple(name for place in permissions for name in place.names)
        for app in WITH_PERMISSIONS:
            for permission in self.tenant.permissions(app):
                if permission["label"].startswith(names) and permission["id"] not in kept:
                    assert permission["request_config"]["appstore_visibility"] == "HIDDEN"
                    self.tenant.remove_permission(permission["id"])

    def teardown(self) -> None:
        if not hasattr(self, "engine"):
            return
        try:
            with self._host() as host:
                assert self.engine.destroy(host) == []
            self._delete_what_was_hidden()
            assert set(self.tenant.state()["permissions"]) <= self.there_before
        finally:
            self.tenant.close()


@pytest.mark.slow
@every_answer
def test_after_up_there_is_nothing_left_to_do(
    equal_labels: str, patch_applies_defaults: bool, emulator: EmulatorProcess
) -> None:
    answers = {"equal_labels": equal_labels, "patch_applies_defaults": patch_applies_defaults}
    _search(emulator, answers, run_in_process)


@pytest.mark.nightly
def test_after_up_by_the_dynamic_host_there_is_nothing_left_to_do(
    emulator: EmulatorProcess,
) -> None:
    """Each open question has one answer: what they decide is the lifecycle's, not a host's."""
    _search(emulator, ONE_ANSWER, lambda tenant: HurriedForkedHost(settings_for(tenant)))


@pytest.mark.slow
def test_after_up_by_the_packaged_host_there_is_nothing_left_to_do(
    emulator: EmulatorProcess,
) -> None:
    _search(emulator, ONE_ANSWER, lambda tenant: HurriedForkedPackagedHost(settings_for(tenant)))


def run_in_process(tenant: Tenant) -> InProcess:
    """The lifecycle itself, which waits as the hurried hosts do."""
    return InProcess(tenant, hurry=1, lag_seconds=LAG_SECONDS)


def _search(emulator: EmulatorProcess, answers: dict[str, Any], host: NewHost) -> None:
    Convergence.emulator, Convergence.answers = emulator, answers
    Convergence.host = staticmethod(host)
    run_state_machine_as_test(Convergence, settings=SEARCH)
