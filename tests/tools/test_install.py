"""`tools/pulumi/install` on made-up machines: a PATH of a few fakes, an own cache, no network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ..patience import PATIENCE_SECONDS, wait_until
from .machine import (
    INSTALL,
    NEW_GO,
    NEWEST,
    OLDEST,
    VERSIONS,
    Machine,
    fill_with_pulumi,
    machine,
    offer_official_installer,
)

__all__ = ["machine"]


def test_an_installed_pulumi_is_found_and_only_its_folder_is_printed(machine: Machine) -> None:
    fill_with_pulumi(machine, machine.root / "bin")
    code, stdout, stderr = machine.install("--print-path")
    assert (code, stdout) == (0, f"{machine.root}/bin\n")
    assert stderr == f"pulumi: using Pulumi {NEWEST} from {machine.root}.\n"


def test_a_good_pulumi_on_path_is_preferred(machine: Machine) -> None:
    fill_with_pulumi(machine, machine.path, version="3.300.1")
    fill_with_pulumi(machine, machine.root / "bin")
    code, stdout, stderr = machine.install("--print-path")
    assert (code, stdout) == (0, f"{machine.path}\n")
    assert "using the Pulumi CLI on PATH" in stderr


@pytest.mark.parametrize("version", [NEWEST, OLDEST])
def test_a_version_that_is_asked_for_is_not_taken_from_path(machine: Machine, version: str) -> None:
    fill_with_pulumi(machine, machine.path, version="3.300.1")
    root = machine.root.with_name(f"pulumi-{version}")
    fill_with_pulumi(machine, root / "bin", version)
    named = "newest" if version == NEWEST else "oldest"
    code, stdout, _ = machine.install("--version", named, "--print-path")
    assert (code, stdout) == (0, f"{root}/bin\n")


@pytest.mark.parametrize("tool", ["yaml", "codegen", "codegen-dotnet"])
def test_a_tool_beside_the_cli_is_built_from_go_modules_alone(machine: Machine, tool: str) -> None:
    offer_official_installer(machine)
    built = 'while [ "$1" != -o ]; do shift; done\nprintf "#!/bin/sh\\n" >"$2"; chmod 755 "$2"'
    machine.has("go", NEW_GO + built)
    code, stdout, stderr = machine.install(tool, "--print-path")
    assert code == 0, stderr
    (executable,) = Path(stdout.strip()).iterdir()
    assert executable.name == ("pulumi-language-yaml" if tool == "yaml" else "codegen")
    machine.has("go", "exit 1")
    assert machine.install(tool, "--print-path")[:2] == (0, stdout)


@pytest.mark.parametrize(
    ("version", "missing", "reason"),
    [
        ("3.200.0", "", f"it is version 3.200.0, not {OLDEST} or newer"),
        ("4.0.0", "", f"it is version 4.0.0, not {OLDEST} or newer"),
        (OLDEST, "pulumi-language-python", "pulumi-language-python is missing beside it"),
    ],
)
def test_an_unfit_pulumi_on_path_is_passed_over(
    machine: Machine, version: str, missing: str, reason: str
) -> None:
    fill_with_pulumi(machine, machine.path, version)
    if missing:
        (machine.path / missing).unlink()
    fill_with_pulumi(machine, machine.root / "bin")
    code, stdout, stderr = machine.install("--print-path")
    assert (code, stdout) == (0, f"{machine.root}/bin\n")
    assert f"passing over {machine.path}/pulumi: {reason}." in stderr


def test_the_official_installer_fills_the_cache_once(machine: Machine) -> None:
    offer_official_installer(machine)
    code, stdout, stderr = machine.install("--print-path")
    assert (code, stdout) == (0, f"{machine.root}/bin\n"), stderr
    assert machine.in_cache() == [machine.root.name]
    machine.has("curl", "exit 7")
    assert machine.install("--print-path")[:2] == (0, f"{machine.root}/bin\n")


def test_an_installer_that_arrives_in_part_is_never_run(machine: Machine) -> None:
    ran = machine.path / "ran"
    half = f"""while [ "$1" != -o ]; do shift; done
