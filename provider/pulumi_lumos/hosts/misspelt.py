"""Settings that do not exist, each with the one that is probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from ..config import SETTINGS
from ..declare.spec import Problem
from .chosen import HOST_SETTING

KEYS = {setting.key: setting for setting in SETTINGS}
OTHERS = {"version", "pluginDownloadURL", "pluginChecksums", HOST_SETTING}
"""What Pulumi gives beside the settings, and the setting by which a Python program chooses."""
ALIKE, NEARLY_EQUAL = 0.6, 0.8
"""How like a setting a name must be: to be advice, and to be a mistake by itself (of 1)."""


def misspelt(given: Iterable[str]) -> Iterator[Problem]:
    """The names that are no setting of a provider that a program makes itself."""
    for name in _not_there(given):
        close = _closest(name, ALIKE)
        advice = f"did you mean {close}?" if close else f"there are {', '.join(KEYS)}"
        yield name, f"there is no setting {name}; {advice}"


def misspelt_in_stack(given: Iterable[str]) -> Iterator[Problem]:
    """The names below `lumos:` in a stack's configuration that nearly are a setting.

    Any other name may be one that the program itself reads.
    """
    for name in _not_there(given):
        if close := _closest(name, NEARLY_EQUAL):
            yield name, f"there is no setting lumos:{name}; did you mean lumos:{close}?"


def _not_there(given: Iterable[str]) -> list[str]:
    names = sorted(set(given) - KEYS.keys() - OTHERS)
    return [name for name in names if not name.startswith("__")]


def _closest(name: str, alike: float) -> str | None:
    """The setting that is most like a name; the case of letters does not count."""
    folded = {known.casefold(): known for known in (*KEYS, HOST_SETTING)}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=alike)
    return folded[close[0]] if close else None
