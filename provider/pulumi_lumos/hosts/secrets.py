"""Keeps what is secret in a program secret in the state too, and out of every text.

The engine marks an output as a secret only where an input of the same path is one. What stands
elsewhere in the state, such as how an adopted object was found, is marked here. The paths are
recorded beside it: an update may come from a program that no longer gives the secret.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, get_origin

from pulumi.runtime import rpc

from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.declare.spec import (
    Json,
    ListOf,
    ResourceSpec,
    Scalar,
    ShapeSpec,
    TypeSpec,
    Values,
)
from pulumi_lumos.lifecycle.adoption import BEFORE_ADOPTION, SECRETS_BEFORE
from pulumi_lumos.values.beside import Beside
from pulumi_lumos.values.free_json import texts_in

from .texts import SHORTEST_SECRET


def secret_texts(spec: ResourceSpec, inputs: Inputs, beside: Beside) -> list[str]:
    """The texts that the program marks as secrets; a choice of Lumos's own is no secret."""
    if not beside.secret:
        return []
    return [text for path, text in _texts(spec.shape, inputs, "") if beside.hides(path)]


def with_secrets(
    spec: ResourceSpec, state: State, known: State, inputs: Inputs, beside: Beside
) -> Values:
    """The state with everything secret marked as such for the engine.

    `known` is the state so far, which says what was secret before.
    """
    paths = sorted({*beside.secret, *known.get(SECRETS_BEFORE, ())})
    kept = {name: value for name, value in state.items() if name != SECRETS_BEFORE}
    if BEFORE_ADOPTION in state:
        hidden = [path for path in paths if _is_at(state[BEFORE_ADOPTION], path.split("."))]
        if hidden:
            kept[BEFORE_ADOPTION] = _marked(
                state[BEFORE_ADOPTION], [path.split(".") for path in hidden]
            )
            kept[SECRETS_BEFORE] = hidden
    texts = secret_texts(spec, inputs, beside)
    for name, value in kept.items():
        if name not in spec.fields and name != BEFORE_ADOPTION and _holds(value, texts):
            kept[name] = rpc.wrap_rpc_secret(value)
    return kept


def _texts(spec: TypeSpec, value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(spec, ListOf) and isinstance(value, list):
        for item in value:
            yield from _texts(spec.item, item, at)
    elif isinstance(spec, ShapeSpec) and isinstance(value, dict):
        for name, field in spec.fields.items():
            yield from _texts(field.type, value.get(name), f"{at}.{name}" if at else name)
    elif isinstance(spec, Json):
        yield from ((at, text) for text in texts_in(value))
    elif isinstance(value, str) and not _is_choice(spec):
        yield at, value


def _is_choice(spec: TypeSpec) -> bool:
    return isinstance(spec, Scalar) and get_origin(spec.annotation) is Literal


def _is_at(value: Any, path: list[str]) -> bool:
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return True


def _marked(value: Any, paths: list[list[str]]) -> Any:
    """A value in which what stands at some paths is marked as a secret."""
    if [] in paths:
        return rpc.wrap_rpc_secret(value)
    if not isinstance(value, dict):
        return value
    return {
        name: _marked(item, [path[1:] for path in paths if path[0] == name])
        for name, item in value.items()
    }


def _holds(value: Any, texts: list[str]) -> bool:
    written = json.dumps(value, default=repr)
    return any(json.dumps(text)[1:-1] in written for text in texts if len(text) >= SHORTEST_SECRET)