echo "echo ran >'{ran}'" >"$2"
exit 18"""
    machine.has("curl", half)
    code, stdout, stderr = machine.install("--print-path")
    assert (code, stdout) == (1, "")
    assert "official installer is not reached (curl: error 18)" in stderr
    assert not ran.exists()


def test_a_pulumi_of_another_version_is_refused(machine: Machine) -> None:
    offer_official_installer(machine, version="3.1.0")
    code, stdout, stderr = machine.install("--print-path")
    assert (code, stdout) == (1, "")
    assert f"the new pulumi answers 3.1.0 instead of {NEWEST}" in stderr
    assert machine.in_cache() == []


def test_two_installs_at_once_do_the_work_once(machine: Machine) -> None:
    runs = machine.path / "runs"
    offer_official_installer(machine, before=f'echo run >>"{runs}"; sleep 1')
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(machine.install, ["--print-path"] * 2))
    assert [result[:2] for result in results] == [(0, f"{machine.root}/bin\n")] * 2
    assert runs.read_text() == "run\n"


def test_missing_go_is_one_clear_sentence(machine: Machine) -> None:
    code, stdout, stderr = machine.install()
    assert (code, stdout) == (1, "")
    assert stderr.splitlines()[-1] == (
        f"pulumi: Pulumi {NEWEST} could not be installed: Pulumi's official installer is not"
        " reached; building it needs Go 1.21 or newer, and there is no go on PATH."
    )
    assert machine.in_cache() == []


@pytest.mark.parametrize("version", ["1.20.14", "1.9.7"])
def test_a_too_old_go_is_one_clear_sentence(machine: Machine, version: str) -> None:
    machine.has("go", f'[ "$1" = version ] && echo "go version go{version} linux/amd64"')
    code, _, stderr = machine.install("--print-path")
    assert code == 1
    assert stderr.splitlines()[-1].endswith(
        f"building it needs Go 1.21 or newer, and {machine.path}/go is Go {version}."
    )
    assert machine.in_cache() == []


@pytest.mark.parametrize("forbidden", ["", "GOTOOLCHAIN=local; export GOTOOLCHAIN\n"])
def test_a_go_that_is_older_than_pulumi_asks_for_is_let_fetch_the_newer_one(
    machine: Machine, forbidden: str
) -> None:
    said = 'if [ "$1" = version ]; then echo "go version go1.21.0 linux/amd64"; exit; fi\n'
    machine.has("go", f'{said}echo "the toolchain is $GOTOOLCHAIN" >&2; exit 1')
    machine.has("python3", f'{forbidden}exec "{os.path.realpath(sys.executable)}" "$@"')
    _, _, stderr = machine.install("--print-path")
    assert f"{machine.path}/go is older than Go 1." in stderr
    assert "the toolchain is auto" in stderr


def test_a_failed_build_leaves_nothing(machine: Machine) -> None:
    machine.has("go", f"{NEW_GO}echo no such module >&2; exit 1")
    code, stdout, stderr = machine.install("--print-path")
    assert (code, stdout) == (1, "")
    assert "no such module" in stderr
    assert stderr.splitlines()[-1].endswith("the build from Go modules failed (see above).")
    assert machine.in_cache() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_nothing(machine: Machine, number: signal.Signals) -> None:
    started = machine.path / "started"
    machine.has("go", f'{NEW_GO}echo $$ >"{started}"; exec sleep 60')
    process = machine.start("--print-path")
    wait_until(lambda: started.exists() and started.read_text().endswith("\n"), "the build starts")
    assert len(machine.in_cache()) == 1, "the build is under way, under another name"
    process.send_signal(number)
    stdout, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, stdout) == (128 + number, "")
    assert machine.in_cache() == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)


STRUCK_AT_ITS_START = """
import os, signal, subprocess, sys
import progress

signal.signal(signal.SIGTERM, lambda *_: sys.exit("interrupted"))
start = subprocess.Popen._execute_child

def strike(process, *arguments):
    start(process, *arguments)
    print(process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGTERM)

subprocess.Popen._execute_child = strike
progress.run(["sleep", "60"], doing="building")
"""


def test_a_build_that_is_interrupted_at_its_very_start_is_stopped() -> None:
    command = [sys.executable, "-c", STRUCK_AT_ITS_START]
    run = subprocess.run(
        command, env={"PYTHONPATH": str(INSTALL.parent)}, capture_output=True, text=True
    )
    assert run.stderr == "interrupted\n"
    with pytest.raises(ProcessLookupError):
        os.kill(int(run.stdout), 0)


def test_a_killed_build_does_not_count_and_is_cleared_away(machine: Machine) -> None:
    started = machine.path / "started"
    machine.has("go", f'{NEW_GO}echo $$ >"{started}"; exec sleep 60')
    process = machine.start("--print-path")
    wait_until(lambda: started.exists() and started.read_text().endswith("\n"), "the build starts")
    process.kill()
    process.wait(timeout=PATIENCE_SECONDS)
    os.kill(int(started.read_text()), signal.SIGKILL)
    process.communicate(timeout=PATIENCE_SECONDS)
    assert not machine.root.exists()
    offer_official_installer(machine)
    assert machine.install("--print-path")[0] == 0
    assert machine.in_cache() == [machine.root.name]


def test_a_stale_language_host_is_replaced(machine: Machine) -> None:
    fill_with_pulumi(machine, machine.root / "bin")
    (machine.root / "language-host").write_text("the fingerprint of another one")
    offer_official_installer(machine)
    code, stdout, _ = machine.install("--print-path")
    assert (code, stdout) == (0, f"{machine.root}/bin\n")
    assert not (machine.root / "language-host").exists()


def test_missing_python_is_one_clear_sentence(machine: Machine) -> None:
    machine.has("python3", "exit 1")
    code, stdout, stderr = machine.install("--print-path")
    assert (code, stdout) == (1, "")
    assert stderr.startswith("pulumi: installing the Pulumi CLI needs Python 3.10 or newer")


def test_the_page_names_the_versions_and_the_modules_are_of_these_versions() -> None:
    page = INSTALL.with_name("README.md").read_text(encoding="utf-8")
    assert f"- **{NEWEST}** is the version that" in page
    assert f"- **{OLDEST}** is the oldest" in page
    assert f"Pulumi's YAML, {VERSIONS['YAML']}," in page
    assert f"those of Pulumi {VERSIONS['DOTNET']}," in page
    hosts = (INSTALL.parents[2] / "docs" / "hosts.md").read_text(encoding="utf-8")
    assert f"of Pulumi {VERSIONS['DOTNET']}," in hosts
    modules = {NEWEST: "go.mod", OLDEST: "oldest.mod", VERSIONS["DOTNET"]: "dotnet.mod"}
    for version, name in modules.items():
        text = INSTALL.with_name(name).read_text(encoding="utf-8")
        assert f"github.com/pulumi/pulumi/pkg/v3 v{version}" in text
    yaml = (INSTALL.parent / "yaml" / "go.mod").read_text(encoding="utf-8")
    assert f"github.com/pulumi/pulumi-yaml v{VERSIONS['YAML']}" in yaml


def test_the_oldest_cli_is_not_older_than_the_oldest_sdk() -> None:
    """Pulumi's SDKs may use what a CLI of their own version has."""
    project = (INSTALL.parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"pulumi>={OLDEST.rpartition(".")[0]},<4"' in project
