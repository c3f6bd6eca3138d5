"""Lists in pages, as Lumos serves them and as it may not."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from .scripted import Handler, ScriptedLumos, Step, status


def objects(first: int, last: int) -> list[dict[str, Any]]:
    return [{"id": str(number)} for number in range(first, last + 1)]


def serve(items: list[dict[str, Any]], **overrides: Any) -> Step:
    """Pages of a list as the Lumos API document describes them, with parts replaced."""

    def step(handler: Handler) -> None:
        query = parse_qs(urlsplit(handler.path).query)
        page, size = int(query["page"][0]), int(query["size"][0])
        size = min(size, overrides.get("size", size))
        whole = {
            "items": items[(page - 1) * size : page * size],
            "total": len(items),
            "page": page,
            "size": size,
            "pages": -(-len(items) // size),
        }
        status(200, {**whole, **overrides})(handler)

    return step


def shortened(items: list[dict[str, Any]], most: int, **overrides: Any) -> Step:
    """Pages that hold fewer entries than they say they could, as something between may do it."""

    def step(handler: Handler) -> None:
        page = int(parse_qs(urlsplit(handler.path).query)["page"][0])
        whole = {"items": items[(page - 1) * most : page * most], "total": len(items), "size": 100}
        status(200, {**whole, **overrides})(handler)

    return step


def pages_asked(lumos: ScriptedLumos) -> list[int]:
    return [int(parse_qs(urlsplit(seen.path).query)["page"][0]) for seen in lumos.seen]
