"""Labels: the texts by which people know a permission, a pre-approval rule or an access policy.

Lumos takes any text (schemas RequestablePermissionInput and PreApprovalRuleInput), also an empty
one and one that ends with the line break of the file it was read from. People then see nothing,
or cannot tell two labels apart. What somebody made by hand may have such a label: a program can
adopt it as it is, and hears of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pulumi_lumos.declare.reading import rule
from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.declare.unknown import holds_output

K = TypeVar("K", bound=type)


def is_one_line(name: str) -> Callable[[K], K]:
    """Declare that a text by which people know an object is one line."""

    def declare(kind: K) -> K:
        must_be = f"`{name}` is one line of text, with no blank at either end."
        rule(kind, must_be, reads=(name, "adopt"))(_problems_of_a_new_one)
        may_be = f"`{name}` of an adopted object is empty, has a blank at an end, or several lines."
        rule(kind, may_be, about="warning", reads=("adopt", name))(_problems_of_an_adopted_one)
        return kind

    def _problems_of_a_new_one(text: Any, adopt: Any) -> Iterator[Problem]:
        return _problems(name, text) if not adopt else iter(())

    def _problems_of_an_adopted_one(adopt: Any, text: Any) -> Iterator[Problem]:
        return _problems(name, text) if adopt else iter(())

    return declare


def _problems(name: str, text: Any) -> Iterator[Problem]:
    if text is None or holds_output(text):
        return  # Such a text is reported as what it is, wherever it stands.
    if not text.strip():
        yield name, "is empty; people know it by this text"
    elif text != text.strip():
        yield name, "begins or ends with a blank or a line break, which people do not see"
    elif any(unicodedata.category(one) in ("Cc", "Zl", "Zp") for one in text):
        yield name, "holds a line break or another control character; write it on one line"
