"""Writes a tenant, or some apps of it, as a Pulumi program: a module for each app."""

from __future__ import annotations

import keyword
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from ..api.client import LumosClient
from ..api.errors import LumosError
from ..declare.spec import Values
from ..lifecycle.session import Session
from ..lookups.admins import Track, untracked
from ..lookups.reading import Lookups
from .choice import Choice
from .module import Scope, module_of
from .names import slug, unique_slugs
from .tenant import CALLS_AT_ONCE, Ref, objects_of, reading

APPS = "apps"
PROJECT = """\
name: appstore
runtime:
  name: python
description: What Lumos held when it was exported, adopted by this program.
"""
MAIN = '''\
"""What Lumos held when it was exported; each app is a module, and importing it declares it."""
'''


class NotEmpty(LumosError):
    """The folder holds something already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The folder {folder} is not empty. Choose another, or go on with an export that was "
            "cut off there with --resume."
        )


class Written(NamedTuple):
    """One app as a module: where, what it declares, and what the program cannot say.

    `declared` is None for a module that an earlier run has written.
    """

    app_id: str
    path: Path
    declared: list[Ref] | None
    left_out: list[str]

    @property
    def resources(self) -> int | None:
        """How many resources the module has, if this run has written it."""
        return None if self.declared is None else len(self.declared)


def export(
    client: LumosClient,
    apps: Sequence[Values],
    folder: Path,
    *,
    choice: Choice | None = None,
    resume: bool = False,
    track: Track[Any] = untracked,
) -> list[Written]:
    """Write the program; with `resume`, go on where a run was cut off.

    Everything of the apps is written, or what of it has been chosen.

    A module is written when all of its app is read, and whole or not at all. Raises NotEmpty,
    OSError and ApiError.
    """
    modules = folder / APPS
    check_empty(folder, resume)
    modules.mkdir(parents=True, exist_ok=True)
    names = module_names(apps)
    session, lookups = reading(client), Lookups(client)

    def write(app: Values) -> Written | None:
        app_id = str(app["id"])
        path = modules / f"{names[app_id]}.py"
        if path.exists():
            return Written(app_id, path, None, [])
        scope = _scope(session, app_id, choice)
        if not scope.objects:
            return None
        module = module_of(app, names[app_id].replace("_", "-"), scope, lookups)
        write_whole(path, module.source)
        return Written(app_id, path, module.declared, module.left_out)

    with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
        done = [*track(pool.map(write, apps), len(apps))]
    written = sorted((one for one in done if one), key=lambda one: one.path)
    _write_project(folder, [one.path.stem for one in written])
    return written


def _scope(session: Session, app_id: str, choice: Choice | None) -> Scope:
    if choice:
        return Scope(choice.of(app_id), choice.held[app_id], choice.names)
    held = objects_of(session, app_id)
    return Scope(held, held, {})


def check_empty(folder: Path, resume: bool) -> None:
    """Raise NotEmpty where a new program would mix with what a folder holds."""
    if not resume and folder.exists() and any(folder.iterdir()):
        raise NotEmpty(folder)


def module_names(apps: Iterable[Values]) -> dict[str, str]:
    """What the module of each app is called, by the app's id, whatever the order of the apps."""
    labels = {str(app["id"]): str(app.get("user_friendly_label") or "") for app in apps}
    texts = {id: f"app {text}" if _is_no_name(text) else text for id, text in labels.items()}
    return {id: one.replace("-", "_") for id, one in unique_slugs(texts, "app").items()}


def _is_no_name(text: str) -> bool:
    name = slug(text).replace("-", "_")
    return not name.isidentifier() or keyword.iskeyword(name)


def _write_project(folder: Path, modules: Sequence[str]) -> None:
    """What makes the modules a program; what a user may have changed since stays."""
    write_whole(folder / APPS / "__init__.py", "")
    for name, text in (
        ("Pulumi.yaml", PROJECT),
        ("requirements.txt", f"pulumi-lumos>={version('pulumi-lumos')}\n"),
    ):
        if not (folder / name).exists():
            write_whole(folder / name, text)
    lines = "".join(f"    {name},\n" for name in modules)
    listed = f"\nfrom {APPS} import (\n{lines})\n\nAPPS = (\n{lines})\n" if modules else ""
    write_whole(folder / "__main__.py", MAIN + listed)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)
