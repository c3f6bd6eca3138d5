"""The names that programs use."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
from types import ModuleType

import pulumi_lumos
import pytest
from pulumi_lumos import public
from pulumi_lumos.declare.spec import ListOf, ShapeSpec, TypeSpec
from pulumi_lumos.hosts.dynamic.provider import Provider
from pulumi_lumos.kinds import kinds, shapes
from typing_extensions import is_typeddict

PUBLISHED = {
    *(f"get_{noun}" for noun in ("app", "group", "inline_webhook", "permission", "user")),
    *(f"get_{noun}_output" for noun in ("app", "group", "inline_webhook", "permission", "user")),
    "Admins",
    "AllowedGroups",
    "AppAdmins",
    "AppStoreApp",
    "Approvers",
    "FunctionFailed",
    "GetAppResult",
    "GetGroupResult",
    "GetInlineWebhookResult",
    "GetPermissionResult",
    "GetUserResult",
    "GroupRef",
    "InvalidInputs",
    "PermissionRef",
    "Provisioning",
    "ProvisioningGroupAttachment",
    "RequestApprovalConfig",
    "RequestConfig",
    "RequestFlow",
    "RequestFulfillmentConfig",
    "RequestablePermission",
    "UserRef",
    "WebhookRef",
    "check_admins",
}
"""None of these may go; new ones may come."""


def test_published_names_stay() -> None:
    assert set(pulumi_lumos.__all__) >= PUBLISHED
    for name in pulumi_lumos.__all__:
        assert inspect.getdoc(getattr(pulumi_lumos, name)), f"{name} has a docstring"


def test_type_checkers_read_the_names_that_are_loaded() -> None:
    names = pulumi_lumos.__all__
    assert len(names) == len(set(names))
    tree = ast.parse(inspect.getsource(pulumi_lumos))
    checked = next(node for node in tree.body if isinstance(node, ast.If)).body
    relative = [node for node in checked if isinstance(node, ast.ImportFrom)]
    # `policies` is a module of its own, and no name of another one.
    read = [node for node in relative if node.module]
    assert {alias.asname or alias.name for node in read for alias in node.names} == set(names)
    assert {node.module for node in read} == {
        module.__name__.partition(".")[2] for module in public._MODULES
    }
    for node in read:
        module = importlib.import_module(f".{node.module}", "pulumi_lumos")
        for alias in node.names:
            assert is_loaded_from(module, alias.name), alias.name


def test_a_name_that_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no public name 'Nothing'"):
        public.public_name("Nothing")


def is_loaded_from(module: ModuleType, name: str) -> bool:
    """Whether a public name is what a module defines, or the class for programs of that kind."""
    loaded, defined = getattr(pulumi_lumos, name), getattr(module, name)
    return loaded is defined or (name in kinds() and issubclass(loaded, defined))


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_exported_with_all_shapes_it_takes(kind: str) -> None:
    declared = kinds()[kind]
    assert issubclass(getattr(pulumi_lumos, kind), declared)
    fields = declared.spec.fields.values()
    desired = {name for field in fields for name in shape_names(field.type)}
    assert desired <= set(pulumi_lumos.__all__)


def shape_names(spec: TypeSpec) -> set[str]:
    if isinstance(spec, ListOf):
        return shape_names(spec.item)
    if isinstance(spec, ShapeSpec):
        inner = (shape_names(field.type) for field in spec.fields.values())
        return {spec.name}.union(*inner)
    return set()


def test_every_shared_shape_is_exported() -> None:
    declared = {name for name, value in vars(shapes).items() if is_typeddict(value)}
    assert declared - {"TypedDict"} <= set(pulumi_lumos.__all__)


@pytest.mark.parametrize("kind", kinds())
def test_the_name_in_a_state_leads_to_the_provider(kind: str) -> None:
    provider = getattr(pulumi_lumos, f"_{kind}")
    assert isinstance(provider, Provider)
    assert provider.kind == kind
    assert provider is getattr(pulumi_lumos, f"_{kind}")


@pytest.mark.parametrize("name", ["Requestablepermission", "_Nothing", "_", "requestable"])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(pulumi_lumos, name)


def test_policies_are_a_module_that_programs_reach_by_its_name() -> None:
    assert pulumi_lumos.policies is importlib.import_module("pulumi_lumos.policies")
    assert "policies" in dir(pulumi_lumos)


def output_of(program: str) -> str:
    """What a program prints in a Python process of its own."""
    run = [sys.executable, "-c", program]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


def test_a_program_that_only_declares_loads_no_more_than_that_takes() -> None:
    program = (
        "import sys, pulumi_lumos\n"
        "pulumi_lumos.AppStoreApp\n"
        "unneeded = {'fastapi', 'httpx', 'pydantic', 'rich', 'tenacity', 'typer', 'uvicorn',\n"
        "    'pulumi_lumos.api.client', 'pulumi_lumos.emulator'}\n"
        "print(*unneeded & set(sys.modules))"
    )
    assert output_of(program) == ""


@pytest.mark.parametrize(
    "modules",
    [
        "pulumi_lumos",
        "pulumi_lumos.access",
        "pulumi_lumos.pytest_plugin",
        "pulumi_lumos.emulator.app, pulumi_lumos.emulator.server",
        "pulumi_lumos.emulator.process",
        "pulumi_lumos.emulator",
        "pulumi_lumos.cli.commands",
        "pulumi_lumos.export.program",
        "pulumi_lumos.report.plan",
        "pulumi_lumos.kinds",
    ],
)
def test_what_needs_no_program_loads_neither_pulumi_nor_grpc(modules: str) -> None:
    program = f"import sys, {modules}\nprint(*{{'pulumi', 'grpc'}} & set(sys.modules))"
    assert output_of(program) == ""


def test_a_shell_completes_the_names_before_they_are_loaded() -> None:
    program = "import sys, pulumi_lumos\nprint(*dir(pulumi_lumos), 'pulumi' in sys.modules)"
    listed = output_of(program).split()
    assert {*pulumi_lumos.__all__} <= {*listed}
    assert listed[-1] == "False"


def test_every_name_can_be_imported_at_once() -> None:
    program = "from pulumi_lumos import *\nprint(AppStoreApp.__name__, get_user.__name__)"
    assert output_of(program) == "AppStoreApp get_user"
