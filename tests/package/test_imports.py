"""Importing the package defines things and does nothing."""

from __future__ import annotations

import ast
import subprocess
import sys

from ..laws.source import modules
from ..patience import PATIENCE_SECONDS

STARTED = {"__main__.py", "cli/__main__.py", "plugin/__main__.py"}
"""What is run, not imported."""
WATCHED = """
import atexit, importlib, pkgutil, signal, sys

done = []

def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo"):
        done.append((event, str(arguments[1:])))
    elif event.startswith(("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.remove")):
        done.append((event, str(arguments)))
    elif event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        done.append((event, str(arguments[0])))

import pulumi, pulumi.dynamic, httpx, fastapi, uvicorn, typer, rich, pytest  # theirs is theirs
sys.addaudithook(watch)
before = atexit._ncallbacks(), signal.getsignal(signal.SIGINT)
import pulumi_lumos

for module in pkgutil.walk_packages(pulumi_lumos.__path__, "pulumi_lumos."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
if (atexit._ncallbacks(), signal.getsignal(signal.SIGINT)) != before:
    done.append("something is registered for the end or the interrupt of the process")
print(done)
"""


def test_a_module_holds_definitions() -> None:
    called = {
        (path, ast.unparse(node))
        for path in modules().keys() - STARTED
        for node in modules()[path].tree.body
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
    }
    assert called == set()


def test_a_host_looks_for_garbage_again_once_it_has_imported_the_package() -> None:
    program = (
        "import gc, pulumi.dynamic, pulumi_lumos\n"
        "collections = sum(one['collections'] for one in gc.get_stats())\n"
        "pulumi_lumos._AppStoreApp\n"
        "during = sum(one['collections'] for one in gc.get_stats()) - collections\n"
        "print(during, gc.isenabled(), gc.get_freeze_count() > 0)\n"
    )
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert done.stdout == "0 True True\n", done.stderr


def test_importing_everything_connects_to_nothing_writes_nothing_and_starts_nothing() -> None:
    # -B: Python itself would write what it has compiled.
    run = [sys.executable, "-B", "-c", WATCHED]
    watched = subprocess.run(run, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert watched.returncode == 0, watched.stderr
    assert watched.stdout.strip() == "[]"
