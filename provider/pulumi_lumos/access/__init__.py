"""Access requests for programs around a catalog: portals, bots, reports. It needs no Pulumi.

`AccessClient` acts as the person of a token. Everything it gives is plain, frozen data.
"""

from pulumi_lumos.api.errors import (
    ApiError,
    Conflict,
    Forbidden,
    Invalid,
    InvalidId,
    NotFound,
    RateLimited,
    Unauthorized,
)
from pulumi_lumos.config import Settings
from pulumi_lumos.errors import ConfigError, LumosError
from pulumi_lumos.lengths import UNLIMITED, seconds_of

from .asking import Submission, Wish
from .client import AccessClient
from .errors import AlreadyDecided, NotKnown
from .model import (
    AccessRequest,
    App,
    AppAdmins,
    AtOnce,
    Comment,
    Group,
    Offer,
    Permission,
    Person,
    Step,
    Task,
)
from .statuses import Meaning, meaning_of

__all__ = [
    "UNLIMITED",
    "AccessClient",
    "AccessRequest",
    "AlreadyDecided",
    "ApiError",
    "App",
    "AppAdmins",
    "AtOnce",
    "Comment",
    "ConfigError",
    "Conflict",
    "Forbidden",
    "Group",
    "Invalid",
    "InvalidId",
    "LumosError",
    "Meaning",
    "NotFound",
    "NotKnown",
    "Offer",
    "Permission",
    "Person",
    "RateLimited",
    "Settings",
    "Step",
    "Submission",
    "Task",
    "Unauthorized",
    "Wish",
    "meaning_of",
    "seconds_of",
]
