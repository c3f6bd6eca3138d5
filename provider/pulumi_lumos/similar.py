"""The name that is probably meant where somebody gives one that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

ALIKE = 0.6
"""How like a name must be to be advice (of 1)."""


def closest(name: str, known: Iterable[str], *, alike: float = ALIKE) -> str | None:
    """The known name that is most like another; the case of letters does not count."""
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=alike)
    return folded[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Ask whether the closest known name is meant; `otherwise` is the advice where none is."""
    close = closest(name, known)
    return f"did you mean {close}?" if close else otherwise
