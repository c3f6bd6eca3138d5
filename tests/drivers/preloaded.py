"""What every host imports sooner or later: forks need not do it again."""

import pulumi.dynamic  # noqa: F401
import pulumi_lumos.api.transport
import pulumi_lumos.kinds
import pulumi_lumos.plugin  # noqa: F401
from pulumi.runtime.proto import provider_pb2_grpc, status_pb2  # noqa: F401
