"""How a Python program chooses the host that serves it; the packaged provider reads it too."""

from __future__ import annotations

SETTING = "host"
VARIABLE = "LUMOS_HOST"
DYNAMIC, PACKAGED = "dynamic", "packaged"
