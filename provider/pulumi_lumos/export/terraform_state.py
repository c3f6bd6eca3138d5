"""Reads from a state of Terraform which objects the vendor's provider manages.

The state has format version 4, which Terraform 0.12 and newer and OpenTofu write, as a file or as
`terraform state pull` prints it. A state may hold secrets: of its values, this module reads only
the ids of Lumos's objects, and `unanswered` a few more. No message quotes any other of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pulumi_lumos.declare.spec import ResourceSpec
from pulumi_lumos.errors import LumosError

from .tenant import Ref, exported_kinds
from .unanswered import NOTHING, Unanswered, unanswered

PROVIDER = "lumos"
"""The last part of the provider's address, which no mirror or fork changes."""
VERSION = 4
PULL = "`terraform state pull` prints the state"
OTHER_DOCUMENTS = {
    "planned_values": f"it is a plan; {PULL}",
    "format_version": f"it is what `terraform show -json` prints; {PULL}",
    "encrypted_data": "OpenTofu has encrypted it; `tofu state pull` prints it readable",
    "deployment": "it is a state of Pulumi",
    "checkpoint": "it is a state of Pulumi",
}
"""Files that people may take for a state, by a key that a state does not have."""


class UnusableState(LumosError):
    """A file is not a state of Terraform that can be read."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"The Terraform state {source} cannot be used: {reason}.")


class Managed(NamedTuple):
    """One object that Terraform manages and a program can take over.

    `words` are the parts of the address that people have chosen. `unanswered` is what the state has
    for fields that Lumos never answers, such as credentials.
    """

    address: str
    words: tuple[str, ...]
    kind: str
    id: str
    app_id: str
    unanswered: Unanswered = NOTHING

    @property
    def ref(self) -> Ref:
        """The kind and the id of the object."""
        return self.kind, self.id


class LeftBehind(NamedTuple):
    """One object that stays with Terraform or out of the program: its address and why."""

    address: str
    reason: str


@dataclass
class TerraformState:
    """The objects of Lumos in a state, and the number of its other resources."""

    managed: list[Managed] = field(default_factory=list)
    left_behind: list[LeftBehind] = field(default_factory=list)
    data_sources: int = 0
    other_providers: int = 0


def read_state(text: str, source: str) -> TerraformState:
    """Read a state; `source` is what errors call it. Raises UnusableState."""
    found = TerraformState()
    for resource in _resources(text, source):
        count = len(resource["instances"])
        if not _is_of_lumos(resource):
            found.other_providers += count
        elif resource.get("mode") == "data":
            found.data_sources += count
        else:
            for instance in resource["instances"]:
                one = _object(resource, instance)
                if isinstance(one, Managed):
                    found.managed.append(one)
                else:
                    found.left_behind.append(one)
    if not found.managed and not found.left_behind:
        raise UnusableState(source, "the vendor's provider manages nothing in it")
    return found


def type_of(spec: ResourceSpec) -> str:
    """The vendor's name for a kind: Lumos's own noun."""
    return f"{PROVIDER}_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", spec.name).lower()


def _resources(text: str, source: str) -> list[Mapping[str, Any]]:
    """The resources of a state of the right format; raises UnusableState."""
    if text.startswith("PK"):
        raise UnusableState(source, f"it is a saved plan; {PULL}")
    try:
        state = json.loads(text)
    except (ValueError, RecursionError):
        # The parser's own message could repeat a part of the state.
        raise UnusableState(source, f"it is not JSON; {PULL}") from None
    if reason := _no_state(state):
        raise UnusableState(source, reason)
    resources = state.get("resources", [])
    if not isinstance(resources, list) or not all(_is_resource(one) for one in resources):
        raise UnusableState(source, f"its resources are not as Terraform writes them; {PULL}")
    return resources


def _no_state(state: Any) -> str | None:
    """Why a document is not a state of format version 4, or None."""
    if not isinstance(state, dict):
        return f"it is not a state of Terraform; {PULL}"
    for key, reason in OTHER_DOCUMENTS.items():
        if key in state:
            return reason
    version = state.get("version")
    if not isinstance(version, int):
        return f"it is not a state of Terraform; {PULL}"
    if version < VERSION:
        return (
            f"its format is version {version}, of Terraform 0.11 or older; `terraform apply` of a "
            f"newer one writes version {VERSION}"
        )
    if version > VERSION:
        return f"its format is version {version}, and this release reads version {VERSION}"
    return None


def _is_resource(resource: Any) -> bool:
    return (
        isinstance(resource, dict)
        and all(isinstance(resource.get(name), str) for name in ("mode", "type", "name"))
        and isinstance(resource.get("module", ""), str)
        and isinstance(resource.get("instances"), list)
        and all(isinstance(one, dict) for one in resource["instances"])
    )


def _is_of_lumos(resource: Mapping[str, Any]) -> bool:
    """Whether the resource is of the vendor's provider, or a copy of it."""
    address = str(resource.get("provider", ""))
    return bool(re.search(rf'/{PROVIDER}"\]', address)) and str(resource["type"]).startswith(
        f"{PROVIDER}_"
    )


def _object(resource: Mapping[str, Any], instance: Mapping[str, Any]) -> Managed | LeftBehind:
    """Read one instance of a resource."""
    address = _address(resource, instance)
    specs = {type_of(lifecycle.spec): lifecycle.spec for lifecycle in exported_kinds()}
    spec = specs.get(resource["type"])
    if spec is None:
        what = "pulumi-lumos has no such resource; leave it with Terraform"
        return LeftBehind(address, what)
    if "deposed" in instance:
        return LeftBehind(
            f"{address} (deposed object {instance['deposed']})",
            "Terraform has replaced it and still means to delete it; run `terraform apply`, or "
            "delete it in Lumos, before Terraform forgets it",
        )
    attributes = instance.get("attributes")
    values = attributes if isinstance(attributes, dict) else {}
    # The vendor's provider reads an app by its app_id, whatever its id says.
    id, app_id = values.get(spec.id or "id"), values.get(spec.listed_by)
    if not isinstance(id, str) or not id:
        return LeftBehind(address, "the state has no id of it; run `terraform apply -refresh-only`")
    words = (*_names(str(resource.get("module", ""))), *_words(resource["name"], instance))
    owner = app_id if isinstance(app_id, str) else ""
    return Managed(address, words, spec.name, id, owner, unanswered(spec, instance, values))


def _address(resource: Mapping[str, Any], instance: Mapping[str, Any]) -> str:
    """The address of an instance, as Terraform's commands take it."""
    module = f"{resource['module']}." if resource.get("module") else ""
    key = instance.get("index_key")
    index = "" if key is None else f"[{_quoted(key) if isinstance(key, str) else key}]"
    return f"{module}{resource['type']}.{resource['name']}{index}"


def _quoted(key: str) -> str:
    """A key as Terraform writes it in an address, a literal of its configuration language."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    text = "".join(escapes.get(one, one) for one in key)
    return '"' + re.sub(r"([$%])\{", r"\1\1{", text) + '"'


def _names(module: str) -> Iterator[str]:
    """The names and keys in the address of a module, such as `module.team["web"].module.apps`."""
    pattern = r'module\.(?P<name>[\w-]+)|\["(?P<text>(?:[^"\\]|\\.)*)"\]|\[(?P<number>\d+)\]'
    for found in re.finditer(pattern, module):
        yield next(part for part in found.groups() if part is not None)


def _words(name: str, instance: Mapping[str, Any]) -> tuple[str, ...]:
    key = instance.get("index_key")
    return (name,) if key is None else (name, str(key))
