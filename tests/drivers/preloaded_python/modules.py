"""What every program, host and command imports sooner or later: forks need not do it again."""

import argparse  # noqa: F401
import encodings.idna  # noqa: F401

import grpc._server  # noqa: F401
import httpcore  # noqa: F401
import pulumi.dynamic  # noqa: F401
import pulumi_lumos
import pulumi_lumos.api.transport
import pulumi_lumos.cli.commands
import pulumi_lumos.emulator.app
import pulumi_lumos.emulator.server
import pulumi_lumos.hosts.dynamic.recorded
import pulumi_lumos.kinds
import pulumi_lumos.lookups.acting
import pulumi_lumos.plugin
import pulumi_lumos.values.type_checks
from pulumi.runtime.proto import provider_pb2_grpc, status_pb2  # noqa: F401

for name in dir(pulumi_lumos):
    # The package loads each of its names when a program first asks for it.
    getattr(pulumi_lumos, name)
