"""The doctor says what is in order, and what to do where it is not."""

from __future__ import annotations

import base64
import pickle
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pulumi
import pytest

from ..drivers.command import TERMINAL, Run, RunCommand
from ..drivers.tenant import Tenant
from ..laws.promises import PROVIDERS, TYPE_TOKENS
from .recorded_states import resource, state


def findings(run: Run) -> dict[str, tuple[bool, str, str]]:
    """What each check found, and the advice."""
    checks = run.json["checks"]
    return {check["name"]: (check["well"], check["found"], check["advice"]) for check in checks}


@pytest.fixture
def with_pulumi(pulumi_folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", pulumi_folder, prepend=":")


@pytest.mark.usefixtures("with_pulumi")
def test_a_machine_in_order_says_who_may_do_what(tenant: Tenant, run: RunCommand) -> None:
    done = run("doctor", "--json")
    found = findings(done)
    assert (done.code, done.json["well"]) == (0, True), found
    assert found["pulumi-lumos"][1] == version("pulumi-lumos")
    assert found["pulumi SDK"][1] == version("pulumi")
    assert found["pulumi command"][1].startswith("v3.")
    assert found["settings"][1] == f"a token for {tenant.url}"
    assert found["token"][1] == "belongs to Ada Admin (ada.admin@acme.example, ACTIVE)"
    assert [name for name in found if name.startswith("may ")] == [
        "may read apps",
        "may read groups",
        "may read users",
        "may read inline webhooks",
        "may read permissions",
        "may administer the AppStore",
    ]
    assert {request["method"] for request in tenant.requests()} == {"GET"}
    assert run("doctor").out.endswith("Everything is in order.\n")
    assert "Everything is in order." in run("doctor", **TERMINAL).out


def test_a_machine_without_pulumi_learns_what_to_install(
    run: RunCommand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("doctor", "--json")
    assert done.code == 1
    assert findings(done)["pulumi command"] == (False, "not on PATH", "Install the Pulumi CLI.")
    old = tmp_path / "pulumi"
    old.write_text("#!/bin/sh\necho v3.100.0\n")
    old.chmod(0o755)
    well, found, advice = findings(run("doctor", "--json"))["pulumi command"]
    assert (well, found) == (False, "v3.100.0")
    assert "3.259" in advice


@pytest.mark.parametrize(
    ("environment", "check", "found", "advice"),
    [
        ({"LUMOS_ACCESS_TOKEN": None}, "settings", "token is not set", "pulumi config get"),
        ({"LUMOS_ACCESS_TOKEN": "refused"}, "token", "does not accept it", "LUMOS_ACCESS_TOKEN"),
        ({"LUMOS_SERVER_URL": "http://127.0.0.1:1"}, "API", "no connection", "again"),
        ({"LUMOS_SERVER_URL": "ftp://lumos"}, "settings", "LUMOS_SERVER_URL", ""),
    ],
)
def test_what_is_not_in_order_has_advice(
    run: RunCommand, environment: dict[str, str | None], check: str, found: str, advice: str
) -> None:
    done = run("doctor", "--json", LUMOS_MAX_RETRIES="0", **environment)
    assert done.code == 1
    well, said, desired = findings(done)[check]
    assert not well
    assert found in said
    assert advice in desired


def test_rights_that_a_token_lacks_are_named(tenant: Tenant, run: RunCommand) -> None:
    tenant.switch(token_is_admin=False)
    tenant.fault("status", path="^/groups$", status=403)
    found = findings(run("doctor", "--json"))
    lacking = [name for name in found if name.startswith("may ") and not found[name][0]]
    assert lacking == ["may read groups", "may administer the AppStore"]
    assert "Lumos administrator" in found["may read groups"][2]


class Bomb:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


def test_a_state_with_the_published_providers_is_in_order(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    untouched = state(*(resource(kind) for kind in PROVIDERS))
    (tmp_path / "state.json").write_text(untouched)
    for source in (str(tmp_path / "state.json"), "-"):
        done = run("doctor", "--state", source, "--json", stdin=untouched)
        assert done.code == 0
        assert (
            done.json["checks"][0]["found"] == f"as published: {len(PROVIDERS)} of {len(PROVIDERS)}"
        )
    # As other shells redirect it.
    for encoding in ("utf-8-sig", "utf-16"):
        (tmp_path / "state.json").write_text(untouched, encoding=encoding)
        assert run("doctor", "--state", str(tmp_path / "state.json")).code == 0
    assert tenant.requests() == []


def test_another_version_of_pickle_is_as_good(run: RunCommand) -> None:
    pickled = bytearray(base64.b64decode(PROVIDERS["AppStoreApp"]))
    pickled[1] ^= 4 ^ 5
    newer = {"__provider": base64.b64encode(pickled).decode()}
    assert (
        run("doctor", "--state", "-", stdin=state(resource("AppStoreApp", outputs=newer))).code == 0
    )


@pytest.mark.parametrize("place", ["inputs", "outputs"])
def test_a_tampered_provider_is_found_and_never_loaded(
    run: RunCommand, place: str, tmp_path: Path
) -> None:
    trap = tmp_path / "sprung"
    bomb = base64.b64encode(pickle.dumps(Bomb(trap))).decode()
    tampered = resource("RequestablePermission", **{place: {"__provider": bomb}})
    done = run("doctor", "--state", "-", "--json", stdin=state(resource("AppStoreApp"), tampered))
    assert done.code == 1
    (check,) = done.json["checks"]
    assert tampered["urn"] in check["name"]
    assert "not what pulumi-lumos records for RequestablePermission" in check["found"]
    assert "Do not run pulumi on this state" in check["advice"]
    assert not trap.exists()


SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}
APP = "AppStoreApp"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (resource(APP, inputs={"__provider": f" {PROVIDERS[APP]}"}), "not what pulumi-lumos"),
        (resource(APP, inputs={"__provider": PROVIDERS["RequestablePermission"]}), "for AppSt"),
        (resource(APP, outputs={"__provider": SECRET}), "not what pulumi-lumos records"),
        (resource(APP, inputs={}, outputs={}), "no provider is recorded"),
        (resource("pulumi-python:dynamic/lumos:Unheard"), "no kind Unheard"),
        (resource("pulumi-python:dynamic:Resource"), "another package"),
        (resource("aws:s3/bucket:Bucket"), "another package"),
        (resource("pulumi-nodejs:dynamic:Resource", inputs={}, outputs={}), "another package"),
    ],
)
def test_everything_else_that_a_host_would_load_is_found(
    run: RunCommand, bad: dict[str, Any], reason: str
) -> None:
    done = run("doctor", "--state", "-", "--json", stdin=state(bad))
    assert done.code == 1
    assert reason in done.json["checks"][0]["found"]
    unfinished = state(pending_operations=[{"type": "creating", "resource": bad}])
    assert run("doctor", "--state", "-", stdin=unfinished).code == 1


