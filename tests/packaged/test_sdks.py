"""SDKs of the real schema, held against compilers by programs that use every sort of field."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from tools.reference.__main__ import SCHEMA
from tools.sdks import Language, Refused, generate, go, typescript

from ..repository import ROOT
from .schema_text import text

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text(encoding="utf-8")

TYPESCRIPT = """\
import * as pulumi from "@pulumi/pulumi";
import * as lumos from "@pulumi-lumos/lumos";

const trials = new lumos.Provider("trials", { accessToken: pulumi.secret("lsk_1"), deadline: 60 });
const okta = lumos.getAppOutput({ name: "Okta" });
const admins = lumos.getGroupOutput({ appId: okta.id, name: "Salesforce Admins" });
const app = new lumos.AppStoreApp("salesforce", {
    appId: lumos.getAppOutput({ name: "Salesforce" }).id,
    requestFlow: { requireManagerApproval: true },
}, { provider: trials });
const admin = new lumos.RequestablePermission("admin", {
    appId: app.appId,
    label: "Admin",
    adopt: true,
    requestConfig: {
        appstoreVisibility: "VISIBLE",
        requestFulfillmentConfig: {
            timeBasedAccess: ["2 hours"],
            provisioningGroup: { appId: okta.id, id: admins.id },
        },
    },
}, { protect: true });
const guests = new lumos.ProvisioningGroupAttachment("guests", {
    permission: admin.id,
    group: { appId: okta.id, integrationSpecificId: "00g1" },
});
new lumos.PreApprovalRule("sales", {
    appId: guests.appId,
    justification: "Everyone in sales needs it.",
    preapprovedPermissions: [{ id: guests.boundPermissionId }],
});
export const type: pulumi.Output<string | undefined> = admin.type;
"""
GO = """\
package main

import (
	"github.com/pulumi-lumos/pulumi-lumos/sdk/go/lumos"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		args := lumos.LookupAppOutputArgs{Name: pulumi.String("Salesforce")}
		app := lumos.LookupAppOutput(ctx, args)
		admin, err := lumos.NewRequestablePermission(ctx, "admin", &lumos.RequestablePermissionArgs{
			AppId: app.Id(),
			Label: pulumi.String("Admin"),
			RequestConfig: &lumos.RequestConfigArgs{
				AppstoreVisibility: pulumi.String("VISIBLE"),
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("type", admin.Type)
		return nil
	})
}
"""


def of_the_readme(language: str) -> str:
    """The program in a language of README.md."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return str(found)


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """The schema that the provider prints, as a file."""
    file = tmp_path / "schema.json"
    file.write_text(text(), encoding="utf-8")
    return file


@pytest.mark.skipif(not shutil.which("npm"), reason="node and npm are not on PATH")
def test_typescript_takes_a_program_of_all_sorts_of_fields(schema: Path, tmp_path: Path) -> None:
    generate("nodejs", schema, tmp_path / "sdk")
    typescript.check(tmp_path / "sdk", TYPESCRIPT, of_the_readme("typescript"))
    with pytest.raises(Refused, match="'lable' does not exist"):
        typescript.check(tmp_path / "sdk", TYPESCRIPT.replace("label:", "lable:"))


@pytest.mark.skipif(not shutil.which("go"), reason="go is not on PATH")
def test_go_compiles_a_program(schema: Path, tmp_path: Path) -> None:
    generate("go", schema, tmp_path / "sdk")
    for program in (GO, of_the_readme("go")):
        go.check(tmp_path / "sdk", program)
    with pytest.raises(Refused, match="unknown field Lable"):
        go.check(tmp_path / "sdk", GO.replace("Label:", "Lable:"))


def test_generated_python_reads_the_declared_names(schema: Path, tmp_path: Path) -> None:
    generate("python", schema, tmp_path / "sdk")
    written = (tmp_path / "sdk" / "pulumi_lumos" / "requestable_permission.py").read_text()
    assert "def app_id(self)" in written
    assert "def request_config(self)" in written


def test_the_c_sharp_of_the_readme_has_the_names_of_the_sdk(schema: Path, tmp_path: Path) -> None:
    generate("dotnet", schema, tmp_path / "sdk")
    expressions = re.findall(r"`((?:new (\w+)|(\w+)\.Invoke)\(.*?)`", README)
    (resource,) = [one for one, kind, _ in expressions if kind and "new()" in one]
    (lookup,) = [one for one, _, function in expressions if function]
    for expression, name in ((resource, "RequestablePermission"), (lookup, "GetApp")):
        written = (tmp_path / "sdk" / f"{name}.cs").read_text(encoding="utf-8")
        assert name in expression
        for given in re.findall(r"(\w+) = ", expression):
            assert re.search(rf"public Input<string>\??\s{given} \{{ get; set; \}}", written), given
    assert "app => app.Id" in resource
    assert "namespace PulumiLumos.Lumos" in written
    assert "public readonly string Id;" in written
    assert "public static Output<GetAppResult> Invoke(GetAppInvokeArgs args" in written


@pytest.mark.parametrize("language", get_args(Language))
def test_every_generator_takes_the_file_for_the_registry(
    language: Language, tmp_path: Path
) -> None:
    generate(language, SCHEMA, tmp_path / "sdk")
    assert any((tmp_path / "sdk").rglob("*equestable*ermission.*"))


SPELLED = {
    "nodejs": ("requestablePermission.ts", "waitForSync is more than 0"),
    "python": ("requestable_permission.py", "wait_for_sync is more than 0"),
    "go": ("requestablePermission.go", "WaitForSync is more than 0"),
}


@pytest.mark.parametrize("language", SPELLED)
def test_a_language_reads_the_properties_in_its_own_spelling(
    language: Language, schema: Path, tmp_path: Path
) -> None:
    generate(language, schema, tmp_path / "sdk")
    file, text = SPELLED[language]
    (found,) = (tmp_path / "sdk").rglob(file)
    written = found.read_text(encoding="utf-8")
    assert text in written
    assert "{{% ref" not in written


PROVIDERS = {
    "nodejs": "provider.ts",
    "python": "provider.py",
    "go": "provider.go",
    "dotnet": "Provider.cs",
}


@pytest.mark.parametrize("language", PROVIDERS)
def test_a_provider_is_not_given_the_token_of_the_environment_which_the_state_would_keep(
    language: Language, schema: Path, tmp_path: Path
) -> None:
    generate(language, schema, tmp_path / "sdk")
    (found,) = (tmp_path / "sdk").rglob(PROVIDERS[language])
    written = found.read_text(encoding="utf-8")
    assert "LUMOS_SERVER_URL" in written
    assert "LUMOS_ACCESS_TOKEN" not in written
