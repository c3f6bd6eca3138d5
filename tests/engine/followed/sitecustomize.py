"""Notes which functions of the package a value passes; Python imports this where PYTHONPATH leads.

The value is FOLLOWED_VALUE, and the functions are written to the file FOLLOWED_INTO, a line each.
"""

from __future__ import annotations

import os
import sys
import threading
from types import FrameType
from typing import Any

PACKAGE = "pulumi_lumos/"
VALUE = os.environ["FOLLOWED_VALUE"]
DEPTH = 6
WITH_FIRST_ARGUMENTS, WITH_NAMED_ARGUMENTS = 4, 8
"""Flags of Python's code objects: `*args` and `**kwargs`."""
_into = os.open(os.environ["FOLLOWED_INTO"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def _holds(value: Any, depth: int = DEPTH) -> bool:
    """Whether a text, JSON, or an object of the package holds the value."""
    if isinstance(value, str):
        return VALUE in value
    if isinstance(value, bytes):
        return VALUE.encode() in value
    if depth <= 0:
        return False
    if type(value) is dict:
        return any(_holds(one, depth - 1) for one in list(value.values()))
    if isinstance(value, (list, tuple)):
        return any(_holds(one, depth - 1) for one in list(value))
    is_ours = type(value).__module__.startswith("pulumi_lumos")
    return is_ours and _holds(dict(getattr(value, "__dict__", {})), depth - 2)


def _note(frame: FrameType, event: str, result: Any) -> None:
    code = frame.f_code
    path = code.co_filename.rpartition(PACKAGE)[2]
    if path == code.co_filename or event not in ("call", "return"):
        return
    if event == "call":
        count = code.co_argcount + code.co_kwonlyargcount
        count += bool(code.co_flags & WITH_FIRST_ARGUMENTS)
        count += bool(code.co_flags & WITH_NAMED_ARGUMENTS)
        names = [name for name in code.co_varnames[:count] if name != "self"]
        seen = any(_holds(frame.f_locals.get(name)) for name in names)
    else:
        seen = _holds(result)
    if seen:
        os.write(_into, f"{path} {code.co_name}\n".encode())


sys.setprofile(_note)
threading.setprofile(_note)
