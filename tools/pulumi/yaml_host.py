"""The language host of Pulumi's YAML: what runs a program that is written in Pulumi.yaml itself."""

from __future__ import annotations

from pathlib import Path

from cli import fingerprint
from from_go_modules import GoModules
from installation import Tool
from progress import say
from versions import YAML

EXECUTABLE = "pulumi-language-yaml"
MODULES = Path(__file__).resolve().parent / "yaml" / "go.mod"
SOURCES = MODULES.parent / "language_host"
REPOSITORY = "github.com/pulumi/pulumi-yaml"


def yaml_host() -> Tool:
    """Return the language host as this checkout has it.

    The official installation of the CLI has one of its own.
    """
    return Tool(
        name=f"Pulumi YAML {YAML}",
        folder=f"pulumi-yaml-{YAML}-{fingerprint(SOURCES)[:12]}",
        executables=(EXECUTABLE,),
        ways=(build,),
    )


def build(folder: Path) -> None:
    """Build it into a folder.

    Raises:
        PulumiUnavailableError: Go or a package registry is missing, or the build failed.
    """
    modules = GoModules(MODULES)
    (folder / "bin").mkdir()
    say(
        f"building Pulumi YAML {YAML} from Go modules; the first time this takes about 5 minutes on"
        " two cores, afterwards seconds ..."
    )
    # Its own builds set the version so (pulumi-yaml .goreleaser.yml).
    variables = {f"{REPOSITORY}/pkg/version.Version": f"v{YAML}"}
    modules.build("./language_host", folder / "bin" / EXECUTABLE, variables)
