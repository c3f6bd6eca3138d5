"""The third way: a build from Go modules, where only package registries are reached.

The CLI and two scripts come from Go modules. The Python language host is no published module; the
stand-in in `language_host/` takes its place, in a virtual environment of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from installation import LANGUAGE_HOST, VERSION, PulumiUnavailableError, language_host_fingerprint
from progress import run, say

MINIMUM_GO = (1, 25, 11)
COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
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
    build_cli(go, bin_folder / "pulumi")
    make_language_host(folder)
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


def build_cli(go: str, target: Path) -> None:
    """Build the CLI; the first time all its modules are downloaded and compiled."""
    say(
        f"building Pulumi {VERSION} from Go modules; the first time this takes about 4 minutes on "
        "two cores, afterwards seconds ..."
    )
    command = [go, "build", "-mod=readonly", "-ldflags", LINKER_FLAGS, "-o", str(target), COMMAND]
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


def make_language_host(folder: Path) -> None:
    """Install the stand-in language host with the Pulumi SDK of the CLI's own version."""
    say("installing the Python language host ...")
    venv = folder / "venv"
    # The real file of Python, not a link that may point to another version tomorrow.
    python = os.path.realpath(sys.executable)
    make_venv: list[str | Path] = [python, "-m", "venv", venv]
    pip: list[str | Path] = [venv / "bin" / "python", "-m", "pip", "install", "--quiet"]
    pip += ["--disable-pip-version-check", f"pulumi=={VERSION}"]
    for command in (make_venv, pip):
        if run(command, doing="installing the Python language host") != 0:
            raise PulumiUnavailableError("installing the Pulumi SDK with pip failed (see above)")
    [packages] = (venv / "lib").glob("python*/site-packages")
    leave_only_stubs(packages / "pulumi")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(LANGUAGE_HOST, packages / LANGUAGE_HOST.name, ignore=ignored)
    copy_executable(LANGUAGE_HOST.with_name("pulumi-language-python"), folder / "bin")
    (folder / "language-host").write_text(language_host_fingerprint())


def leave_only_stubs(sdk: Path) -> None:
    """Empty the packages around the protocol's stubs, which are all that the host needs.

    What those packages import takes longer to start than all the rest of the host, and the engine
    starts a host twice in a preview or an update.
    """
    for package in (sdk, sdk / "runtime", sdk / "runtime" / "proto"):
        (package / "__init__.py").write_text("")


def copy_executable(script: Path, folder: Path) -> None:
    """Copy a script and let it be run; files of Go's module cache are not executable."""
    copied = folder / script.name
    shutil.copyfile(script, copied)
    copied.chmod(0o755)
