"""Pulumi's own installer, where the internet is reached."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from installation import PulumiUnavailableError
from progress import run, say

INSTALLER = "https://get.pulumi.com/install.sh"
CONNECT_SECONDS = 3
DOWNLOAD_SECONDS = 60


def fill(version: str, folder: Path) -> None:
    """Let the official installer fill a folder with a version.

    Raises:
        PulumiUnavailableError: the installer was not reached, or failed.
    """
    curl = shutil.which("curl")
    if curl is None:
        raise PulumiUnavailableError("Pulumi's official installer needs curl, which is missing")
    with tempfile.TemporaryDirectory() as download:
        script = Path(download, "install.sh")
        fetch(curl, script)
        say(f"installing Pulumi {version} with its official installer ...")
        command: list[str | Path] = ["sh", script, "--no-edit-path"]
        command += ["--install-root", folder, "--version", version]
        if run(command, doing="installing Pulumi with its official installer") != 0:
            say("the official installer failed (see above).")
            raise PulumiUnavailableError("Pulumi's official installer failed")


def fetch(curl: str, script: Path) -> None:
    """Download the whole installer: curl fails when a transfer ends early, and nothing is run."""
    limits = ["--connect-timeout", str(CONNECT_SECONDS), "--max-time", str(DOWNLOAD_SECONDS)]
    command = [curl, "-fsSL", *limits, "-o", str(script), INSTALLER]
    answer = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True)
    if answer.returncode != 0:
        say(f"Pulumi's official installer is not reached (curl: error {answer.returncode}).")
        raise PulumiUnavailableError("Pulumi's official installer is not reached")
