"""Descriptions of a schema, in which people read properties as their language writes them.

A declaration names a property by its declared name, as Python writes it. Pulumi's generators put
the name in a language's own spelling in place of a reference such as
`{{% ref #/types/lumos:index:RequestConfig/properties/appstoreVisibility %}}`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_lumos.hosts.names import camel, camel_path

Schema = dict[str, Any]
Places = Mapping[str, str]
"""Where each property is declared in the schema, by its name there."""

CODE_IN_A_DOC = re.compile(r"`(?P<path>[a-z]\w*(?:\.\w+)*)(?:=(?P<truth>True|False))?`")
TRUTH_IN_A_DOC = re.compile(r"\b(?:True|False)\b")


def refer_to_properties(schema: Schema) -> None:
    """Put references in place of the properties that descriptions name.

    A name that one object declares, the one described or the only one, is a reference; a path or
    any other name of a property is written in camelCase.
    """
    described = [*_described(schema)]
    owners: dict[str, set[str]] = defaultdict(set)
    for places, _ in described:
        for name, place in places.items():
            owners[name].add(place)
    only = {name: next(iter(found)) for name, found in owners.items() if len(found) == 1}
    for places, whole in described:
        for one in _with_descriptions(whole):
            one["description"] = _referring(one["description"], places, only, owners.keys())


def _described(schema: Schema) -> Iterator[tuple[Places, Schema]]:
    """Every object with properties: where these are, and the part of the schema about it."""
    for token, one in schema["types"].items():
        yield _places(f"types/{token}/properties", one["properties"]), one
    for token, one in schema["resources"].items():
        outputs = _places(f"resources/{token}/properties", one["properties"])
        yield (
            {**outputs, **_places(f"resources/{token}/inputProperties", one["inputProperties"])},
            one,
        )
    for token, one in schema["functions"].items():
        inputs = one["inputs"]
        yield _places(f"functions/{token}/inputs/properties", inputs["properties"]), inputs
        # It is about the result, so that a name in it is no argument.
        yield {}, one


def _places(at: str, properties: Schema) -> Places:
    return {name: f"#/{at}/{name}" for name in properties}


def _with_descriptions(value: Any) -> Iterator[Schema]:
    if isinstance(value, dict):
        if isinstance(value.get("description"), str):
            yield value
        for one in value.values():
            yield from _with_descriptions(one)


def _referring(text: str, places: Places, only: Places, known: Any) -> str:
    def refer(found: re.Match[str]) -> str:
        name, truth = camel_path(found["path"]), found["truth"]
        place = places.get(name)
        if place is None and "_" in found["path"]:
            # A word without an underscore may be any other word, such as an operator.
            place = only.get(name)
        if place is not None:
            named = f"{{{{% ref {place} %}}}}"
        elif all(camel(step) in known for step in found["path"].split(".")):
            named = f"`{name}`"
        else:
            return found[0]
        return f"{named} set to `{truth.lower()}`" if truth else named

    return TRUTH_IN_A_DOC.sub(lambda found: found[0].lower(), CODE_IN_A_DOC.sub(refer, text))
