"""The folder of an exported program. A file that exists belongs to its user and is never changed.

`__main__.py` imports whatever modules the folder holds, so that an export that adds one has
nothing to change there, and a user who deletes a module leaves its app out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.chosen import HOST_SETTING, PACKAGED_HOST
from pulumi_lumos.whole_file import write_whole

APPS = "apps"
MAIN = '''\
"""What Lumos held when it was exported.

Each module of the folder `apps` declares one app. To stop declaring an app, delete its module.
"""

import importlib
import pkgutil

import apps

for module in pkgutil.iter_modules(apps.__path__, "apps."):
    importlib.import_module(module.name)
'''
PROJECT = """\
name: appstore
runtime:
  name: python
description: What Lumos held when it was exported, adopted by this program.
"""
PACKAGED_PROJECT = f"""\
name: appstore
runtime:
  name: python
description: What Lumos held when it was exported, imported by `pulumi import`.
config:
  lumos:{HOST_SETTING}: {PACKAGED_HOST}
"""
"""For a program without `adopt`: only the packaged provider can import."""


class NotEmpty(LumosError):
    """The folder already holds something."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The folder {folder} is not empty. Choose another folder. To go on with an export "
            "that was cut off there, or to add apps to its program, give --resume."
        )


def check_empty(folder: Path, resume: bool) -> None:
    """Raise NotEmpty where a new program would mix with the files of a folder."""
    if not resume and folder.exists() and any(folder.iterdir()):
        raise NotEmpty(folder)


def modules_of(folder: Path) -> Path:
    """The folder of the modules within that of a program."""
    return folder / APPS


def write_project(folder: Path, *, packaged: bool = False) -> None:
    """Write the files that make the modules a program, where they are missing."""
    for name, text in (
        (f"{APPS}/__init__.py", ""),
        ("Pulumi.yaml", PACKAGED_PROJECT if packaged else PROJECT),
        ("requirements.txt", f"pulumi-lumos>={version('pulumi-lumos')}\n"),
        ("__main__.py", MAIN),
    ):
        if not (folder / name).exists():
            write_file(folder / name, text)


def is_packaged(folder: Path) -> bool:
    """Whether the project of a folder says that the packaged provider serves it."""
    text = (folder / "Pulumi.yaml").read_text(encoding="utf-8", errors="replace")
    return f"lumos:{HOST_SETTING}: {PACKAGED_HOST}" in text


def not_imported(folder: Path, modules: Iterable[str]) -> list[str]:
    """The modules that `__main__.py` does not import, because a user has changed it."""
    text = (folder / "__main__.py").read_text(encoding="utf-8", errors="replace")
    if "iter_modules" in text:
        return []
    imported = {*_imports(text)}
    return [name for name in modules if name not in imported]


def _imports(text: str) -> Iterator[str]:
    """The modules of APPS that a program imports by name; none where it cannot be read."""
    try:
        nodes = [*ast.walk(ast.parse(text))]
    except (SyntaxError, ValueError):
        return
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module == APPS:
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").removeprefix(f"{APPS}.")
        elif isinstance(node, ast.Import):
            yield from (one.name.removeprefix(f"{APPS}.") for one in node.names)


def write_file(path: Path, text: str) -> None:
    """Write a file of the program, and the folder that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, [text])
