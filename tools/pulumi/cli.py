"""The Pulumi CLI with what it takes to run Python projects."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

import from_official_installer
from from_go_modules import SDK, GoModules
from installation import PulumiUnavailableError, Tool, version_of
from progress import say
from versions import NEWEST, OLDEST

EXECUTABLES = (
    "pulumi",
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-resource-pulumi-python",
)
COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")
HERE = Path(__file__).resolve().parent
MODULES = {NEWEST: "go.mod", OLDEST: "oldest.mod"}
LANGUAGE_HOST = HERE / "language_host"
FINGERPRINT = "language-host"
"""The file that says which language host of ours an installation has, if it has one."""


def cli(version: str) -> Tool:
    """Return the CLI of a version: from Pulumi's own installer, else built."""
    return Tool(
        name=f"Pulumi {version}",
        folder=f"pulumi-{version}",
        executables=EXECUTABLES,
        ways=(
            partial(from_official_installer.fill, version),
            partial(build_from_go_modules, version),
        ),
        check=partial(check_executables, version),
        is_current=has_current_language_host,
    )


def build_from_go_modules(version: str, folder: Path) -> None:
    """Build the CLI into a folder, with the stand-in language host.

    The CLI and two scripts come from Go modules. The Python language host is no published module;
    the one in `language_host/` takes its place.

    Raises:
        PulumiUnavailableError: Go or a package registry is missing, or the build failed.
    """
    modules = GoModules(HERE / MODULES[version])
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    say(
        f"building Pulumi {version} from Go modules; the first time this takes about 4 minutes on "
        "two cores, afterwards seconds ..."
    )
    # Pulumi's own builds set the version so (Pulumi .goreleaser.yml).
    variables = {f"{SDK}/go/common/version.Version": f"v{version}"}
    modules.build(COMMAND, bin_folder / "pulumi", variables)
    modules.build("./language_host", bin_folder / "pulumi-language-python", variables)
    (folder / FINGERPRINT).write_text(language_host_fingerprint())
    sdk = modules.folder_of(SDK)
    for script in SCRIPTS:
        copy_executable(sdk / script, bin_folder)


def copy_executable(script: Path, folder: Path) -> None:
    """Copy a script and let it be run; files of Go's module cache are not executable."""
    copied = folder / script.name
    copied.write_bytes(script.read_bytes())
    copied.chmod(0o755)


def check_executables(version: str, root: Path) -> None:
    """Run the CLI and its language host, and refuse what does not answer with its version."""
    for name, flag in (("pulumi", "version"), ("pulumi-language-python", "-version")):
        answer = version_of(root / "bin" / name, flag)
        if answer != version:
            raise PulumiUnavailableError(
                f"the new {name} answers {answer or 'nothing'} instead of {version}"
            )


def has_current_language_host(root: Path) -> bool:
    """Say whether the stand-in language host, if the installation has one, is this checkout's."""
    recorded = root / FINGERPRINT
    # The official installation brings its own.
    return not recorded.exists() or recorded.read_text() == language_host_fingerprint()


def language_host_fingerprint() -> str:
    """Return a hash over the sources of the stand-in language host."""
    return fingerprint(LANGUAGE_HOST)


def fingerprint(folder: Path) -> str:
    """Return a hash over the files of a folder."""
    digest = hashlib.sha256()
    for source in sorted(folder.iterdir()):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()
