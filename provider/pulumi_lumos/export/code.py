"""Python source, laid out as formatters lay it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_lumos.printable import printable

WIDTH = 88
INDENT = "    "


class Expression(str):
    """Source text, as opposed to a value that is to be written as a literal."""


class FromConfig(Expression):
    """Source text that takes a value from `config`, the configuration of the stack."""


def call(function: str, arguments: Mapping[str, Any], *positional: Any, assigned: str = "") -> str:
    """A call as a statement, on one line where it fits and all arguments are simple."""
    start = f"{assigned} = {function}(" if assigned else f"{function}("
    words = [*positional, *(Expression(f"{name}={_inline(arguments[name])}") for name in arguments)]
    line = f"{start}{', '.join(_inline(word) for word in words)})"
    if len(line) <= WIDTH and not any(_is_nested(value) for value in arguments.values()):
        return line
    lines = [f"{INDENT}{literal(word, len(INDENT) + 1)}," for word in positional]
    for name, value in arguments.items():
        lines.append(f"{INDENT}{name}={literal(value, len(INDENT) + len(name) + 2)},")
    return "\n".join([start, *lines, ")"])


def literal(value: Any, used: int = 0, depth: int = 1) -> str:
    """A value as source; `used` columns of its first line are taken, its lines are `depth` deep."""
    inline = _inline(value)
    if not isinstance(value, (list, dict)) or not value:
        return inline
    if len(inline) + used <= WIDTH and not any(_is_nested(item) for item in _items(value)):
        return inline
    inner = INDENT * (depth + 1)
    if isinstance(value, list):
        lines = [f"{inner}{literal(item, len(inner) + 1, depth + 1)}," for item in value]
        return "\n".join(["[", *lines, f"{INDENT * depth}]"])
    lines = []
    for name, item in value.items():
        start = f"{inner}{quoted(name)}: "
        lines.append(f"{start}{literal(item, len(start) + 1, depth + 1)},")
    return "\n".join(["{", *lines, f"{INDENT * depth}}}"])


def quoted(text: str) -> str:
    """A text as source, in printable characters only."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_character(one, quote) for one in text) + quote


def comment(text: str) -> str:
    """A text as a comment of one line."""
    return f"# {printable(text)}"


def _inline(value: Any) -> str:
    if isinstance(value, Expression):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(_inline(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{quoted(key)}: {_inline(value[key])}' for key in value)}}}"
    return repr(value)


def _items(value: list[Any] | dict[str, Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def _is_nested(value: Any) -> bool:
    """Whether a value holds others that hold others."""
    return isinstance(value, (list, dict)) and any(
        isinstance(item, (list, dict)) for item in _items(value)
    )


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _character(one: str, quote: str) -> str:
    if one == quote:
        return f"\\{one}"
    if one in _ESCAPES:
        return _ESCAPES[one]
    if one.isprintable():
        return one
    code = ord(one)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
