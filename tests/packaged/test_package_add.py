"""`pulumi package add` with the address of the repository, from git to a permission in Lumos."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds

from ..drivers.git_host import HOST, Repository, serving
from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace
from ..repository import ROOT

ADDRESS = f"{HOST}/pulumi-lumos/pulumi-lumos"
OLDER, NEWEST = "98.0.0", "99.0.0"
PLUGIN = "resource-git.example_pulumi-lumos_pulumi-lumos.git-v"
Reach = dict[str, str]

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(ROOT, tmp_path / "repository")


@pytest.fixture
def reach(repository: Repository, tmp_path: Path) -> Iterator[Reach]:
    with serving(repository, tmp_path / "certificates") as variables:
        yield variables


@pytest.fixture
def tools(pulumi_folder: str, yaml_folder: str) -> str:
    """The folders of the CLI and of the language host, as PATH lists them."""
    return os.pathsep.join([pulumi_folder, yaml_folder])


class Project(Workspace):
    """A program in YAML on a machine that has no provider yet."""

    def __init__(self, machine: Path, tools: str, **settings: str) -> None:
        super().__init__(machine / "program", tools, **settings)
        self.program.mkdir(parents=True)
        self.start_cold()
        self.file = self.program / "Pulumi.yaml"
        self.file.write_text("name: appstore\nruntime: yaml\n", encoding="utf-8")

    def pulumi(self, *arguments: str) -> str:
        """Run a command of Pulumi; what it printed."""
        return self.run("pulumi", *arguments, "--non-interactive", "--color", "never")

    @property
    def text(self) -> str:
        """What Pulumi.yaml says."""
        return self.file.read_text(encoding="utf-8")

    def declare(self, more: str) -> None:
        """Say more in Pulumi.yaml."""
        self.file.write_text(self.text + more, encoding="utf-8")

    def declare_program_of_readme(self) -> None:
        """Declare the permission of the README, with the provider that is already there."""
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        (program,) = re.findall(
            r"```yaml\n.*?^(variables:\n.*?)```", readme, re.DOTALL | re.MULTILINE
        )
        self.declare(program)

    def plugins(self) -> list[str]:
        """The folders of the plugins that Pulumi has installed."""
        return sorted(path.name for path in self.around.glob("home/plugins/*") if path.is_dir())


def permissions(tenant: Tenant) -> list[str]:
    """The labels of Salesforce's permissions."""
    return [str(one["label"]) for one in tenant.permissions(seed_ids.SALESFORCE_APP_ID)]


def test_a_program_takes_the_provider_from_the_newest_tag_of_the_repository(
    repository: Repository, reach: Reach, tmp_path: Path, tenant: Tenant, tools: str
) -> None:
    repository.commit()
    for tag in (OLDER, NEWEST):
        repository.commit()
        repository.tag(f"v{tag}")
    repository.commit()
    project = Project(tmp_path / "here", tools, **tenant.environment)
    project.pulumi("stack", "init", "demo")
    without_host = dict(project.environment)
    project.environment.update(reach)
    assert "Added package pulumi-lumos/Lumos" in project.pulumi("package", "add", ADDRESS)
    assert project.text.endswith(f"packages:\n  lumos: {ADDRESS}\n")
    assert project.plugins() == [f"{PLUGIN}{NEWEST}"]
    assert list(project.program.glob(f"sdks/*/lumos-{NEWEST}.yaml"))
    # What is installed serves without the repository's host.
    project.environment = without_host
    project.declare_program_of_readme()
    before = permissions(tenant)
    tenant.forget_requests()
    assert "+ lumos:index:RequestablePermission: (create)" in project.pulumi("preview", "--diff")
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    project.pulumi("up", "--yes", "--skip-preview")
    assert sorted(permissions(tenant)) == sorted([*before, "Admin"])
    project.pulumi("preview", "--refresh", "--expect-no-changes")
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert permissions(tenant) == before


@pytest.mark.nightly
def test_another_machine_installs_the_commit_that_the_program_names(
    repository: Repository, reach: Reach, tmp_path: Path, tenant: Tenant, tools: str
) -> None:
    commit = repository.commit()
    repository.commit()
    repository.tag(f"v{NEWEST}")
    project = Project(tmp_path / "there", tools, **tenant.environment, **reach)
    project.declare(f"packages:\n  lumos: {ADDRESS}@{commit}\n")
    project.pulumi("install")
    assert project.plugins() == [f"{PLUGIN}0.0.0-x{commit}"]
    project.declare_program_of_readme()
    project.pulumi("stack", "init", "demo")
    project.pulumi("up", "--yes", "--skip-preview")
    assert "Admin" in permissions(tenant)
    project.pulumi("preview", "--expect-no-changes")
    schema = project.pulumi("package", "get-schema", f"{ADDRESS}@{commit}")
    assert all(f'"lumos:index:{kind}"' in schema for kind in kinds())
