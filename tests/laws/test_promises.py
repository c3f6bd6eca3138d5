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

TYPE_TOKENS = {
    "App": "pulumi-python:dynamic/lumos:App",
    "AccessPolicy": "pulumi-python:dynamic/lumos:AccessPolicy",
    "AppStoreApp": "pulumi-python:dynamic/lumos:AppStoreApp",
    "PreApprovalRule": "pulumi-python:dynamic/lumos:PreApprovalRule",
    "ProvisioningGroupAttachment": "pulumi-python:dynamic/lumos:ProvisioningGroupAttachment",
    "RequestablePermission": "pulumi-python:dynamic/lumos:RequestablePermission",
}
PROVIDERS = {
    "App": "gASVGQAAAAAAAACMDHB1bHVtaV9sdW1vc5SMBF9BcHCUk5Qu",
    "AccessPolicy": "gASVIgAAAAAAAACMDHB1bHVtaV9sdW1vc5SMDV9BY2Nlc3NQb2xpY3mUk5Qu",
    "AppStoreApp": "gASVIQAAAAAAAACMDHB1bHVtaV9sdW1vc5SMDF9BcHBTdG9yZUFwcJSTlC4=",
    "PreApprovalRule": "gASVJQAAAAAAAACMDHB1bHVtaV9sdW1vc5SMEF9QcmVBcHByb3ZhbFJ1bGWUk5Qu",
    "ProvisioningGroupAttachment": (
        "gASVMQAAAAAAAACMDHB1bHVtaV9sdW1vc5SMHF9Qcm92aXNpb25pbmdHcm91cEF0dGFjaG1lbnSUk5Qu"
    ),
    "RequestablePermission": (
        "gASVKwAAAAAAAACMDHB1bHVtaV9sdW1vc5SMFl9SZXF1ZXN0YWJsZVBlcm1pc3Npb26Uk5Qu"
    ),
}
"""The `__provider` of each kind that was released with these names written down here.

A kind that is newer has its names by the same rule, see `type_token` and `pickled`.
"""


def type_token(kind: str) -> str:
    """The type token that states have of a kind."""
    return TYPE_TOKENS.get(kind, f"pulumi-python:dynamic/lumos:{kind}")


def pickled(kind: str) -> bytes:
    """The provider that states have of a kind: a pickle of two names, the same for ever."""
    if kind in PROVIDERS:
        return base64.b64decode(PROVIDERS[kind])
    pickle = base64.b64decode(PROVIDERS["App"])
    frame, name = pickle[3:11], b"_" + kind.encode()
    longer = len(name) - len(b"_App")
    length = (int.from_bytes(frame, "little") + longer).to_bytes(8, "little")
    named = pickle[11:].replace(b"\x8c\x04_App", b"\x8c" + bytes([len(name)]) + name)
    return pickle[:3] + length + named


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
