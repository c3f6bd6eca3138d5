"""Every error has its entry in the page, which shows how its text begins."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pulumi
import pulumi_lumos
import pytest
from pulumi_lumos.access import AlreadyDecided, NotKnown, Task
from pulumi_lumos.access.reading import one_with_address
from pulumi_lumos.api import errors
from pulumi_lumos.api.paths import path
from pulumi_lumos.api.request import Request
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.flow import State
from pulumi_lumos.declare.spec import ResourceSpec
from pulumi_lumos.errors import ConfigError, LumosError
from pulumi_lumos.export.choice import AnotherLumos
from pulumi_lumos.export.folder import NotEmpty
from pulumi_lumos.export.terraform_state import UnusableState, read_state
from pulumi_lumos.hosts.dynamic.request import UnknownCaller, get_caller
from pulumi_lumos.hosts.packaged.calls import UnknownKind
from pulumi_lumos.kinds import kinds
from pulumi_lumos.kinds.provisioning_group_attachment.succession import SuccessorInDoubt
from pulumi_lumos.kinds.requestable_permission.group_sync import GroupNotSynced
from pulumi_lumos.lifecycle.errors import (
    AlreadyExists,
    CannotAdopt,
    Gone,
    HalfMade,
    ManagedTwice,
    NotThere,
    OtherTenant,
    StillTaken,
    Unreadable,
    advise_alias,
)
from pulumi_lumos.lookups.errors import LookupFailed, NotOne, WrongArguments
from pulumi_lumos.lookups.functions import get_app
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.plugin import new_provider
from pulumi_lumos.program.function import FunctionFailed
from pulumi_lumos.program.inputs import InvalidInputs
from pulumi_lumos.program.other_tenant import NotKnownYet
from pulumi_lumos.report import reading, rows
from pulumi_lumos.report.comparison.compare import CannotCompare
from pulumi_lumos.report.encoding import Misread, read_report
from pulumi_lumos.report.gate import BadGate, gate_of
from pulumi_lumos.report.parts import NotUnderstood
from pulumi_lumos.report.plan.presence import PlanOfAnotherLumos
from pulumi_lumos.report.plan.steps import BadPlan, read_steps
from pulumi_lumos.report.reading import NotInTheStore, NotRead
from pulumi_lumos.report.stacks import BadExport, managed_by

from ..drivers.packaged_host import OF_PYTHON
from ..drivers.served import urn
from ..repository import ROOT

PAGE = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^### (\w+)\n\n```text\n(.+?)\n```\n\n\S", PAGE, re.M | re.S))
SPEC: ResourceSpec = kinds()["RequestablePermission"].spec
KEY = {"app_id": "a1", "label": "Admin"}
TENANT = {"email": "ada@example.com", "user_id": "u1", "server_url": "https://api.lumos.com"}
NO_APPS: Any = SimpleNamespace(all=lambda *_: [], find=lambda *_: None)
CALL = ("PATCH", "/appstore/apps/a1/settings")


def _raised(call: Callable[[], Any]) -> str:
    with pytest.raises((LumosError, pulumi.RunError)) as raised:
        call()
    return str(raised.value)


def _misunderstand() -> None:
    with rows._about("the app a1"):
        raise NotUnderstood("a duration that is no text")


def _failed(kind: type[errors.ApiError], status: int | None, detail: str = "No") -> str:
    return str(kind(*CALL, status, detail))


TEXTS: dict[type[Exception], Callable[[], str]] = {
    InvalidInputs: lambda: str(InvalidInputs("AppStoreApp", "slack", [("app_id", "is required")])),
    ConfigError: lambda: _raised(lambda: Settings.load(lambda name: None, {})),
    errors.InvalidId: lambda: _raised(lambda: path("/apps/{app_id}", app_id="")),
    errors.Unsendable: lambda: _raised(lambda: Request("GET", "/x", "", {"a": "\ud800"}).content()),
    FunctionFailed: lambda: _raised(lambda: get_app()),
    NotKnownYet: lambda: str(NotKnownYet("get_app")),
    LookupFailed: lambda: str(NotOne.none(APP, "name 'Slak'", [])),
    WrongArguments: lambda: _raised(lambda: get_app()).partition(": ")[2],
    NotOne: lambda: str(NotOne.none(APP, "name 'Slak'", [])),
    AlreadyExists: lambda: str(AlreadyExists(SPEC, KEY, ["p1"])),
    CannotAdopt: lambda: str(CannotAdopt.none_or_many(SPEC, {**KEY, "adopt": True}, [])),
    UnknownCaller: lambda: _raised(get_caller),
    UnknownKind: lambda: str(UnknownKind("Report", "0.1.0")),
    ManagedTwice: lambda: str(ManagedTwice(SPEC, "p1", urn("App", "one"), urn("App", "two"))),
    Gone: lambda: str(Gone(SPEC, "p1")),
    StillTaken: lambda: str(StillTaken(SPEC, KEY, urn("App", "one"), urn("App", "two"))),
    NotThere: lambda: str(NotThere(SPEC, "p1")),
    OtherTenant: lambda: str(OtherTenant(TENANT, {**TENANT, "email": "grace@example.com"})),
    NotRead: lambda: str(NotRead("No report: the apps could not be read. Lumos did not answer.")),
    NotInTheStore: lambda: _raised(lambda: reading._apps(NO_APPS, map, ["a1"])),
    NotUnderstood: lambda: _raised(_misunderstand),
    CannotCompare: lambda: str(CannotCompare("the one is of Slack, the other of Okta")),
    BadPlan: lambda: _raised(lambda: read_steps("{}")),
    PlanOfAnotherLumos: lambda: str(PlanOfAnotherLumos(20, "AppStoreApp slack (a1)")),
    BadExport: lambda: _raised(lambda: managed_by(["[]"])),
    Misread: lambda: _raised(lambda: read_report("{}")),
    BadGate: lambda: _raised(lambda: gate_of("wider")),
    GroupNotSynced: lambda: str(GroupNotSynced.untold("group '00g1' of the app a1")),
    SuccessorInDoubt: lambda: str(SuccessorInDoubt("Admin", ["p1"])),
    HalfMade: lambda: str(
        HalfMade(SPEC, "p1", State({}), errors.NoAnswer(*CALL, None, "timed out"))
    ),
    Unreadable: lambda: str(Unreadable(SPEC, [], "p1")),
    UnusableState: lambda: _raised(lambda: read_state("{}", "terraform.tfstate")),
    AnotherLumos: lambda: str(AnotherLumos(9)),
    NotEmpty: lambda: str(NotEmpty(Path("appstore"))),
    NotKnown: lambda: _raised(lambda: one_with_address([], "eve@example.com")),
    AlreadyDecided: lambda: str(AlreadyDecided(Task("t1", "APPROVAL", "DISMISSED", "", "", "r1"))),
    errors.ApiError: lambda: _failed(errors.ApiError, 418),
    errors.BadRequest: lambda: _failed(errors.BadRequest, 400),
    errors.Unauthorized: lambda: _failed(errors.Unauthorized, 401),
    errors.Forbidden: lambda: _failed(errors.Forbidden, 403),
    errors.NotFound: lambda: _failed(errors.NotFound, 404),
    errors.Conflict: lambda: _failed(errors.Conflict, 409),
    errors.Invalid: lambda: _failed(errors.Invalid, 422),
    errors.RateLimited: lambda: _failed(errors.RateLimited, 429),
    errors.Unavailable: lambda: _failed(errors.Unavailable, 503),
    errors.UnexpectedAnswer: lambda: _failed(
        errors.UnexpectedAnswer, 200, "text/html instead of JSON"
    ),
    errors.ConnectionFailed: lambda: _failed(errors.ConnectionFailed, None, "refused"),
    errors.UntrustedCertificate: lambda: _failed(
        errors.UntrustedCertificate, None, "self-signed; trusted are those of Mozilla"
    ),
    errors.NoAnswer: lambda: _failed(errors.NoAnswer, None, "timed out"),
}


OF_PROGRAMS = {InvalidInputs, FunctionFailed, NotKnownYet}
"""The errors that Python programs alone meet."""


def _below(kind: type) -> Iterator[type]:
    subclasses: list[type] = kind.__subclasses__()
    for one in subclasses:
        yield one
        yield from _below(one)


def _all_errors() -> set[str]:
    for module in pkgutil.walk_packages(pulumi_lumos.__path__, "pulumi_lumos."):
        if "emulator" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: set[type] = {*_below(LumosError), *_below(pulumi.RunError)}
    return {kind.__name__ for kind in found if kind.__module__.startswith("pulumi_lumos.")}


def test_every_error_has_its_entry() -> None:
    assert set(ENTRIES) == _all_errors() == {kind.__name__ for kind in TEXTS}


@pytest.mark.parametrize(
    "kind", [kind for kind in TEXTS if kind not in OF_PROGRAMS], ids=lambda kind: kind.__name__
)
def test_programs_in_other_languages_read_no_python(kind: type[Exception]) -> None:
    spelled = new_provider().spelling.text(TEXTS[kind]())
    assert OF_PYTHON.search(spelled) is None, spelled


def test_an_alias_an_option_and_a_lookup_are_put_into_words() -> None:
    spelled = new_provider().spelling.text
    assert 'keep it with `aliases` and the name "eu::old".' in spelled(
        advise_alias(urn("App", "eu::old"))
    )
    child = "urn:pulumi:dev::a::b:c:Team$lumos:index:App::x"
    assert f'keep it with `aliases` and "{child}".' in spelled(advise_alias(child))
    assert "has it and is to be replaced, make its other changes first." in spelled(
        str(AlreadyExists(SPEC, KEY, ["p1"]))
    )
    assert spelled("find it by name with lumos.get_app") == (
        "find it by name with the function getApp"
    )


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.__name__)
def test_the_text_of_an_error_begins_as_its_entry_says(kind: type[Exception]) -> None:
    begins = ".+?".join(re.escape(part) for part in ENTRIES[kind.__name__].split("…"))
    assert re.match(begins, TEXTS[kind](), re.S), TEXTS[kind]()
