"""The stack of the catalog in a company of its own, for one test."""

import shutil
from pathlib import Path

import pytest
from pulumi import automation
from pulumi_lumos.pytest_plugin import LumosEmulator

HERE = Path(__file__).parent


@pytest.fixture
def stack(lumos_emulator: LumosEmulator, tmp_path: Path) -> automation.Stack:
    """The demo stack of a copy of this project, with its state in a folder of the test."""
    others = shutil.ignore_patterns(".venv", ".pulumi")
    project = shutil.copytree(HERE, tmp_path / "catalog", ignore=others)
    environment = {
        **lumos_emulator.environment,
        "PULUMI_BACKEND_URL": tmp_path.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "of a test",
    }
    options = automation.LocalWorkspaceOptions(env_vars=environment)
    return automation.create_stack("demo", work_dir=str(project), opts=options)
