"""The program under Pulumi's mocks, with the real packages of all three providers: `pytest`."""

import runpy
from pathlib import Path
from typing import Any

import pulumi
import pytest

PROGRAM = Path(__file__).parent / "__main__.py"


class Company(pulumi.runtime.Mocks):
    """Makes whatever is declared; remembers it by type and name."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str], dict[str, Any]] = {}

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        assert args.token == "lumos:index:getApp"
        return {"id": f"id of {args.args['name']}"}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> Any:
        self.made[args.typ, args.name] = args.inputs
        return f"id of {args.typ}", args.inputs


@pytest.fixture
def company() -> Company:
    """What the program makes."""
    company = Company()
    pulumi.runtime.set_mocks(company, project="alongside")
    config = {"awsAccountId": "123456789012", "oktaAwsAppId": "0oa1"}
    pulumi.runtime.set_all_config({f"alongside:{key}": value for key, value in config.items()})

    @pulumi.runtime.test
    def program() -> None:
        runpy.run_path(str(PROGRAM))

    program()
    return company


def test_the_permission_puts_people_into_the_group_of_the_role(company: Company) -> None:
    role = company.made["aws:iam/role:Role", "billing"]
    group = company.made["okta:group/group:Group", "billing"]
    assert group["name"] == f"aws#acme#{role['name']}#123456789012"
    permission = company.made["pulumi-python:dynamic/lumos:RequestablePermission", "billing"]
    fulfillment = permission["request_config"]["request_fulfillment_config"]
    assert fulfillment["provisioning_group"] == {
        "app_id": "id of Okta",
        "integration_specific_id": "id of okta:group/group:Group",
    }
    assigned = company.made["okta:app/groupAssignment:GroupAssignment", "billing"]
    assert assigned["groupId"] == "id of okta:group/group:Group"
