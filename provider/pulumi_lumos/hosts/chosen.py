"""How a Python program says which host serves it, in words that the packaged provider reads too."""

from __future__ import annotations

SETTING = "host"
VARIABLE = "LUMOS_HOST"
DYNAMIC, PACKAGED = "dynamic", "packaged"
