"""Finds which objects a module declares that the folder already had, and that nothing changes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pulumi_lumos.lifecycle.adoption import ADOPT

from .tenant import OF_AN_APP, Found, Ref


class _Declared(NamedTuple):
    """One resource of a module: its kind, and the arguments that are literals."""

    kind: str
    arguments: Mapping[str, Any]


def declared_in(source: bytes, objects: Iterable[Found]) -> set[Ref]:
    """Those of an app's objects that its module declares, as far as that can be recognized.

    People may have changed the module. What cannot be recognized counts as not declared: nobody
    may take its object out of a state of Terraform.
    """
    try:
        declared = [*_declarations(ast.parse(source))]
    except (SyntaxError, ValueError):
        return set()
    return {one.ref for one in objects if any(_is_of(each, one) for each in declared)}


def _declarations(module: ast.Module) -> Iterator[_Declared]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            literals = {
                one.arg: one.value.value
                for one in node.keywords
                if one.arg and isinstance(one.value, ast.Constant)
            }
            yield _Declared(node.func.attr, literals)


def _is_of(declared: _Declared, found: Found) -> bool:
    """Whether a resource stands for an object: the id or else the whole key has to be equal."""
    spec = found.lifecycle.spec
    if declared.kind != spec.name:
        return False
    if isinstance(declared.arguments.get(ADOPT), str):
        return bool(declared.arguments[ADOPT] == found.live["id"])
    names = [name for name in spec.key if name != OF_AN_APP]
    return all(declared.arguments.get(name) == found.live.get(name) for name in names)
