"""What `pulumi-lumos export` says in the end, to people and to other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.export.folder import is_packaged, not_imported
from pulumi_lumos.export.import_file import IMPORT_FILE
from pulumi_lumos.export.migration import Migration
from pulumi_lumos.export.program import Written
from pulumi_lumos.export.terraform_state import TerraformState
from pulumi_lumos.hosts.chosen import HOST_SETTING, PACKAGED_HOST
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.plurals import plural

from . import from_terraform as terraform
from .output import print_json, say

IMPORT = f"pulumi import --file {IMPORT_FILE} --generate-code=false"


@dataclass
class ExportReport:
    """What one export has written, and which of the things asked for are missing.

    named: the apps that `--app` has named. only_configured: whether the rest should be left out.
    import_file: whether `pulumi import` takes the objects over, in place of `adopt`.
    """

    folder: Path
    written: Sequence[Written]
    state: TerraformState | None = None
    migration: Migration | None = None
    named: Sequence[Values] = field(default_factory=list)
    only_configured: bool = False
    import_file: bool = False

    @property
    def empty(self) -> list[Values]:
        """The apps that were named and have nothing that a program could declare."""
        having = {one.app_id for one in self.written}
        return [app for app in self.named if app["id"] not in having]

    @property
    def lacks_something(self) -> bool:
        """Whether something that was asked for is not in the program."""
        left_behind = self.migration.left_behind if self.migration else []
        return bool(self.empty or left_behind or not self.written)

    def tell(self, *, json: bool) -> None:
        """Print it."""
        if json:
            print_json(self._as_json())
            return
        for sentence in [why for one in self.written for why in one.left_out]:
            say(f"Left to Lumos: {sentence}.")
        self._tell_of_the_apps()
        if self.written:
            self._tell_what_is_next()
        if self.state and self.migration:
            terraform.tell(self.state, self.migration)

    def _tell_of_the_apps(self) -> None:
        new = [one for one in self.written if one.resources is not None]
        kept = len(self.written) - len(new)
        resources = plural(sum(one.resources or 0 for one in new), "resource")
        if new:
            apps = plural(sum(bool(one.app_id) for one in new), "app")
            beside = " and of no single app" if any(not one.app_id for one in new) else ""
            say(f"Wrote {resources} of {apps}{beside} to {self.folder}.")
        if kept:
            say(f"Kept {plural(kept, 'module')} that the folder had already.")
        for app in self.empty:
            say(f"Nothing to export of {APP.described(app)}: {self._why_nothing('it')}.")
        if not self.written and not self.empty:
            say(f"Nothing to export: {self._why_nothing('any app')}.")

    def _why_nothing(self, what: str) -> str:
        if self.state:
            return f"Terraform manages nothing of {what}"
        if self.only_configured:
            return f"nobody has put {what} into the AppStore or configured a permission of {what}"
        return f"Lumos has no AppStore entry, permission or pre-approval rule of {what}"

    def _tell_what_is_next(self) -> None:
        if lacking := self._not_imported():
            say(
                f"{self.folder / '__main__.py'} was edited, so this command leaves it as it is. "
                f"Add the missing import: from apps import {', '.join(lacking)}"
            )
        if not self.import_file:
            say(
                f"Next: cd {self.folder}, make a stack, and look at `pulumi preview`: it adopts, "
                "no more."
            )
            return
        if not is_packaged(self.folder):
            say(
                f"{self.folder / 'Pulumi.yaml'} stays as it is. Choose the packaged provider: "
                f"pulumi config set lumos:{HOST_SETTING} {PACKAGED_HOST}"
            )
        say(
            f"Next: cd {self.folder}, make a stack, and run `{IMPORT}`. It changes nothing in "
            "Lumos, and `pulumi preview` has nothing to change after it."
        )

    def _not_imported(self) -> list[str]:
        return not_imported(self.folder, (one.path.stem for one in self.written))

    def _as_json(self) -> Values:
        told: Values = {
            "folder": str(self.folder),
            "apps": [
                {
                    "app_id": one.app_id,
                    "file": str(one.path.relative_to(self.folder)),
                    "resources": one.resources,
                    "left_out": one.left_out,
                }
                for one in self.written
            ],
            "apps_without_anything": [app["id"] for app in self.empty],
            "not_imported": self._not_imported() if self.written else [],
            "import_file": IMPORT_FILE if self.written and self.import_file else None,
        }
        if self.state and self.migration:
            told["terraform"] = terraform.report(self.state, self.migration)
        return told
