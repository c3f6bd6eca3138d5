"""Our command that writes the SDK of a provider from its schema, with Pulumi's own generators."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cli import fingerprint
from from_go_modules import GoModules
from installation import Tool
from progress import say
from versions import DOTNET, NEWEST

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "codegen"


def codegen() -> Tool:
    """Return the command for Node.js, Python and Go as this checkout has it."""
    return _tool("codegen", NEWEST, "go.mod")


def codegen_dotnet() -> Tool:
    """Return the command for C#, whose generator has left the newest Go modules."""
    return _tool("codegen-dotnet", DOTNET, "dotnet.mod", "dotnet")


def _tool(name: str, version: str, modules: str, *tags: str) -> Tool:
    return Tool(
        name=f"the code generators of Pulumi {version}",
        folder=f"{name}-{version}-{fingerprint(SOURCES)[:12]}",
        executables=("codegen",),
        ways=(partial(build, version, modules, tags),),
    )


def build(version: str, modules: str, tags: tuple[str, ...], folder: Path) -> None:
    """Build it into a folder.

    Raises:
        PulumiUnavailableError: Go or a package registry is missing, or the build failed.
    """
    found = GoModules(HERE / modules)
    (folder / "bin").mkdir()
    say(f"building the code generators of Pulumi {version} from Go modules ...")
    found.build("./codegen", folder / "bin" / "codegen", {}, tags)