def test_a_type_that_the_user_vouches_for_is_let_through(run: RunCommand) -> None:
    other = resource("pulumi-python:dynamic:Resource")
    arguments = ["--state", "-", "--trust", "pulumi-python:dynamic:Resource"]
    assert run("doctor", *arguments, stdin=state(other)).code == 0
    ours = resource(APP, inputs={"__provider": "tampered"})
    vouched = ["--state", "-", "--trust", TYPE_TOKENS[APP]]
    assert run("doctor", *vouched, stdin=state(ours)).code == 1
    assert run("doctor", "--trust", "pulumi-python:dynamic:Resource").code == 2


@pytest.mark.parametrize(
    "text", ["", "not json", "[]", "{}", '{"deployment": {"resources": {}}}', "[" * 100_000]
)
def test_a_file_that_is_not_a_state_is_one_sentence_and_exit_code_3(
    run: RunCommand, text: str
) -> None:
    done = run("doctor", "--state", "-", stdin=text)
    assert (done.code, done.out) == (3, "")
    assert "cannot be checked" in done.errors
    assert done.errors.count("\n") == 1


def test_a_file_that_is_not_text_is_one_sentence(run: RunCommand, tmp_path: Path) -> None:
    for content in (b"\xff\xfe\x00", b"[" * 200_000):
        (tmp_path / "state.json").write_bytes(content)
        done = run("doctor", "--state", str(tmp_path / "state.json"))
        assert (done.code, done.out, done.errors.count("\n")) == (3, "", 1)
    assert "cannot be read" in run("doctor", "--state", str(tmp_path / "none.json")).errors


def test_no_text_of_a_state_steers_the_terminal(run: RunCommand) -> None:
    evil = resource(APP, urn="urn:\x1b[2J[red]", inputs={"__provider": "x"})
    for environment in ({}, TERMINAL):
        assert "\x1b[2J" not in run("doctor", "--state", "-", stdin=state(evil), **environment).out


def test_the_providers_that_the_sdk_writes_are_the_published_ones() -> None:
    assert pulumi.dynamic.dynamic.PROVIDER_KEY == "__provider"
    assert set(TYPE_TOKENS) == set(PROVIDERS)
