"""How a Python program chooses the host that serves it; the packaged provider reads it too."""

from __future__ import annotations

HOST_SETTING = "host"
HOST_VARIABLE = "LUMOS_HOST"
DYNAMIC_HOST, PACKAGED_HOST = "dynamic", "packaged"
"""The values of that setting and of that variable."""
