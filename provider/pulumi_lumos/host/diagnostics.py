"""Warnings and remarks, shown by the engine beside the resource they are about.

Pulumi's dynamic host is started with the address of the engine as its argument but does not
connect to it, so that `pulumi.log` is of no use there (pulumi/pulumi#20409); this connects. Where
there is no engine to be reached, the text goes to standard error, which the engine shows as well.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from .request import calling_urn

SHOW_WITHIN_SECONDS = 5.0

_shown: set[tuple[str, str]] = set()


def warn(text: str) -> None:
    """Show a warning at the resource whose call is under way, once in each phase."""
    _show(engine_pb2.WARNING, text)


def remark(text: str) -> None:
    """Show a remark at the resource whose call is under way, once in each phase."""
    _show(engine_pb2.INFO, text)


def _show(severity: Any, text: str) -> None:
    urn = calling_urn()
    if (urn, text) in _shown:
        return
    _shown.add((urn, text))
    request = engine_pb2.LogRequest(severity=severity, message=text, urn=urn)
    try:
        _engine().Log(request, timeout=SHOW_WITHIN_SECONDS)
    except grpc.RpcError:
        sys.stderr.write(f"{text}\n")


@cache
def _engine() -> engine_pb2_grpc.EngineStub:
    """The engine that has started this host."""
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:0"
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))
