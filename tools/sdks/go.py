"""What the Go compiler says of a Go SDK and of a program that uses it."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from . import TOOLS, Refused, run


def check(sdk: Path, program: str) -> None:
    """Compile a generated Go SDK and a program that imports it; raises Refused.

    Both are compiled with the modules of the CLI (`tools/pulumi/go.mod`): these have been
    downloaded and compiled already where the CLI was built from them.
    """
    go = shutil.which("go")
    if go is None:
        raise Refused("compiling Go needs go, and there is none on PATH")
    with tempfile.TemporaryDirectory() as temporary:
        copied = shutil.copytree(sdk, Path(temporary) / "sdk")
        name = re.search(r"^module (\S+)$", (copied / "go.mod").read_text(), re.MULTILINE)
        assert name
        modules = (TOOLS / "go.mod").read_text()
        of_the_sdk = re.sub(r"^module \S+$", f"module {name[1]}", modules, flags=re.MULTILINE)
        (copied / "go.mod").write_text(of_the_sdk)
        shutil.copy(TOOLS / "go.sum", copied)
        (copied / "program").mkdir()
        (copied / "program" / "main.go").write_text(program)
        # Without the paths, Go knows an SDK that it has compiled in another folder.
        vet = [go, "vet", "-mod=readonly", "-trimpath", "./..."]
        run(vet, copied, GOWORK="off", GOTOOLCHAIN="auto")
