"""A call belongs to one resource and one run; where that cannot be told, nothing is written."""

from __future__ import annotations

import gc
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer
from pulumi_lumos.config import Settings
from pulumi_lumos.hosts.diagnostics import diagnostics_of, show_gathered
from pulumi_lumos.hosts.dynamic.provider import Provider
from pulumi_lumos.hosts.dynamic.request import Caller, UnknownCaller, get_caller
from pulumi_lumos.hosts.dynamic.runs import run_of
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.run import Run

from ..drivers.calls import call_in
from ..drivers.either_host import settings_for
from ..drivers.served import urn
from ..drivers.tenant import Tenant
from ..kinds import KINDS, samples


@pytest.mark.parametrize("kind", KINDS)
def test_a_call_that_no_host_makes_is_refused_before_anything_is_asked(
    kind: str, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings_for(tenant).items():
        monkeypatch.setenv(name, value)
    given = samples(kind)[0]
    provider = Provider(kind)
    tenant.forget_requests()
    for ask in (
        lambda: provider.check({}, dict(given)),
        lambda: provider.diff("a1", dict(given), dict(given)),
        lambda: provider.create(dict(given)),
        lambda: provider.read("a1", dict(given)),
        lambda: provider.update("a1", dict(given), dict(given)),
        lambda: provider.delete("a1", dict(given)),
    ):
        with pytest.raises(Exception, match="cannot tell which resource") as refused:
            ask()
        assert type(refused.value).__name__ == "UnknownCaller"
    assert tenant.calls() == []


class Request:
    """A request of the engine, as far as the host looks at it."""

    def __init__(self, urn: str) -> None:
        self.urn = urn


NO_METHODS = dict.fromkeys(grpc.ServicerContext.__abstractmethods__)
CONTEXT = type("Context", (grpc.ServicerContext,), NO_METHODS)()
"""The context of an answer, which nobody waits for."""


class Servicer(ResourceProviderServicer):
    """Says who is calling, where the engine would be answered."""

    def who(self, request: Any, context: Any) -> Caller:
        return get_caller()


def test_the_caller_is_the_servicer_and_the_resource_of_its_request() -> None:
    servicer, context = Servicer(), CONTEXT
    assert servicer.who(Request("urn:a"), context) == (servicer, "urn:a", context)


@pytest.mark.parametrize(("request_", "context"), [(Request("urn:a"), None), (None, CONTEXT)])
def test_a_call_is_refused_where_the_engine_could_not_record_what_it_makes(
    request_: Any, context: Any
) -> None:
    with pytest.raises(UnknownCaller):
        Servicer().who(request_, context)


def test_two_servicers_of_one_process_share_no_run() -> None:
    one, other = Servicer(), Servicer()

    def settings() -> Settings:
        return Settings("lsk_x", "http://127.0.0.1:9")

    assert run_of(one, settings) is run_of(one, settings)
    assert run_of(one, settings) is not run_of(other, settings)


def test_two_runs_of_one_process_say_their_own_warnings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    runs = [Run(lambda: pytest.fail("nothing is asked")) for _ in range(2)]
    for run in runs:
        diagnostics_of(run, urn("AppStoreApp", "a")).warn("An app has no admin.")
        diagnostics_of(run, urn("AppStoreApp", "eu::a")).warn("An app has no admin.")
    show_gathered()
    shown = [line for line in capsys.readouterr().err.splitlines() if "no admin" in line]
    assert shown == ["An app has no admin. (2 resources: a, eu::a)"] * 2


def test_what_a_run_has_to_say_is_said_after_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(lambda: pytest.fail("nothing is asked"))
    diagnostics_of(run, urn("AppStoreApp")).warn("A group is gone.")
    del run
    gc.collect()
    show_gathered()
    assert capsys.readouterr().err.splitlines().count("A group is gone.") == 1
    show_gathered()
    assert "A group is gone." not in capsys.readouterr().err


def test_a_call_without_a_resource_cannot_be_made() -> None:
    run = call_in(Run(lambda: pytest.fail("nothing is asked"))).run
    with pytest.raises(ValueError, match="name its resource"):
        Call(run, "", call_in(run).tell)
