"""SDKs in other languages: Pulumi's generators write them, compilers take good programs only."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.sdks import Refused, generate, go, typescript

pytestmark = pytest.mark.slow

SCHEMA = Path(__file__).parent / "schemas" / "one_kind.json"
TYPESCRIPT = """\
import * as pulumi from "@pulumi/pulumi";
import * as lumos from "@pulumi-lumos/lumos";

const rule = new lumos.PreApprovalRule("rule", {
    appId: lumos.getAppOutput({ name: "Salesforce" }).id,
    justification: "Everyone in sales needs it.",
    preapprovedUsersByAttribute: [{ attribute: "department", value: "Sales" }],
}, { protect: true });
export const groupIds: pulumi.Output<{[group: string]: string}> = rule.groupIds;
"""
GO = """\
package main

import (
	"github.com/pulumi-lumos/pulumi-lumos/sdk/go/lumos"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		app := lumos.GetAppOutput(ctx, lumos.GetAppOutputArgs{Name: pulumi.String("Salesforce")})
		rule, err := lumos.NewPreApprovalRule(ctx, "rule", &lumos.PreApprovalRuleArgs{
			AppId:         app.Id(),
			Justification: pulumi.String("Everyone in sales needs it."),
		})
		if err != nil {
			return err
		}
		ctx.Export("groupIds", rule.GroupIds)
		return nil
	})
}
"""


@pytest.fixture
def sdk(tmp_path: Path) -> Path:
    return tmp_path / "sdk"


@pytest.mark.skipif(not shutil.which("npm"), reason="node and npm are not on PATH")
def test_typescript_takes_a_good_program_and_names_what_is_wrong_with_another(sdk: Path) -> None:
    generate("nodejs", SCHEMA, sdk)
    typescript.check(sdk, TYPESCRIPT)
    with pytest.raises(Refused) as refused:
        typescript.check(
            sdk,
            TYPESCRIPT.replace("justification:", "justificatio:"),
            TYPESCRIPT.replace('lumos.getAppOutput({ name: "Salesforce" }).id', "1"),
        )
    said = str(refused.value)
    assert re.search(r"program0\.ts\(6,5\): .*'justificatio' does not exist", said)
    assert re.search(r"program1\.ts\(5,5\): .*'number' is not assignable", said)


@pytest.mark.skipif(not shutil.which("go"), reason="go is not on PATH")
def test_go_takes_a_good_program_and_names_what_is_wrong_with_another(sdk: Path) -> None:
    generate("go", SCHEMA, sdk)
    go.check(sdk, GO)
    with pytest.raises(Refused, match=r"main\.go:13:.*unknown field Justificatio"):
        go.check(sdk, GO.replace("Justification:", "Justificatio: "))


def test_python_imports_what_is_generated(sdk: Path) -> None:
    generate("python", SCHEMA, sdk)
    said = "import pulumi_lumos as it; print(it.__file__, it.PreApprovalRule.app_id.fget.__doc__)"
    done = subprocess.run(
        [sys.executable, "-c", said],
        cwd=sdk,
        env={"PYTHONPATH": str(sdk)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith(str(sdk))
    assert "ID of the app that the rule is about." in done.stdout


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"types": 7}, "is not a schema"),
        ({"version": "new"}, "is not valid"),
        (
            {
                "types": {
                    "lumos:index:Other": {"type": "object", "properties": {"a": {"$ref": "#/no"}}}
                }
            },
            "is not valid",
        ),
        (
            {"types": {"lumos:index:X": {"$ref": "/aws/v6.0.0/schema.json#/types/aws:index:Y"}}},
            "is not valid",
        ),
    ],
)
def test_a_schema_that_pulumi_refuses_is_refused(
    sdk: Path, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps({**json.loads(SCHEMA.read_text(encoding="utf-8")), **change}))
    with pytest.raises(Refused, match=reason):
        generate("nodejs", schema, sdk)
    assert not sdk.exists()


def test_what_lies_in_the_folder_already_is_kept(sdk: Path) -> None:
    sdk.mkdir()
    (sdk / "README.md").write_text("mine")
    with pytest.raises(Refused, match=r"sdk is not empty"):
        generate("go", SCHEMA, sdk)
    assert [path.name for path in sdk.iterdir()] == ["README.md"]
