"""Our command that writes the SDK of a provider from its schema, with Pulumi's own generators."""

from __future__ import annotations

from pathlib import Path

from cli import fingerprint
from from_go_modules import GoModules
from installation import Tool
from progress import say
from versions import NEWEST

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "codegen"


def codegen() -> Tool:
    """Return the command as this checkout has it."""
    return Tool(
        name=f"the code generators of Pulumi {NEWEST}",
        folder=f"codegen-{NEWEST}-{fingerprint(SOURCES)[:12]}",
        executables=("codegen",),
        ways=(build,),
    )


def build(folder: Path) -> None:
    """Build it into a folder.

    Raises:
        PulumiUnavailableError: Go or a package registry is missing, or the build failed.
    """
    modules = GoModules(HERE / "go.mod")
    (folder / "bin").mkdir()
    say(f"building the code generators of Pulumi {NEWEST} from Go modules ...")
    modules.build("./codegen", folder / "bin" / "codegen", {})
