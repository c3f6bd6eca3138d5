"""Short names for people and for Python, unique and the same in every run."""

from __future__ import annotations

import builtins
import itertools
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

LONGEST = 40
TAKEN = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "config", "lumos", "pulumi"}


def slug(text: str) -> str:
    """A text in small letters and digits with single hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def unique_slugs(texts: Mapping[str, str], instead: str) -> dict[str, str]:
    """A slug for each id; those of equal texts end in their ids, whatever their order.

    `instead` stands for texts without a letter.
    """
    slugs = {id: slug(text) or instead for id, text in texts.items()}
    for length in (8, None):
        count = Counter(slugs.values())
        slugs = {
            id: f"{one}-{slug(id[:length])}".strip("-") if count[one] > 1 else one
            for id, one in slugs.items()
        }
    return _numbered(slugs)


def _numbered(slugs: Mapping[str, str]) -> dict[str, str]:
    """The slugs, with a number at the end of those that are still not unique."""
    count = Counter(slugs.values())
    unique = {id: one for id, one in slugs.items() if count[one] == 1}
    for id in sorted(slugs.keys() - unique.keys()):
        used = {*unique.values(), *count}
        numbers = (f"{slugs[id]}-{number}" for number in itertools.count(1))
        unique[id] = next(one for one in numbers if one not in used)
    return {id: unique[id] for id in slugs}


def variable(text: str, taken: Iterable[str], *, noun: str) -> str:
    """A name for a variable that is not taken; if the plain name is taken, `noun` follows it."""
    base = slug(text).replace("-", "_") or noun
    if base[0].isdigit():
        base = f"{noun}_{base}"
    used = {*TAKEN, *taken}
    candidates = [base, f"{base}_{noun}"]
    number = 2
    while candidates[0] in used:
        candidates = candidates[1:] or [f"{base}_{noun}_{number}"]
        number += 1
    return candidates[0]
