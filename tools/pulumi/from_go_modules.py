"""The third way: a build from Go modules, where only package registries are reached.

The CLI and two scripts come from Go modules. The Python language host is no published module; the
stand-in in `language_host/` takes its place.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from installation import VERSION, PulumiUnavailableError, language_host_fingerprint
from progress import run, say

MINIMUM_GO = (1, 25, 11)
COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
LANGUAGE_HOST = "./language_host"
SDK = "github.com/pulumi/pulumi/sdk/v3"
# Pulumi's own builds set the version so (Pulumi .goreleaser.yml).
LINKER_FLAGS = f"-s -w -X {SDK}/go/common/version.Version=v{VERSION}"
SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")

MODULE = Path(__file__).resolve().parent
# A go.work of the user's above this folder has no say here.
GO_ENVIRONMENT = {"GOWORK": "off"}


def fill(folder: Path) -> None:
    """Build the CLI into a folder, with the stand-in language host.

    Raises:
        PulumiUnavailableError: Go or a package registry is missing, or the build failed.
    """
    go = find_go()
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    say(
        f"building Pulumi {VERSION} from Go modules; the first time this takes about 4 minutes on "
        "two cores, afterwards seconds ..."
    )
    build(go, COMMAND, bin_folder / "pulumi")
    build(go, LANGUAGE_HOST, bin_folder / "pulumi-language-python")
    (folder / "language-host").write_text(language_host_fingerprint())
    sdk = Path(read_go(go, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK))
    for script in SCRIPTS:
        copy_executable(sdk / script, bin_folder)


def find_go() -> str:
    """Return the path of a Go that is new enough."""
    minimum = ".".join(map(str, MINIMUM_GO))
    go = shutil.which("go")
    if go is None:
        raise PulumiUnavailableError(
            f"building it needs Go {minimum} or newer, and there is no go on PATH"
        )
    said = read_go(go, "version", folder=Path("/"))
    match = re.search(r"\bgo(\d+)\.(\d+)(?:\.(\d+))?", said)
    found = tuple(int(part or 0) for part in match.groups()) if match else ()
    if found < MINIMUM_GO:
        version = ".".join(map(str, found)) or "unknown"
        raise PulumiUnavailableError(
            f"building it needs Go {minimum} or newer, and {go} is Go {version}"
        )
    return go


def build(go: str, package: str, target: Path) -> None:
    """Build a command; the first time all its modules are downloaded and compiled."""
    command = [go, "build", "-mod=readonly", "-ldflags", LINKER_FLAGS, "-o", str(target), package]
    doing = "building Pulumi from Go modules"
    if run(command, doing=doing, folder=MODULE, variables=GO_ENVIRONMENT) != 0:
        raise PulumiUnavailableError("the build from Go modules failed (see above)")


def read_go(go: str, *arguments: str, folder: Path = MODULE) -> str:
    """Return what a Go command prints, run in a folder."""
    answer = subprocess.run(
        [go, *arguments],
        check=False,
        cwd=folder,
        env={**os.environ, **GO_ENVIRONMENT},
        capture_output=True,
        text=True,
    )
    if answer.returncode != 0:
        raise PulumiUnavailableError(f"`go {' '.join(arguments)}` failed: {answer.stderr.strip()}")
    return answer.stdout.strip()


def copy_executable(script: Path, folder: Path) -> None:
    """Copy a script and let it be run; files of Go's module cache are not executable."""
    copied = folder / script.name
    shutil.copyfile(script, copied)
    copied.chmod(0o755)
