"""Lets an interrupt of the engine end the dynamic host, whichever thread receives the signal.

Pulumi's host waits for the interrupt in `Event().wait()`. Python runs handlers in the main thread
alone, and a signal that another thread receives does not wake the main thread. Such a host went on
for 5 seconds. Then the engine killed it, and its last warnings were lost: on a busy machine, in 1
run of 200. Only the main thread may set a handler or `signal.set_wakeup_fd`, and none of our code
runs there.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
from functools import cache

WAKE_EVERY_SECONDS = 0.5


@cache
def hear_interrupts() -> None:
    """Wake the main thread now and then, so that it sees an interrupt that has come."""
    if sys.platform == "win32":
        return  # There, an interrupt ends the process before anything can run.
    # The one handler that any thread can set. What it writes is of no use here; chained, it lets
    # the signal end a system call, and this signal does nothing else.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    faulthandler.register(signal.SIGURG, file=nowhere, all_threads=False, chain=True)
    threading.Thread(target=_wake_main_thread, name="interrupts", daemon=True).start()


def _wake_main_thread() -> None:
    main = threading.main_thread().ident
    assert main is not None
    while True:
        time.sleep(WAKE_EVERY_SECONDS)
        signal.pthread_kill(main, signal.SIGURG)
