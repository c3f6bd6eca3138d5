"""The sentence of each field: the string below its declaration.

Editors show that string where a program uses the field. Python drops it, so the reference pages
and the laws read it off the source, which nothing else needs to do.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise


def field_doc(owner: type, name: str) -> str:
    """The sentence below a field of a kind or shape; "" where there is none."""
    return _docs(owner.__module__).get(owner.__name__, {}).get(name, "")


@cache
def _docs(module: str) -> Mapping[str, Mapping[str, str]]:
    """The sentences of all classes of a module, by class and field."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return {one.name: dict(_below(one)) for one in classes}


def _below(declared: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(declared.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=text)):
                yield name, " ".join(str(text).split())
