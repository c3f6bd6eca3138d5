"""What users' states contain: written down here once, true for ever."""

from __future__ import annotations

import base64
import pickletools
import subprocess
import sys

import pulumi
import pulumi_lumos
import pytest
from pulumi.dynamic.dynamic import serialize_provider
from pulumi_lumos.hosts.dynamic.provider import load

from .law import SPECS
from .promises import PROVIDERS, TYPE_TOKENS, pickled, type_token


def test_the_rule_for_newer_kinds_is_that_of_the_published_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published = {kind: (type_token(kind), pickled(kind)) for kind in TYPE_TOKENS}
    for kind in published.keys() - {"App"}:
        monkeypatch.delitem(TYPE_TOKENS, kind)
        monkeypatch.delitem(PROVIDERS, kind)
    assert {kind: (type_token(kind), pickled(kind)) for kind in published} == published


@pytest.mark.parametrize("kind", SPECS)
def test_the_type_token_is_the_published_one(kind: str) -> None:
    written: str = getattr(pulumi_lumos, kind)._resource_type_name
    assert f"pulumi-python:{written}" == type_token(kind)


@pytest.mark.parametrize("kind", SPECS)
def test_the_provider_in_the_state_is_the_published_one(kind: str) -> None:
    written = base64.b64decode(serialize_provider(load(kind)))
    published = pickled(kind)
    # The second byte is the version of the pickle protocol, which newer Pythons raise.
    assert (written[:1], written[2:]) == (published[:1], published[2:])


@pytest.mark.parametrize(("kind", "provider"), PROVIDERS.items())
def test_the_provider_in_the_state_is_a_name_that_is_looked_up_and_nothing_that_runs(
    kind: str, provider: str
) -> None:
    steps = list(pickletools.genops(base64.b64decode(provider)))
    names = [text for _, text, _ in steps if isinstance(text, str)]
    assert names == ["pulumi_lumos", f"_{kind}"]
    harmless = {"PROTO", "FRAME", "SHORT_BINUNICODE", "MEMOIZE", "STACK_GLOBAL", "STOP"}
    assert {step.name for step, _, _ in steps} == harmless


@pytest.mark.parametrize(("kind", "provider"), PROVIDERS.items())
def test_a_fresh_process_loads_the_provider_of_any_state(kind: str, provider: str) -> None:
    program = (
        "import base64, pickle, sys\n"
        "provider = pickle.loads(base64.b64decode(sys.argv[1]))\n"
        "print(provider.kind, provider.lifecycle.spec.name)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program, provider], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == [kind, kind]


@pytest.mark.parametrize("kind", SPECS)
def test_a_provider_is_no_secret_in_itself(kind: str) -> None:
    provider = load(kind)
    assert isinstance(provider, pulumi.dynamic.ResourceProvider)
    assert not provider.serialize_as_secret_always
