"""What every program, host and command imports sooner or later: forks need not do it again."""

import argparse  # noqa: F401

import pulumi.dynamic  # noqa: F401
import pulumi_lumos
import pulumi_lumos.api.transport
import pulumi_lumos.cli.commands
import pulumi_lumos.emulator.server
import pulumi_lumos.kinds
import pulumi_lumos.plugin
from pulumi.runtime.proto import provider_pb2_grpc, status_pb2  # noqa: F401

for name in dir(pulumi_lumos):
    # The package loads each of its names when a program first asks for it.
    getattr(pulumi_lumos, name)
