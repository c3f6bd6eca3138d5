"""`terraform state pull`, `push -force` and `rm` on a local state, where there is no Terraform."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

STATE = Path("terraform.tfstate")


def main(*arguments: str) -> None:
    command, *rest = arguments[1:]
    if command == "pull":
        sys.stdout.write(STATE.read_text(encoding="utf-8"))
    elif command == "push":
        assert rest[0] == "-force"
        STATE.write_text(Path(rest[1]).read_text(encoding="utf-8"), encoding="utf-8")
    else:
        assert command == "rm"
        remove({*rest})


def remove(addresses: set[str]) -> None:
    """Forget objects; one that is not there is an error, as with Terraform."""
    state = json.loads(STATE.read_text(encoding="utf-8"))
    known = {address(one, instance) for one in state["resources"] for instance in one["instances"]}
    if unknown := addresses - known:
        sys.exit(f"Invalid target address: {unknown}")
    for one in state["resources"]:
        left = [each for each in one["instances"] if address(one, each) not in addresses]
        one["instances"] = left
    state["resources"] = [one for one in state["resources"] if one["instances"]]
    STATE.write_text(json.dumps(state), encoding="utf-8")


def address(resource: dict[str, Any], instance: dict[str, Any]) -> str:
    module = f"{resource['module']}." if "module" in resource else ""
    key = f"[{json.dumps(instance['index_key'])}]" if "index_key" in instance else ""
    return f"{module}{resource['type']}.{resource['name']}{key}"


if __name__ == "__main__":
    main(*sys.argv[1:])
