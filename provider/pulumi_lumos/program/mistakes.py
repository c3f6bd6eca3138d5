"""Everything wrong with a resource that a program declares, found at its line.

A mistake in a literal ends the program before the engine knows the resource, so no check of a host
can add what Lumos says against the rest. In a preview, the program asks for that itself.
"""

from __future__ import annotations

from dataclasses import replace

import pulumi

from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.mocks import is_preview
from pulumi_lumos.lifecycle.adoption import ADOPT
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import SILENT
from pulumi_lumos.lifecycle.mistakes import problems_in_lumos
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.lifecycle.run import Run

from .host import has_own_provider
from .inputs import known, program_settings
from .run import client_of_run


def mistakes_in(
    lifecycle: Lifecycle, values: Values, opts: pulumi.ResourceOptions | None
) -> list[Problem]:
    """The mistakes of what a program gives; Lumos is asked only where there is one anyway.

    An explicit provider may be of another Lumos than the program's settings: it is not asked.
    """
    given = Inputs(known(values))
    found = lifecycle.problems(given)
    if found and is_preview() and not has_own_provider(lifecycle.spec.name, opts):
        found += _in_lumos(lifecycle, given, found)
    return found


def _in_lumos(lifecycle: Lifecycle, given: Inputs, found: list[Problem]) -> list[Problem]:
    try:
        settings = program_settings()
        if settings.preview_checks != "online":
            return []
        # The program does not know its state. An object that is there need not give all its fields.
        may_be_there = Inputs({**given, ADOPT: True})
        # While Lumos is away, the mistakes that are known must not wait for it.
        hasty = replace(settings, max_retries=0)
        run = Run(lambda: client_of_run(hasty), hasty)
        # The call only reads, so it owns nothing; what it finds, the program itself says.
        call = Call(run, "the program", SILENT)
        return problems_in_lumos(lifecycle.check_references, call, Inputs({}), may_be_there, found)
    except (LumosError, pulumi.RunError):
        return []  # The mistakes that are known come first.
