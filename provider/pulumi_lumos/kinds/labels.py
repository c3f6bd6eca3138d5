"""Labels: the texts by which people know a permission, a pre-approval rule or an access policy.

Lumos takes any text (schemas RequestablePermissionInput and PreApprovalRuleInput), also an empty
one and one that ends with the line break of the file it was read from. People then see nothing,
or cannot tell two labels apart. What somebody made by hand may have such a label: a program can
adopt it as it is, and hears of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, TypeVar

from ..declare.reading import rule
from ..declare.spec import Problem
from ..declare.unknown import holds_output

K = TypeVar("K", bound=type)


def has_label(kind: K) -> K:
    """Declare what a `label` may be."""
    rule(kind, _doc("label"))(_label)
    rule(kind, _doc_adopted("label"), about="warning")(_adopted_label)
    return kind


def has_justification(kind: K) -> K:
    """Declare what a `justification` may be."""
    rule(kind, _doc("justification"))(_justification)
    rule(kind, _doc_adopted("justification"), about="warning")(_adopted_justification)
    return kind


def has_name(kind: K) -> K:
    """Declare what a `name` may be."""
    rule(kind, _doc("name"))(_name)
    rule(kind, _doc_adopted("name"), about="warning")(_adopted_name)
    return kind


def _doc(name: str) -> str:
    return f"`{name}` is one line of text, with no blank at either end."


def _doc_adopted(name: str) -> str:
    return f"`{name}` of an adopted object is empty, has a blank at an end, or several lines."


def _label(label: Any, adopt: Any) -> Iterator[Problem]:
    return _problems("label", label) if not adopt else iter(())


def _adopted_label(adopt: Any, label: Any) -> Iterator[Problem]:
    return _problems("label", label) if adopt else iter(())


def _justification(justification: Any, adopt: Any) -> Iterator[Problem]:
    return _problems("justification", justification) if not adopt else iter(())


def _adopted_justification(adopt: Any, justification: Any) -> Iterator[Problem]:
    return _problems("justification", justification) if adopt else iter(())


def _name(name: Any, adopt: Any) -> Iterator[Problem]:
    return _problems("name", name) if not adopt else iter(())


def _adopted_name(adopt: Any, name: Any) -> Iterator[Problem]:
    return _problems("name", name) if adopt else iter(())


def _problems(name: str, text: Any) -> Iterator[Problem]:
    if text is None or holds_output(text):
        return  # Such a text is reported as what it is, wherever it stands.
    if not text.strip():
        yield name, "is empty; people know it by this text"
    elif text != text.strip():
        yield name, "begins or ends with a blank or a line break, which people do not see"
    elif any(unicodedata.category(one) in ("Cc", "Zl", "Zp") for one in text):
        yield name, "holds a line break or another control character; write it on one line"
