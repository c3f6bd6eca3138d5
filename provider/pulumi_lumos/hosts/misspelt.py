"""Settings that do not exist, each with the one that is probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pulumi_lumos.config import SETTINGS
from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.similar import closest, did_you_mean

from .chosen import HOST_SETTING

KEYS = {setting.key: setting for setting in SETTINGS}
OTHERS = {"version", "pluginDownloadURL", "pluginChecksums", HOST_SETTING}
"""What Pulumi gives beside the settings, and the setting by which a Python program chooses."""
_KNOWN = [*KEYS, HOST_SETTING]
NEARLY_EQUAL = 0.8
"""How like a setting a name of a stack's configuration must be to be a mistake (of 1)."""


def misspelt(given: Iterable[str]) -> Iterator[Problem]:
    """The names that are no setting of a provider that a program makes itself."""
    for name in _not_there(given):
        advice = did_you_mean(name, _KNOWN, f"there are {', '.join(KEYS)}")
        yield name, f"there is no setting {name}; {advice}"


def misspelt_in_stack(given: Iterable[str]) -> Iterator[Problem]:
    """The names below `lumos:` in a stack's configuration that nearly are a setting.

    Any other name may be one that the program itself reads.
    """
    for name in _not_there(given):
        if close := closest(name, _KNOWN, alike=NEARLY_EQUAL):
            yield name, f"there is no setting lumos:{name}; did you mean lumos:{close}?"


def _not_there(given: Iterable[str]) -> list[str]:
    names = sorted(set(given) - KEYS.keys() - OTHERS)
    return [name for name in names if not name.startswith("__")]
