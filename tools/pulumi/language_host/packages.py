"""What is installed beside a program: its Python packages, and the Pulumi plugins they need.

A package whose name begins with `pulumi-`, or which ships a `pulumi-plugin.json`, stands for a
plugin of that name, unless that file says `"resource": false` (Pulumi sdk/python/cmd).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pulumi.runtime.proto import language_pb2, plugin_pb2

from .environment import PythonEnvironment

# The official host knows these by name, too.
WITHOUT_PLUGIN = frozenset({"pulumi-policy", "pulumi-esc-sdk"})

# Runs in the project's Python, so it uses only what every Python 3.9 has.
LIST_PACKAGES = r"""
import importlib.metadata, importlib.util, json, pathlib, re

def plugin(name):
    try:
        found = importlib.util.find_spec(name.replace("-", "_"))
    except (ImportError, ValueError):
        return None
    for folder in (found and found.submodule_search_locations) or ():
        described = pathlib.Path(folder, "pulumi-plugin.json")
        if described.is_file():
            return json.loads(described.read_text())

listed = {}
for package in importlib.metadata.distributions():
    described = package.metadata  # Parsed anew whenever it is asked for.
    name = described["Name"]
    if name and name not in listed:
        needs = described.get_all("Requires-Dist") or ()
        needs = [need for need in needs if "extra ==" not in need]
        listed[name] = {
            "name": name,
            "version": described["Version"],
            "plugin": plugin(name),
            "requires": [re.match(r"[\w.-]+", need).group() for need in needs],
        }
print(json.dumps(list(listed.values())))
"""

PEP_440 = re.compile(
    r"(?P<release>\d+(?:\.\d+)*)(?:(?P<stage>a|b|rc)(?P<number>\d+))?"
    r"(?:\.(?P<post>post\d+))?(?:\.(?P<dev>dev\d+))?"
)
STAGES = {"a": "alpha", "b": "beta", "rc": "rc"}


@dataclass(frozen=True)
class Package:
    """A Python package installed in the project's environment."""

    name: str
    version: str
    plugin: dict[str, Any] | None
    requires: frozenset[str]


def installed_packages(environment: PythonEnvironment) -> list[Package]:
    """Return every package of the environment, with its `pulumi-plugin.json` if it has one."""
    return [
        Package(
            name=normalized(found["name"]),
            version=found["version"],
            plugin=found["plugin"],
            requires=frozenset(map(normalized, found["requires"])),
        )
        for found in environment.evaluate(LIST_PACKAGES)
    ]


def dependencies(
    environment: PythonEnvironment, *, transitive: bool
) -> list[language_pb2.DependencyInfo]:
    """Return the packages of the environment; unless transitive, only those no other one needs."""
    packages = installed_packages(environment)
    needed = frozenset[str]().union(*(package.requires for package in packages))
    return [
        language_pb2.DependencyInfo(name=package.name, version=package.version)
        for package in packages
        if transitive or package.name not in needed
    ]


def required_plugins(environment: PythonEnvironment) -> list[plugin_pb2.PackageDependency]:
    """Return the Pulumi plugins that the packages of the environment stand for."""
    plugins = map(plugin_of, installed_packages(environment))
    return [plugin for plugin in plugins if plugin is not None]


def plugin_of(package: Package) -> plugin_pb2.PackageDependency | None:
    """Return the plugin that a package stands for, if any."""
    if package.name in WITHOUT_PLUGIN:
        return None
    if package.plugin is None and not package.name.startswith("pulumi-"):
        return None
    described = package.plugin or {"resource": True}
    version = described.get("version") or plugin_version(package.version)
    if not described.get("resource") or version is None:
        return None
    return plugin_pb2.PackageDependency(
        name=described.get("name") or package.name.removeprefix("pulumi-"),
        version="v" + version.removeprefix("v"),
        kind="resource",
        server=described.get("server", ""),
    )


def plugin_version(package_version: str) -> str | None:
    """Translate a version of PEP 440 into a plugin's semantic version, None where there is none."""
    match = PEP_440.fullmatch(package_version)
    if match is None:
        return None
    release = match["release"].split(".")
    release += ["0"] * (3 - len(release))
    stage = f"-{STAGES[match['stage']]}.{match['number']}" if match["stage"] else ""
    build = "".join(part for part in (match["post"], match["dev"]) if part)
    return ".".join(release) + stage + (f"+{build}" if build else "")


def normalized(name: str) -> str:
    """Return the canonical form of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
