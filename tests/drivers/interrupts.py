"""Interrupts, whoever runs the tests."""

from __future__ import annotations

import signal


def hear_interrupts() -> None:
    """Let a process that is being started hear SIGINT; for `preexec_fn`.

    A background job of a shell ignores SIGINT, and its children with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
