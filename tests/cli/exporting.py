"""A company to export, and the files of an exported program."""

from __future__ import annotations

from pathlib import Path

import pytest
from pulumi_lumos.kinds import kinds

from ..drivers.tenant import Tenant
from ..kinds import samples


@pytest.fixture
def company(tenant: Tenant) -> Tenant:
    """A tenant in which every kind has an object that uses every field."""
    for kind in ("RequestablePermission", "PreApprovalRule", "AccessPolicy"):
        tenant.call("POST", kinds()[kind].lifecycle.adopts.endpoints.create.path, samples(kind)[0])
    tenant.edit_settings(**samples("AppStoreApp")[0])
    tenant.forget_requests()
    return tenant


def files(folder: Path) -> dict[str, str]:
    """All files of a program by their names."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in found}
