"""`python -m tests.upgrades VERSION` records what the present code leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..faults.catalog import FIRST, prepare
from ..repository import ROOT
from .recording import Recording


def main(version: str) -> None:
    """Make the stack with every kind in it and write down what it leaves behind."""
    recording = Recording(version)
    recording.folder.mkdir(parents=True)
    install = [str(ROOT / "tools" / "pulumi" / "install"), "--print-path"]
    found = subprocess.run(install, check=True, stdout=subprocess.PIPE, text=True)
    with (
        EmulatorProcess() as emulator,
        closing(Tenant(emulator.url, "lsk_recorded")) as tenant,
        tempfile.TemporaryDirectory() as folder,
    ):
        prepare(tenant)
        stack = Stack(Path(folder), found.stdout.strip(), tenant)
        lines = ["last = []\n"]
        for name, (kind, given) in FIRST.items():
            after = "opts=pulumi.ResourceOptions(depends_on=last)"
            lines.append(f"last = [lumos.{kind}({name!r}, {after}, **{given!r})]\n")
        stack.program("".join(lines))
        stack.up()
        state = json.loads(stack.export())
        for resource in state["deployment"]["resources"]:
            # Where things lay on the machine that has recorded them.
            resource.pop("sourcePosition", None)
            resource.pop("stackTrace", None)
        tidy = json.dumps(state, indent=1)
        recording.state.write_text(f"{tidy}\n", encoding="utf-8")
        held = json.dumps(tenant.state(), indent=1)
        recording.tenant.write_text(f"{held}\n", encoding="utf-8")
    (recording.folder / "program.py.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
