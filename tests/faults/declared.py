"""What the example programs declare, as the engine hands it to a dynamic host."""

from __future__ import annotations

import json
import os
import runpy
import sys
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pulumi
from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi_lumos.program import function

from ..drivers.forked_host import FORKS
from ..drivers.played_engine import Program, Values
from ..patience import PATIENCE_SECONDS
from ..repository import ROOT

TYPE = "pulumi-python:dynamic/lumos:"
# By name, because mypy takes the folder tools/pulumi/yaml for the package that Pulumi brings.
yaml: Any = import_module("yaml")


@cache
def declared(url: str, stack: str, program: str, *others: str) -> Program:
    """The resources of Lumos that a program declares in a stack, in the order of its steps.

    `program` is its folder below the root of the repository, and `others` are folders with modules
    that it imports. It looks things up in the Lumos at `url`, where every company has the same ids.
    """
    ours, theirs = FORKS.Pipe(duplex=False)
    folders = [ROOT / program, *(ROOT / other for other in others)]
    run = FORKS.Process(target=_run, args=(folders, stack, url, theirs))
    run.start()
    theirs.close()
    assert ours.poll(PATIENCE_SECONDS), f"{program} declares nothing"
    found: Program = ours.recv()
    run.join()
    return found


class _Recorder(pulumi.runtime.Mocks):
    """Remembers the resources, and answers each with what was given for it."""

    def __init__(self) -> None:
        self.resources: dict[str, tuple[str, Values]] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, Values]:
        if args.typ.startswith(TYPE):
            given = {name: v for name, v in args.inputs.items() if name != PROVIDER_KEY}
            self.resources[args.name] = (args.typ.removeprefix(TYPE), given)
        return args.name, args.inputs

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        raise AssertionError(f"{args.token} asks Lumos")


def _run(folders: list[Path], stack: str, url: str, answer: Connection) -> None:
    os.environ.update(LUMOS_SERVER_URL=url, LUMOS_ACCESS_TOKEN="lsk_examples")
    sys.path[:0] = map(str, folders)
    # Look-ups ask the emulator, although resources are only recorded.
    function.mocks = lambda: None  # type: ignore[attr-defined]
    recorder = _Recorder()
    pulumi.runtime.set_mocks(recorder, project=folders[0].name, stack=stack)
    pulumi.runtime.set_all_config(_config(folders[0], stack))

    @pulumi.runtime.test  # type: ignore[untyped-decorator]
    def program() -> None:
        runpy.run_path(str(folders[0] / "__main__.py"))

    program()
    answer.send(recorder.resources)
    answer.close()


def _config(folder: Path, stack: str) -> dict[str, str]:
    """The configuration of a stack, as a program gets it."""
    file = folder / f"Pulumi.{stack}.yaml"
    if not file.exists():
        return {}
    values = yaml.safe_load(file.read_text(encoding="utf-8"))["config"]
    return {name: v if isinstance(v, str) else json.dumps(v) for name, v in values.items()}
