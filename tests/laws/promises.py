"""What the states of every release hold of each kind."""

from __future__ import annotations

import base64

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
