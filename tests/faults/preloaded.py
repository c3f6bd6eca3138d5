"""What every dynamic host imports sooner or later: forks need not do it again."""

import pulumi.dynamic  # noqa: F401
import pulumi_lumos.api.transport  # noqa: F401
from pulumi.runtime.proto import provider_pb2_grpc, status_pb2  # noqa: F401
from pulumi_lumos.declare.registry import import_kinds

import_kinds()
