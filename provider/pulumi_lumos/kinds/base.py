"""What the class of a kind extends.

Type checkers and editors see the class that programs use, with its constructor and its outputs. At
run time it is a plain class, because whoever only reads declarations loads no Pulumi.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_lumos.program.resource import LumosResource as Resource
else:
    from pulumi_lumos.lifecycle.kind import Kind as Resource

__all__ = ["Resource"]
