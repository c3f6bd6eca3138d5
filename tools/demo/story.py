"""The tour: one project from the first preview to the last destroy, each step checked."""

from __future__ import annotations

import difflib
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule
from rich.table import Table

from .company import Company, Offer
from .engine import Engine, StepFailedError, Steps

CHANGED_LINE = '"time_based_access": ["2 hours", "7 days"],'
CHANGED_TO = '"time_based_access": ["2 hours", "7 days", "30 days"],'
EDITED_BY_HAND = "Admin"


class Story:
    """What happens in the demo; every step raises StepFailedError when it went otherwise."""

    def __init__(self, program: Path, engine: Engine, company: Company, console: Console) -> None:
        self._program = program
        self._engine = engine
        self._company = company
        self._console = console

    def tell(self) -> None:
        """All steps in order."""
        before = self._company.offers()
        self._engine.select("demo")
        declared = self._preview()
        self._up(declared)
        self._nothing_to_do()
        changed = self._change_a_line()
        high_point = self._apply(changed)
        self._edit_by_hand(high_point)
        self._destroy(declared, before)
        self._show(high_point)

    def _preview(self) -> set[str]:
        self._heading(
            "1. What would be done?",
            "The program declares Salesforce in the AppStore, a permission of it with the Okta "
            "group behind it, and an Okta group for a permission of Slack that exists already.",
        )
        steps = self._engine.steps("preview", "--diff")
        if set(steps) != {"create"}:
            raise StepFailedError(f"The first preview was to create only, and shows {steps}.")
        return steps["create"]

    def _up(self, declared: set[str]) -> None:
        self._heading("2. Do it", "The same, now for real: Lumos is changed.")
        steps = self._engine.steps("up", "--yes", "--skip-preview")
        self._expect(steps, "create", declared)

    def _nothing_to_do(self) -> None:
        self._heading(
            "3. Again",
            "Nothing has changed since, so there must be nothing to do; else this fails.",
        )
        steps = self._engine.steps("preview", "--expect-no-changes")
        if steps:
            raise StepFailedError(f"The unchanged preview was to be empty, and shows {steps}.")

    def _change_a_line(self) -> set[str]:
        self._heading("4. Change a line", "Admins may from now on ask for a month as well.")
        before = self._program.read_text(encoding="utf-8")
        after = before.replace(CHANGED_LINE, CHANGED_TO)
        if after == before:
            raise StepFailedError(f"{self._program.name} has no line {CHANGED_LINE}")
        self._program.write_text(after, encoding="utf-8")
        name = self._program.name
        diff = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, "", "", 1)
        self._console.print("\n".join(line.rstrip() for line in diff), markup=False)
        steps = self._engine.steps("preview", "--diff")
        self._expect(steps, "update", {"admin"})
        return steps["update"]

    def _apply(self, changed: set[str]) -> list[Offer]:
        self._heading("5. Do that too", "Only what the preview showed is sent to Lumos.")
        self._expect(self._engine.steps("up", "--yes", "--skip-preview"), "update", changed)
        return self._company.offers()

    def _edit_by_hand(self, offers: list[Offer]) -> None:
        self._heading(
            "6. Somebody edits Lumos by hand",
            f"The permission {EDITED_BY_HAND} is hidden in Lumos, past the program. A preview with "
            "--refresh finds that; `pulumi up --refresh` would put it right.",
        )
        edited = [offer for offer in offers if offer.permission == EDITED_BY_HAND]
        if len(edited) != 1:
            raise StepFailedError(f"Lumos was to hold one {EDITED_BY_HAND}, and holds {edited}.")
        self._company.hide(edited[0])
        steps = self._engine.steps("preview", "--refresh", "--diff")
        self._expect(steps, "update", {EDITED_BY_HAND.lower()})

    def _destroy(self, declared: set[str], before: list[Offer]) -> None:
        self._heading("7. Clean up", "Lumos must be left as it was found; else this fails.")
        steps = self._engine.steps("destroy", "--yes", "--skip-preview")
        self._expect(steps, "delete", declared)
        left = self._company.offers()
        if left != before:
            raise StepFailedError(f"After destroy Lumos was to hold {before}, and holds {left}.")

    def _show(self, offers: list[Offer]) -> None:
        self._heading(
            "What Lumos held at the high point, after step 5",
            "Lumos binds a group only to a new permission, so the one of Slack got a successor "
            "with the group, and was itself hidden until step 7 brought it back.",
        )
        table = Table("App", "Permission", "Visibility", "Group", "Durations", expand=False)
        for offer in offers:
            table.add_row(*(escape(text) for text in offer[:-1]))
        self._console.print(table)
        self._console.print(
            "Where to go next: examples/quickstart/README.md runs the same program against the "
            "local Lumos or yours, step by step; README.md says what else there is."
        )

    def _expect(self, steps: Steps, operation: str, names: set[str]) -> None:
        if steps != {operation: names}:
            desired = f"{operation} {', '.join(sorted(names))}"
            raise StepFailedError(f"Pulumi was to {desired} and nothing else, and did {steps}.")

    def _heading(self, title: str, why: str) -> None:
        self._console.print()
        self._console.print(Rule(title, align="left", characters="="))
        self._console.print(why)
        # Pulumi writes to the same terminal, past this console.
        self._console.file.flush()
