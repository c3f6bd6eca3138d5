"""Runs a catalog through its life with one engine; every step is one command of that engine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from .environment import ROOT, virtual_environment

Program = Callable[[int, bool], str]

PACKAGED_PROVIDER = "pulumi-resource-lumos"
STEPS = ("create", "no-op preview", "refresh", "preview --refresh", "update all", "destroy")


class Failed(Exception):
    """A command of the engine that did not succeed; the text is what it printed last."""


class Pulumi:
    """A stack of its own with a file backend in `folder`."""

    def __init__(self, folder: Path, program: Program, size: int, **environment: str) -> None:
        self._folder, self._program, self._size = folder, program, size
        self._environment = {
            **os.environ,
            "PULUMI_BACKEND_URL": folder.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "of a benchmark",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        (folder / "Pulumi.yaml").write_text(project("benchmark"))
        self._write(changed=False)
        self._run("stack", "init", "benchmark")

    @property
    def state(self) -> Path:
        """The file with the state."""
        return self._folder / ".pulumi" / "stacks" / "benchmark" / "benchmark.json"

    def step(self, name: str) -> None:
        """Carry one of STEPS out."""
        if name == "update all":
            self._write(changed=True)
        self._run(*PULUMI_COMMANDS[name])

    def _write(self, changed: bool) -> None:
        program = self._program(self._size, changed)
        (self._folder / "__main__.py").write_text(program, encoding="utf-8")

    def _run(self, *arguments: str) -> None:
        options = ("--non-interactive", "--color", "never")
        run(["pulumi", *arguments, *options], self._folder, self._environment)


class Packaged(Pulumi):
    """The same, with the packaged provider of the same package."""

    def __init__(self, folder: Path, program: Program, size: int, **environment: str) -> None:
        super().__init__(folder, program, size, LUMOS_HOST="packaged", **environment)
        providers = f"[{{name: lumos, path: '{self._plugin()}'}}]"
        (folder / "Pulumi.yaml").write_text(
            project("benchmark") + f"plugins: {{providers: {providers}}}\n"
        )

    def _plugin(self) -> Path:
        """The folder of the provider's program."""
        found = virtual_environment() / "bin"
        if not (found / PACKAGED_PROVIDER).exists():
            raise Failed(f"this clone has no packaged provider: {PACKAGED_PROVIDER} is missing")
        return found


class PackagedNull(Packaged):
    """The same classes, served by a provider that does nothing."""

    def _plugin(self) -> Path:
        found = self._folder / "plugin"
        found.mkdir()
        script = found / PACKAGED_PROVIDER
        python = virtual_environment() / "bin" / "python"
        script.write_text(f"#!{python}\nfrom benchmarks import null_plugin\n\nnull_plugin.main()\n")
        script.chmod(0o755)
        return found


def project(name: str) -> str:
    """The text of Pulumi.yaml for a program that runs in the virtual environment."""
    python = f"{{name: python, options: {{virtualenv: '{virtual_environment()}'}}}}"
    return f"name: {name}\nruntime: {python}\n"


YES = ("--yes", "--skip-preview", "--parallel", "32")
PULUMI_COMMANDS = {
    "first preview": ("preview", "--parallel", "32"),
    "create": ("up", *YES),
    "no-op preview": ("preview", "--expect-no-changes", "--parallel", "32"),
    "refresh": ("refresh", *YES),
    "preview --refresh": (
        "preview",
        "--refresh",
        "--expect-no-changes",
        "--parallel",
        "32",
    ),
    "update all": ("up", *YES),
    "destroy": ("destroy", *YES),
}


class Terraform:
    """A Terraform state in `folder`, with the vendor's provider from `provider`."""

    def __init__(
        self, folder: Path, program: Program, size: int, provider: Path, **environment: str
    ) -> None:
        self._folder, self._program, self._size = folder, program, size
        settings = folder / "terraform.rc"
        overrides = f'dev_overrides {{ "teamlumos/lumos" = "{provider}" }}\n  direct {{}}'
        settings.write_text(f"provider_installation {{\n  {overrides}\n}}\n")
        self._environment = {
            **os.environ,
            "TF_CLI_CONFIG_FILE": str(settings),
            "TF_IN_AUTOMATION": "true",
            **environment,
        }
        self._write(changed=False)

    @property
    def state(self) -> Path:
        """The file with the state."""
        return self._folder / "terraform.tfstate"

    def step(self, name: str) -> None:
        """Carry one of STEPS out; Terraform reads everything anew in each of them."""
        if name == "update all":
            self._write(changed=True)
        run(["terraform", *TERRAFORM_COMMANDS[name]], self._folder, self._environment)

    def _write(self, changed: bool) -> None:
        server = self._environment["LUMOS_SERVER_URL"]
        provider = f'provider "lumos" {{\n  server_url = "{server}"\n}}\n'
        text = provider + self._program(self._size, changed)
        (self._folder / "main.tf").write_text(text)


APPLY = ("apply", "-auto-approve", "-no-color", "-input=false")
TERRAFORM_COMMANDS = {
    "create": APPLY,
    "no-op preview": ("plan", "-no-color", "-input=false"),
    "refresh": ("apply", "-refresh-only", *APPLY[1:]),
    "preview --refresh": ("plan", "-no-color", "-input=false"),
    "update all": APPLY,
    "destroy": ("destroy", *APPLY[1:]),
}


def run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Run a command to its end; raises Failed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}")
