"""Writes a tenant, or some apps of it, as a Pulumi program: a module for each app."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.threads import threads
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lookups.people import Track, untracked
from pulumi_lumos.lookups.reading import Lookups

from .choice import Choice
from .folder import check_empty, modules_of, write_file, write_project
from .import_file import write_import_file
from .module import Scope, module_of
from .names import slug, unique_slugs
from .tenant import (
    CALLS_AT_ONCE,
    Found,
    Ref,
    is_configured,
    read_objects_of,
    read_objects_of_no_app,
    reading,
)

OF_NO_APP: Values = {"id": "", "user_friendly_label": "Company"}
"""Stands in place of an app: objects that belong to no single app have a module of their own."""


class Written(NamedTuple):
    """One app as a module: its path, what it declares, and what the program cannot say.

    What belongs to no single app is a module too, with the id "". `declared` are the names of the
    resources; None for a module that an earlier run has written. `names` are the names for the
    import file, if there is one; a module of an earlier run has them too.
    """

    app_id: str
    path: Path
    declared: Mapping[Ref, str] | None
    left_out: list[str]
    names: Mapping[Ref, str] = {}

    @property
    def resources(self) -> int | None:
        """How many resources the module has, if this run has written it."""
        return None if self.declared is None else len(self.declared)


def export(
    client: LumosClient,
    apps: Sequence[Values],
    folder: Path,
    *,
    beside: Sequence[Values] = (),
    choice: Choice | None = None,
    only_configured: bool = False,
    whole: bool = True,
    resume: bool = False,
    import_file: bool = False,
    track: Track[Any] = untracked,
) -> list[Written]:
    """Write what Lumos holds of some apps as a program; `resume` adds to one that exists.

    `beside` are the other apps of the tenant: with them, a module has the same name whichever apps
    are exported. `choice` limits the program to some objects, and `only_configured` leaves out what
    Lumos has made by itself and nobody has configured. Only the `whole` of a tenant includes what
    belongs to no single app. With `import_file`, `pulumi import` takes the
    objects over by a file beside the program, which then says no `adopt`. A module is written whole
    or not at all, and a module that exists is never changed. Raises NotEmpty, OSError and ApiError.
    """
    check_empty(folder, resume)
    names = module_names([*apps, *beside])
    parts = [*apps, OF_NO_APP] if whole else apps
    writer = _Writer(
        reading(client), Lookups(client), folder, names, choice, only_configured, import_file
    )
    with threads(CALLS_AT_ONCE) as pool:
        done = [*track(pool.map(writer.write, parts), len(parts))]
    written = sorted((one for one in done if one), key=lambda one: one.path)
    if written:
        write_project(folder, packaged=import_file)
    if written and import_file:
        write_import_file(folder, {ref: name for one in written for ref, name in one.names.items()})
    return written


class _Writer(NamedTuple):
    """Writes one module after the other; safe for many threads."""

    call: Call
    lookups: Lookups
    folder: Path
    names: Mapping[str, str]
    choice: Choice | None
    only_configured: bool
    import_file: bool

    def write(self, app: Values) -> Written | None:
        """Write the module of an app, when all of the app is read; None where it has nothing."""
        app_id = str(app["id"])
        path = modules_of(self.folder) / f"{self.names[app_id]}.py"
        is_there = path.exists()
        if is_there and not self.import_file:
            return Written(app_id, path, None, [])
        scope = self._scope(app_id)
        if not scope.objects and not is_there:
            return None
        module = module_of(app, self.names[app_id].replace("_", "-"), scope, self.lookups)
        if is_there:
            # A run that was cut off wrote no import file, so find its names again.
            return Written(app_id, path, None, [], module.declared)
        write_file(path, module.source)
        return Written(app_id, path, module.declared, module.left_out, module.declared)

    def _scope(self, app_id: str) -> Scope:
        choice = self.choice
        held = choice.held.get(app_id, []) if choice else self._held(app_id)
        chosen = choice.of(app_id) if choice else held
        if self.only_configured:
            chosen = [one for one in chosen if is_configured(one)]
        adopts = not self.import_file
        if choice is None:
            return Scope(chosen, held, {}, {}, adopts)
        return Scope(chosen, held, choice.names, choice.more, adopts)

    def _held(self, app_id: str) -> list[Found]:
        return read_objects_of(self.call, app_id) if app_id else read_objects_of_no_app(self.call)


def module_names(apps: Iterable[Values]) -> dict[str, str]:
    """The name of each app's module, by the app's id; the order of the apps does not matter."""
    every = [*apps, OF_NO_APP]
    labels = {str(app["id"]): str(app.get("user_friendly_label") or "") for app in every}
    texts = {id: f"app {text}" if _is_no_name(text) else text for id, text in labels.items()}
    return {id: one.replace("-", "_") for id, one in unique_slugs(texts, "app").items()}


def _is_no_name(text: str) -> bool:
    name = slug(text).replace("-", "_")
    return not name.isidentifier() or keyword.iskeyword(name)
